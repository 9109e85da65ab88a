"""K-16, K-17, G-25, 1.4 item 4: what both presets say to a renewal on every day of a loan.

The dates are worked out by hand from the two guides, with a calendar. Nothing here is computed
by the rules under test.
"""

import datetime as dt

import pytest

from portal_app import libraries
from portal_app.domain.catalogue import MaterialClass
from portal_app.domain.loans import Refusal, Refused, Terms, refused, renewed_due_on
from portal_app.domain.policies import Renewals

KAGOSHIMA = libraries.load("kagoshima").loans.renewals
KOGANEI = libraries.load("koganei").loans.renewals

# A book that is lent for 14 days on Monday, the 2nd of November, and due on Monday, the 16th.
# Kagoshima: two weeks from the click, as long as it is not past due. On the day of lending that
# is the due date itself. Koganei: a week from the due date, from the 9th to the 23rd.
DUE_ON = dt.date(2026, 11, 16)
FIRST_RENEWAL = """
day | date       | Kagoshima                          | Koganei
  0 | 2026-11-02 | would_not_move_due_date 2026-11-03 | too_early 2026-11-09
  1 | 2026-11-03 | until 2026-11-17                   | too_early 2026-11-09
  2 | 2026-11-04 | until 2026-11-18                   | too_early 2026-11-09
  3 | 2026-11-05 | until 2026-11-19                   | too_early 2026-11-09
  4 | 2026-11-06 | until 2026-11-20                   | too_early 2026-11-09
  5 | 2026-11-07 | until 2026-11-21                   | too_early 2026-11-09
  6 | 2026-11-08 | until 2026-11-22                   | too_early 2026-11-09
  7 | 2026-11-09 | until 2026-11-23                   | until 2026-11-23
  8 | 2026-11-10 | until 2026-11-24                   | until 2026-11-23
  9 | 2026-11-11 | until 2026-11-25                   | until 2026-11-23
 10 | 2026-11-12 | until 2026-11-26                   | until 2026-11-23
 11 | 2026-11-13 | until 2026-11-27                   | until 2026-11-23
 12 | 2026-11-14 | until 2026-11-28                   | until 2026-11-23
 13 | 2026-11-15 | until 2026-11-29                   | until 2026-11-23
 14 | 2026-11-16 | until 2026-11-30                   | until 2026-11-23
 15 | 2026-11-17 | overdue 2026-11-16                 | until 2026-11-23
 16 | 2026-11-18 | overdue 2026-11-16                 | until 2026-11-23
 17 | 2026-11-19 | overdue 2026-11-16                 | until 2026-11-23
 18 | 2026-11-20 | overdue 2026-11-16                 | until 2026-11-23
 19 | 2026-11-21 | overdue 2026-11-16                 | until 2026-11-23
 20 | 2026-11-22 | overdue 2026-11-16                 | until 2026-11-23
 21 | 2026-11-23 | overdue 2026-11-16                 | until 2026-11-23
 22 | 2026-11-24 | overdue 2026-11-16                 | too_late 2026-11-23
 23 | 2026-11-25 | overdue 2026-11-16                 | too_late 2026-11-23
 24 | 2026-11-26 | overdue 2026-11-16                 | too_late 2026-11-23
 25 | 2026-11-27 | overdue 2026-11-16                 | too_late 2026-11-23
 26 | 2026-11-28 | overdue 2026-11-16                 | too_late 2026-11-23
 27 | 2026-11-29 | overdue 2026-11-16                 | too_late 2026-11-23
 28 | 2026-11-30 | overdue 2026-11-16                 | too_late 2026-11-23
 29 | 2026-12-01 | overdue 2026-11-16                 | too_late 2026-11-23
 30 | 2026-12-02 | overdue 2026-11-16                 | too_late 2026-11-23
 31 | 2026-12-03 | overdue 2026-11-16                 | too_late 2026-11-23
 32 | 2026-12-04 | overdue 2026-11-16                 | too_late 2026-11-23
 33 | 2026-12-05 | overdue 2026-11-16                 | too_late 2026-11-23
 34 | 2026-12-06 | overdue 2026-11-16                 | too_late 2026-11-23
 35 | 2026-12-07 | overdue 2026-11-16                 | too_late 2026-11-23
 36 | 2026-12-08 | overdue 2026-11-16                 | too_late 2026-11-23
 37 | 2026-12-09 | overdue 2026-11-16                 | too_late 2026-11-23
 38 | 2026-12-10 | overdue 2026-11-16                 | too_late 2026-11-23
 39 | 2026-12-11 | overdue 2026-11-16                 | too_late 2026-11-23
 40 | 2026-12-12 | overdue 2026-11-16                 | too_late 2026-11-23
 41 | 2026-12-13 | overdue 2026-11-16                 | too_late 2026-11-23
 42 | 2026-12-14 | overdue 2026-11-16                 | too_late 2026-11-23
"""

