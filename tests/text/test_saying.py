import datetime as dt

import pytest

from portal_app.text import Lang, UnfilledBlank, UnknownText, fill, say

DAY = dt.date(2026, 12, 5)


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        (Lang.JA, "2026年12月5日（土）"),
        (Lang.EN, "Sat 5 Dec 2026"),
        (Lang.EASY, "2026年 12月 5日（土曜日）"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(lang, written):
    assert fill("{day}", {"day": DAY}, lang) == written


def test_a_large_number_has_separators():
    assert fill("{count}", {"count": 1234567}, Lang.JA) == "1,234,567"


@pytest.mark.parametrize(("count", "written"), [(0, "0 books"), (1, "1 book"), (2, "2 books")])
def test_a_word_follows_its_number(count, written):
    assert fill("{count} {count|book|books}", {"count": count}, Lang.EN) == written


def test_a_blank_without_a_value_stays_open():
    assert fill("{cart}: {count}", {"cart": "予約かご"}, Lang.JA) == "予約かご: {count}"


def test_what_nobody_has_written_cannot_be_said():
    with pytest.raises(UnknownText):
        say("no.such.text", Lang.JA)


def test_nothing_is_said_with_a_blank_left_open():
    with pytest.raises(UnfilledBlank):
        say("common.count", Lang.JA)
