from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.domain.policies import Shelf
from portal_app.domain.shelves import (
    Meeting,
    Noted,
    Refusal,
    fresh_ranks,
    joined,
    length_of,
    problem_of_name,
    ranks_between,
    tidy_name,
    tidy_note,
)

RANKS = st.integers(-(2**29), 2**29)
FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("name", "length"),
    [
        ("", 0),
        ("読みたい本 2026!", 11),
        ("か\u3099", 1),
        ("髙橋🄞", 3),
        ("葛\U000e0100城", 2),
        (FAMILY, 1),
        ("🇯🇵🇫🇷", 2),
        ("👍🏽", 1),
        ("각", 1),
    ],
    ids=["empty", "plain", "voiced", "rare", "variant", "family", "flags", "tone", "hangul"],
)
def test_a_name_is_as_long_as_people_see_it(name, length):
    assert length_of(name) == length


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("本" * 32, None),
        ("本" * 33, Refusal.NAME_TOO_LONG),
        (FAMILY * 32, None),
        (FAMILY * 33, Refusal.NAME_TOO_LONG),
        ("a" + "\u0301" * 400, Refusal.NAME_TOO_LONG),
        ("№1 <b>&★", None),
        ("", Refusal.NO_NAME),
    ],
    ids=["32", "33", "32 families", "33 families", "endless marks", "symbols", "nothing"],
)
def test_a_name_has_one_to_thirty_two_characters_of_any_kind(name, problem):
    assert problem_of_name(name, Shelf()) == problem


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  読みたい　本 \n", "読みたい 本"),
        ("か\u3099っこう", "がっこう"),
        ("a\x00b\ud800c", "abc"),
        ("\u202eabc", "abc"),
        ("\u3000 \t", ""),
        (FAMILY, FAMILY),
    ],
)
def test_a_name_is_kept_as_it_is_seen(typed, kept):
    assert tidy_name(typed) == kept


@given(st.text())
def test_a_tidy_name_stays_as_it_is(typed):
    assert tidy_name(tidy_name(typed)) == tidy_name(typed)


def test_a_note_keeps_its_lines():
    assert tidy_note(" 一\r\n二\r三\x00\n") == "一\n二\n三"


@pytest.mark.parametrize(
    ("there", "seen", "written", "becomes"),
    [
        ("", "", "新", Noted(note="新")),
        ("旧", "旧", "新", Noted(note="新")),
        ("旧", "旧", "", Noted(note="")),
        ("新", "旧", "新", Noted(note="新")),
        ("", "旧", "新", Noted(note="新")),
        ("他", "旧", "新", Noted(note="他\n新", meeting=Meeting.BOTH_NOTES_KEPT)),
        ("他\n新", "旧", "新", Noted(note="他\n新")),
        ("他", "旧", "", Noted(note="他", meeting=Meeting.NEWER_NOTE_KEPT)),
        ("他\n旧", "旧", "新", Noted(note="他\n新", meeting=Meeting.BOTH_NOTES_KEPT)),
        ("旧\n他", "旧", "新", Noted(note="新\n他", meeting=Meeting.BOTH_NOTES_KEPT)),
        ("他\n旧", "旧", "", Noted(note="他", meeting=Meeting.NEWER_NOTE_KEPT)),
    ],
    ids=[
        "first",
        "changed here",
        "erased here",
        "changed alike",
        "erased there",
        "changed on both",
        "joined already",
        "erased here and changed there",
        "changed again below another",
        "changed above what was added",
        "erased below another",
    ],
)
def test_what_two_devices_write_is_both_kept(there, seen, written, becomes):
    assert joined(there=there, seen=seen, written=written) == becomes


@given(before=st.none() | RANKS, after=st.none() | RANKS, count=st.integers(1, 1000))
def test_what_goes_between_two_books_stands_between_them(before, after, count):
    if before is not None and after is not None:
        before, after = sorted((before, after))
    ranks = ranks_between(before, after, count)

    if ranks is None:  # no room
        assert after is not None
        assert after - before <= count
        return
    assert len(ranks) == count
    around = [*([] if before is None else [before]), *ranks, *([] if after is None else [after])]
    assert all(one < other for one, other in pairwise(around))


def test_books_are_ranked_anew_before_a_number_is_too_large_for_the_database():
    assert ranks_between(2**30, None, 1) is None
    assert ranks_between(None, -(2**30), 1) is None
    assert len(fresh_ranks(1000)) == 1000
