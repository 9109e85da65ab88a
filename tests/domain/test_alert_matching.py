"""What an alert waits for (K-62)."""

import pytest

from portal_app.domain.alert_matching import (
    Clause,
    Condition,
    Mistake,
    anchor_lines,
    clauses_of,
    matches,
    mistake_in,
    texts_of,
)
from portal_app.domain.alerts import Connector, Field, Match
from portal_app.domain.catalogue import Creator

GINGA = texts_of(
    title="銀河鉄道の夜 : 童話",
    title_reading="ギンガ テツドウ ノ ヨル : ドウワ",
    creators=[Creator(name="宮澤 賢治", reading="ミヤザワ, ケンジ", role="作")],
    subjects=["日本文学", "C++ (プログラミング言語)"],
    publisher="JavaScript書房",
)


def title(text: str, match: Match = Match.CONTAINS, connector: Connector = Connector.AND):
    return Condition(field=Field.TITLE, match=match, text=text, connector=connector)


def author(text: str, match: Match = Match.CONTAINS, connector: Connector = Connector.AND):
    return Condition(field=Field.AUTHOR, match=match, text=text, connector=connector)


def finds(*conditions: Condition) -> bool:
    return matches(conditions, GINGA)


@pytest.mark.parametrize(
    ("field", "match", "text", "is_found"),
    [
        (Field.TITLE, Match.CONTAINS, "鉄道", True),
        (Field.TITLE, Match.CONTAINS, "鐵道", True),  # old kanji
        (Field.TITLE, Match.CONTAINS, "ｷﾞﾝｶﾞ", True),  # by its reading, in half width
        (Field.TITLE, Match.CONTAINS, "夜　銀河", True),  # each word, in any order
        (Field.TITLE, Match.CONTAINS, "夜 朝", False),
        (Field.TITLE, Match.CONTAINS, "賢治", False),  # in another field
        (Field.TITLE, Match.STARTS, "銀河", True),
        (Field.TITLE, Match.STARTS, "鉄道", False),
        (Field.TITLE, Match.STARTS, "童話", True),  # a subtitle is a title of its own
        (Field.TITLE, Match.EQUALS, "銀河鉄道の夜", True),
        (Field.TITLE, Match.EQUALS, "銀河鉄道の夜：童話", True),
        (Field.TITLE, Match.EQUALS, "銀河鉄道", False),
        (Field.TITLE, Match.LACKS, "銀河", False),
        (Field.TITLE, Match.LACKS, "銀河 朝", True),  # the contrary of を含む
        (Field.AUTHOR, Match.CONTAINS, "宮沢賢治", True),
        (Field.AUTHOR, Match.CONTAINS, "みやさわ", True),  # 濁点 of names make no difference
        (Field.SUBJECT, Match.CONTAINS, "C++", True),
        (Field.SUBJECT, Match.CONTAINS, "C", False),
        (Field.PUBLISHER, Match.CONTAINS, "java", True),
        (Field.PUBLISHER, Match.CONTAINS, "script", False),
        (Field.PUBLISHER, Match.EQUALS, "ＪＡＶＡＳＣＲＩＰＴ書房", True),
    ],
)
def test_k62_a_condition_compares_as_the_search_does(field, match, text, is_found):
    assert finds(Condition(field=field, match=match, text=text)) == is_found


def test_k62_and_binds_tighter_than_or():
    no, yes = "朝", "夜"

    assert finds(title(yes), title(no, connector=Connector.OR), title(no))
    assert finds(title(no), title(no), title(yes, connector=Connector.OR))
    assert not finds(title(no), title(yes, connector=Connector.OR), title(no))
    assert not finds(title(yes), title(no))


def test_k62_lacking_one_thing_limits_what_it_is_joined_to_and_nothing_else():
    lacks = title("童話", Match.LACKS)

    assert not finds(title("銀河"), lacks)
    assert finds(title("銀河"), lacks, author("宮沢", connector=Connector.OR))


@pytest.mark.parametrize("empty", ["", " 　", "・・・", '""'])
def test_a_line_without_a_text_is_as_if_it_were_not_there(empty):
    either = author("宮沢", connector=Connector.OR)

    assert finds(title(empty), title("銀河"))
    assert finds(title(empty, Match.LACKS), title("銀河"))
    assert finds(title("朝"), title(empty), either)
    assert not finds(title("朝"), title(empty, connector=Connector.OR))
    assert mistake_in([title(empty)]) is Mistake.NOTHING_ASKED
    assert not finds(title(empty))


def test_an_alert_must_ask_for_something_on_each_side_of_an_or():
    lacks, either = title("銀河", Match.LACKS), title("夜", connector=Connector.OR)

    assert mistake_in([]) is Mistake.NOTHING_ASKED
    assert mistake_in([lacks]) is Mistake.ONLY_LACKS
    assert mistake_in([lacks, author("宮沢", Match.LACKS)]) is Mistake.ONLY_LACKS
    assert mistake_in([lacks, either]) is Mistake.ONLY_LACKS
    assert mistake_in([title("夜"), lacks]) is None
    assert mistake_in([lacks, title("夜")]) is None


def test_a_row_keeps_a_line_for_each_clause_with_what_is_rarest_first():
    conditions = [
        title("銀河 鉄道の夜"),
        author("賢治"),
        title("朝 昼", Match.LACKS),
        author("Miyazawa Kenji", Match.EQUALS, Connector.OR),
    ]
    publisher = Condition(field=Field.PUBLISHER, match=Match.CONTAINS, text="新潮社出版部")

    assert anchor_lines(conditions) == (
        "title 鉄道ノ夜\ttitle 銀河\tauthor 賢治\t!title 朝 昼\nauthor ^|miyazawa|kenji|$"
    )
    assert anchor_lines([publisher, title("夜")]) == "title 夜\tpublisher 新潮社出版部"
    assert anchor_lines([publisher]) == "publisher 新潮社出版部"
    assert anchor_lines([title("夜", Match.LACKS)]) == ""
    assert [Clause.of(line) for line in anchor_lines(conditions).split("\n")] == [
        *clauses_of(conditions)
    ]
