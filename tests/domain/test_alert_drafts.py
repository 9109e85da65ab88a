import pytest

from portal_app.domain import alert_drafts as rules
from portal_app.domain.alert_drafts import Draft, Flaw, Problem
from portal_app.domain.alert_matching import Condition
from portal_app.domain.alerts import Connector, Field, Match
from portal_app.domain.policies import Alerts as Policy
from portal_app.domain.search import parse

POLICY = Policy()


def condition(text: str, field=Field.TITLE, match=Match.CONTAINS, connector=Connector.AND):
    return Condition(field=field, match=match, text=text, connector=connector)


def draft(*lines: Condition, name="猫の本", memo="", titles_max=10) -> Draft:
    return Draft(name=name, memo=memo, lines=lines, titles_max=titles_max)


def said(draft: Draft) -> list[Problem]:
    flaws = rules.flaws_of(rules.tidied(draft), policy=POLICY)
    return [flaw.problem for flaw in flaws]


def begun_at(**address: str):
    begun = rules.begun_from_search(parse(address), policy=POLICY)
    lines = [(str(one.field), str(one.match), one.text) for one in begun.draft.lines]
    return lines, begun.differs


def test_k62_a_name_and_one_condition_are_enough():
    assert said(draft(condition("猫"))) == []


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (draft(condition("猫"), name=" 　 "), Problem.NO_NAME),
        (draft(condition("猫"), name="あ" * 51), Problem.NAME_TOO_LONG),
        (draft(condition("猫"), memo="あ" * 501), Problem.MEMO_TOO_LONG),
        (draft(condition(" ")), Problem.NO_CONDITION),
        (draft(condition("猫", match=Match.LACKS)), Problem.ONLY_LACKS),
        (draft(condition("あ" * 101)), Problem.TEXT_TOO_LONG),
        (draft(condition("猫"), titles_max=11), Problem.NO_SUCH_NUMBER),
    ],
    ids=lambda given: given if isinstance(given, Problem) else "",
)
def test_k62_each_mistake_is_named(written, problem):
    assert said(written) == [problem]


def test_punctuation_alone_asks_for_nothing():
    assert said(draft(condition("！？"))) == [Problem.NO_CONDITION]


def test_k62_the_supplement_cannot_stand_alone():
    """K-62: 最大抽出件数 is 補足項目."""
    assert said(draft(titles_max=50)) == [Problem.NO_CONDITION]


def test_all_mistakes_are_said_at_once_and_in_the_order_of_the_form():
    written = draft(condition("猫"), condition("あ" * 101), name="", titles_max=0)

    assert rules.flaws_of(rules.tidied(written), policy=POLICY) == (
        Flaw(problem=Problem.NO_NAME),
        Flaw(problem=Problem.TEXT_TOO_LONG, number=2, limit=100),
        Flaw(problem=Problem.NO_SUCH_NUMBER),
    )


def test_trying_it_out_needs_no_name():
    assert rules.flaws_of_conditions(draft(condition("猫"), name=""), policy=POLICY) == ()


def test_what_is_no_text_is_not_kept():
    kept = rules.tidied(draft(condition("　猫\u202e の\x00 本 "), name="猫\n本", memo=" 一\r\n二 "))

    assert (kept.name, kept.memo, kept.lines[0].text) == ("猫 本", "一\n二", "猫 の 本")


def test_lines_without_a_text_are_not_used():
    written = draft(condition(""), condition("猫"), condition("", connector=Connector.OR))

    assert [one.text for one in written.conditions] == ["猫"]


def test_k62_the_form_has_four_lines_of_which_each_looks_elsewhere():
    fields = [line.field for line in rules.all_lines(())]

    assert fields == [Field.TITLE, Field.AUTHOR, Field.SUBJECT, Field.PUBLISHER]


def test_the_lines_that_are_left_look_where_the_others_do_not():
    lines = rules.all_lines((condition("芥川", Field.AUTHOR), condition("文学", Field.SUBJECT)))

    assert [line.field for line in lines] == [
        Field.AUTHOR,
        Field.SUBJECT,
        Field.TITLE,
        Field.PUBLISHER,
    ]
    assert [line.text for line in lines] == ["芥川", "文学", "", ""]


def test_four_lines_of_one_field_are_four_lines():
    assert len(rules.all_lines(tuple(condition(text) for text in "春夏秋冬"))) == rules.LINES


# ------------------------------------------------------------ begun elsewhere


def test_k67_a_word_is_looked_for_wherever_a_search_finds_most():
    lines, differs = begun_at(q="猫", page="3", sort="newest")

    assert lines == [
        ("title", "contains", "猫"),
        ("author", "contains", "猫"),
        ("subject", "contains", "猫"),
    ]
    assert not differs


def test_k67_the_conditions_of_a_search_become_those_of_the_alert():
    lines, differs = begun_at(
        f1="author",
        t1="芥川",
        m1="starts",
        c2="not",
        f2="title",
        t2="全集",
        f3="publisher",
        t3="岩波",
    )

    assert lines == [
        ("author", "starts", "芥川"),
        ("title", "lacks", "全集"),
        ("publisher", "contains", "岩波"),
    ]
    assert not differs


@pytest.mark.parametrize(
    "address",
    [
        {"q": "宮沢 銀河"},  # each word may stand elsewhere
        {"q": "猫", "year_from": "2020"},
        {"q": "猫", "class": "book"},
        {"f1": "author", "t1": "芥川", "f2": "ndc", "t2": "913"},
        {"f1": "author", "t1": "芥川", "t2": "全集"},
        {"f1": "author", "t1": "芥川", "c2": "not", "m2": "equals", "f2": "title", "t2": "鼻"},
        # かつ comes before または in an alert, and after it here.
        {**{f"f{n}": "title" for n in "123"}, "t1": "a", "c2": "or", "t2": "b", "t3": "c"},
        {**{f"f{n}": "title" for n in "12345"}, **{f"t{n}": n for n in "12345"}},
    ],
    ids=str,
)
def test_k67_it_is_said_where_an_alert_cannot_ask_for_the_same(address):
    lines, differs = begun_at(**address)

    assert differs
    assert 1 <= len(lines) <= rules.LINES


def test_k67_an_alert_is_called_what_was_searched_for():
    begun = rules.begun_from_search(parse({"q": "あ" * 200}), policy=POLICY)

    assert begun.draft.name == "あ" * rules.LONGEST_NAME
    assert begun.draft.titles_max == POLICY.titles


def test_k67_a_record_asks_for_its_author_or_its_subject():
    begun = rules.begun_from_record(
        title="鼻", authors=["芥川 竜之介"], subjects=["日本文学"], policy=POLICY
    )

    assert begun.draft.lines == (
        condition("芥川 竜之介", Field.AUTHOR, connector=Connector.OR),
        condition("日本文学", Field.SUBJECT, connector=Connector.OR),
    )
    assert begun.draft.name == "芥川 竜之介"


def test_k67_a_record_of_nobody_about_nothing_asks_for_its_title():
    begun = rules.begun_from_record(title="広報こがねい", authors=[], subjects=[], policy=POLICY)

    assert begun.draft.lines == (condition("広報こがねい"),)