# In Kagoshima, renewed on the 12th of November and so due on the 26th; in Koganei, renewed on
# the 12th and so due on the 23rd. Neither renews twice, whatever the day.
SECOND_RENEWAL = """
date       | Kagoshima               | Koganei
2026-11-12 | renewal_limit_reached 1 | renewal_limit_reached 1
2026-11-16 | renewal_limit_reached 1 | renewal_limit_reached 1
2026-11-23 | renewal_limit_reached 1 | renewal_limit_reached 1
2026-11-24 | renewal_limit_reached 1 | renewal_limit_reached 1
2026-11-26 | renewal_limit_reached 1 | renewal_limit_reached 1
2026-11-27 | renewal_limit_reached 1 | renewal_limit_reached 1
2026-12-14 | renewal_limit_reached 1 | renewal_limit_reached 1
"""

# What is due on the 16th of November and asked for on the 12th, and after the 16th.
SPECIAL = """
what         | date       | Kagoshima             | Koganei
cd           | 2026-11-12 | until 2026-11-26      | class_not_renewed
cd           | 2026-11-17 | overdue 2026-11-16    | class_not_renewed
dvd          | 2026-11-12 | until 2026-11-26      | until 2026-11-23
magazine     | 2026-11-12 | until 2026-11-26      | until 2026-11-23
interlibrary | 2026-11-12 | until 2026-11-26      | interlibrary_not_renewed
interlibrary | 2026-11-17 | overdue 2026-11-16    | interlibrary_not_renewed
waited for   | 2026-11-12 | waited_for_by_another | waited_for_by_another
waited for   | 2026-11-17 | waited_for_by_another | waited_for_by_another
waited for   | 2026-12-14 | waited_for_by_another | waited_for_by_another
"""

# 1.4 item 4: lent for three weeks on the 2nd of November, due on the 23rd. In Kagoshima a click
# on day 1 would give the 17th, six days less than the reader has; the first click that gives
# more is that of the 10th.
THREE_WEEKS_DUE_ON = dt.date(2026, 11, 23)
THREE_WEEKS = """
day | date       | Kagoshima                          | Koganei
  0 | 2026-11-02 | would_not_move_due_date 2026-11-10 | too_early 2026-11-16
  1 | 2026-11-03 | would_not_move_due_date 2026-11-10 | too_early 2026-11-16
  7 | 2026-11-09 | would_not_move_due_date 2026-11-10 | too_early 2026-11-16
  8 | 2026-11-10 | until 2026-11-24                   | too_early 2026-11-16
 13 | 2026-11-15 | until 2026-11-29                   | too_early 2026-11-16
 14 | 2026-11-16 | until 2026-11-30                   | until 2026-11-30
 21 | 2026-11-23 | until 2026-12-07                   | until 2026-11-30
 22 | 2026-11-24 | overdue 2026-11-23                 | until 2026-11-30
 28 | 2026-11-30 | overdue 2026-11-23                 | until 2026-11-30
 29 | 2026-12-01 | overdue 2026-11-23                 | too_late 2026-11-30
"""


