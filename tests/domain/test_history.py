"""What is written down of a returned loan, and how."""

import datetime as dt
from dataclasses import replace

import pytest

from portal_app.domain.history import ENTRY_BYTES, Read, written

GINGA = Read(
    record_id=17,
    title="銀河鉄道の夜",
    volume="2",
    line="宮沢賢治∥著 筑摩書房 1985.12 913.6/ミ",
    material="book",
    branch_code="main",
    lent_on=dt.date(2026, 11, 1),
    returned_on=dt.date(2026, 11, 22),
)


def test_k18_what_is_written_down_is_read_again():
    assert Read.of(written(GINGA)) == GINGA


@pytest.mark.parametrize("title", ["", "夜", "銀" * 80, "銀" * 5_000, '"\\' * 900, "\x01" * 900])
def test_k18_every_entry_is_as_long_as_every_other(title):
    assert len(written(replace(GINGA, title=title))) == ENTRY_BYTES


def test_k18_a_title_that_is_too_long_is_shortened_and_says_so():
    again = Read.of(written(replace(GINGA, title="銀河" * 900, line="夜" * 900)))
    assert again.title.startswith("銀河銀河")
    assert again.title.endswith("…")
    assert again.line.endswith("…")
    assert replace(again, title=GINGA.title, line=GINGA.line) == GINGA
