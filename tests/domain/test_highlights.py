import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.domain.highlights import pattern_of, segments
from portal_app.domain.search_key import search_key

TEXTS = st.text(st.sampled_from("銀河國学アァがｶﾞー・ 　abAé1'ヴ"), max_size=12)


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("銀河鉄道の夜", ["銀河", "夜"], ["銀河", "夜"]),
        ("銀河鉄道の夜", ["銀", "銀河"], ["銀河"]),
        ("ハリー・ポッターと賢者の石", ["ハリーポッター"], ["ハリー・ポッター"]),
        ("宮沢 賢治 / 作 -- 新潮社", ["宮沢賢治", "新潮"], ["宮沢 賢治", "新潮"]),
        ("ｶﾞﾝﾀﾞﾑ ヴァイオリン", ["がんだむ", "バイオリン"], ["ｶﾞﾝﾀﾞﾑ", "ヴァイオリン"]),
        ("國學院", ["国学"], ["國學"]),
        ("渡邊 邉", ["渡辺"], ["渡邊"]),
        ("Java と JavaScript", ["java"], ["Java", "Java"]),
        ("Café au lait", ["cafe"], ["Café"]),
        ("Alice's Adventures", ["alices"], ["Alice's"]),
        ("C++ と C", ["c"], ["C"]),
        ("第11巻 第1巻", ["1"], ["1"]),
        ("e-mail", ["e mail"], ["e-mail"]),
        ("銀河", ["夜"], []),
        ("銀河", ["・"], []),
        ("銀河", [], []),
    ],
)
def test_words_are_marked_as_they_are_printed(text, words, marked):
    found = segments(text, pattern_of(tuple(words)))

    assert [one.text for one in found if one.is_match] == marked


@given(TEXTS, TEXTS)
def test_marking_changes_no_character_and_marks_only_what_was_searched_for(text, word):
    found = segments(text, pattern_of((word,)))

    assert "".join(one.text for one in found) == text
    assert all(search_key(one.text) == search_key(word) for one in found if one.is_match)
