"""When a patron is reminded of a loan, and when no more (K-45)."""

import datetime as dt

import pytest

from portal_app.clock import LIBRARY_TIME
from portal_app.domain import reminders as rules
from portal_app.domain.mail import LetterKind
from portal_app.domain.policies import Mail
from portal_app.domain.reminders import Out

DUE_ON = dt.date(2026, 11, 25)
POLICY = Mail(overdue_after_days=(7, 14))
SOON, LATE = LetterKind.DUE_SOON, LetterKind.OVERDUE


def told_on(day: int, *, days_before: int = 1, policy: Mail = POLICY, **out) -> LetterKind | None:
    """Return what there is to tell so many days after the due date, before it if negative."""
    loan = Out(**{"due_on": DUE_ON, "reminded_of": None, "overdue_letters": 0, **out})
    today = DUE_ON + dt.timedelta(days=day)
    return rules.occasion(loan, days_before=days_before, policy=policy, today=today)


@pytest.mark.parametrize(
    ("days_before", "day", "told"),
    [(1, -2, None), (1, -1, SOON), (1, 0, SOON), (3, -4, None), (3, -3, SOON), (7, -7, SOON)],
)
def test_k45_a_reminder_comes_as_many_days_before_as_the_patron_has_chosen(days_before, day, told):
    assert told_on(day, days_before=days_before) is told


@pytest.mark.parametrize("day", [-1, 0, 1, 6])
def test_whoever_was_reminded_of_a_due_date_hears_of_it_no_more(day):
    assert told_on(day, reminded_of=DUE_ON) is None


def test_a_due_date_that_has_moved_is_another_one():
    assert told_on(-1, reminded_of=DUE_ON - dt.timedelta(days=14)) is SOON


@pytest.mark.parametrize(("day", "told"), [(1, LATE), (7, LATE), (8, None)])
def test_a_reminder_whose_days_went_by_still_comes_for_a_week(day, told):
    assert told_on(day, policy=Mail(overdue_after_days=())) is told


@pytest.mark.parametrize(
    ("day", "letters", "told"),
    [(6, 0, None), (7, 0, LATE), (7, 1, None), (13, 1, None), (14, 1, LATE), (400, 2, None)],
)
def test_what_is_overdue_is_told_once_for_each_day_of_the_policy(day, letters, told):
    assert told_on(day, reminded_of=DUE_ON, overdue_letters=letters) is told


def test_several_days_that_went_by_are_one_letter():
    assert told_on(20, reminded_of=DUE_ON) is LATE
    today = DUE_ON + dt.timedelta(days=20)
    assert rules.overdue_letters(DUE_ON, policy=POLICY, today=today) == 2


def test_a_library_that_does_not_write_again_does_not():
    assert told_on(30, reminded_of=DUE_ON, policy=Mail(overdue_after_days=())) is None


@pytest.mark.parametrize(("hour", "is_day"), [(7, False), (8, True), (20, True), (21, False)])
def test_nobody_is_woken_up(hour, is_day):
    now = dt.datetime(2026, 11, 25, hour, 30, tzinfo=LIBRARY_TIME)

    assert rules.is_a_time_to_write(now) is is_day