def rows_of(table: str) -> list[list[str]]:
    """Return the cells of a table without its headings."""
    return [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()[1:]]


def loan(due_on: dt.date, **changes) -> Terms:
    """Return the terms of a book that was never renewed and that nobody waits for."""
    terms = {
        "due_on": due_on,
        "renewals": 0,
        "material": MaterialClass.BOOK,
        "is_interlibrary": False,
        "is_waited_for": False,
    }
    return Terms(**terms | changes)


def answer(terms: Terms, policy: Renewals, today: str) -> str:
    """Return what the library says, as the tables write it."""
    day = dt.date.fromisoformat(today)
    refusal = refused(terms, policy, day)
    if refusal is None:
        return f"until {renewed_due_on(terms.due_on, policy, day)}"
    known = (refusal.why.value, refusal.on, refusal.limit)
    return " ".join(str(part) for part in known if part is not None)


def test_the_table_has_every_day_from_lending_to_four_weeks_after_the_due_date():
    days = [(int(number), day) for number, day, *_ in rows_of(FIRST_RENEWAL)]

    assert days[0] == (0, "2026-11-02")
    assert days[14] == (14, "2026-11-16")
    assert days[-1] == (42, "2026-12-14")
    assert [number for number, _ in days] == list(range(43))
    assert len({day for _, day in days}) == 43


@pytest.mark.parametrize(("number", "day", "kagoshima", "koganei"), rows_of(FIRST_RENEWAL))
def test_k16_k17_g25_a_first_renewal_on_each_day(number, day, kagoshima, koganei):
    assert answer(loan(DUE_ON), KAGOSHIMA, day) == kagoshima, f"day {number}"
    assert answer(loan(DUE_ON), KOGANEI, day) == koganei, f"day {number}"


@pytest.mark.parametrize(("day", "kagoshima", "koganei"), rows_of(SECOND_RENEWAL))
def test_k16_g25_g27_there_is_no_second_renewal(day, kagoshima, koganei):
    in_kagoshima = loan(dt.date(2026, 11, 26), renewals=1)
    in_koganei = loan(dt.date(2026, 11, 23), renewals=1)

    assert answer(in_kagoshima, KAGOSHIMA, day) == kagoshima
    assert answer(in_koganei, KOGANEI, day) == koganei


@pytest.mark.parametrize(("what", "day", "kagoshima", "koganei"), rows_of(SPECIAL))
def test_g25_some_things_are_never_renewed(what, day, kagoshima, koganei):
    special = {
        "interlibrary": {"is_interlibrary": True},
        "waited for": {"is_waited_for": True},
    }
    terms = loan(DUE_ON, **special.get(what) or {"material": MaterialClass(what)})

    assert answer(terms, KAGOSHIMA, day) == kagoshima
    assert answer(terms, KOGANEI, day) == koganei


@pytest.mark.parametrize(("number", "day", "kagoshima", "koganei"), rows_of(THREE_WEEKS))
def test_trap_4_a_long_loan_never_gets_an_earlier_due_date(number, day, kagoshima, koganei):
    terms = loan(THREE_WEEKS_DUE_ON)

    assert answer(terms, KAGOSHIMA, day) == kagoshima, f"day {number}"
    assert answer(terms, KOGANEI, day) == koganei, f"day {number}"


def test_trap_5_what_is_a_few_days_late_koganei_renews_and_kagoshima_wants_back():
    late = loan(DUE_ON)

    assert refused(late, KOGANEI, dt.date(2026, 11, 19)) is None
    assert refused(late, KAGOSHIMA, dt.date(2026, 11, 19)) == Refused(
        why=Refusal.OVERDUE, on=dt.date(2026, 11, 16)
    )
