import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app import libraries
from portal_app.domain.opening_days import (
    LOOKS_AHEAD_DAYS,
    Closed,
    OpenDays,
    OpeningToday,
    open_days_of,
    opening_on,
    pickup_by,
)
from portal_app.domain.policies import Closure, OpeningDays

KAGOSHIMA = libraries.load("kagoshima")
KOGANEI = libraries.load("koganei")
EVERY_DAY = frozenset(range(7))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def is_open(library, branch: str, text: str) -> bool:
    return open_days_of(library, branch_code=branch).includes(day(text))


def kept_until(library, branch: str, ready_on: str) -> dt.date:
    return pickup_by(
        day(ready_on),
        days=library.holds.pickup_days,
        open_days=open_days_of(library, branch_code=branch),
    )


def test_g03_a_branch_is_closed_on_the_days_without_hours():
    assert not is_open(KOGANEI, "honkan", "2026-11-16")  # a Monday
    assert is_open(KOGANEI, "honkan", "2026-11-17")


@pytest.mark.parametrize(
    "holiday",
    [
        "2026-11-03",  # 文化の日, a Tuesday
        "2026-05-06",  # 振替休日, a Wednesday
        "2026-09-22",  # 国民の休日, a Tuesday
        "2027-02-11",  # 建国記念の日, a Thursday
    ],
)
def test_a_library_may_close_on_holidays(holiday):
    assert not is_open(KOGANEI, "honkan", holiday)
    assert is_open(KAGOSHIMA, "honkan", holiday)


@pytest.mark.parametrize(
    ("library", "last", "first"),
    [(KAGOSHIMA, "2026-12-27", "2027-01-05"), (KOGANEI, "2026-12-27", "2027-01-05")],
    ids=["kagoshima", "koganei"],
)
def test_nobody_comes_at_new_year(library, last, first):
    closed = day(last) + dt.timedelta(days=1)
    while closed < day(first):
        assert not open_days_of(library, branch_code="honkan").includes(closed)
        closed += dt.timedelta(days=1)

    assert is_open(library, "honkan", last)
    assert is_open(library, "honkan", first)


# Worked out on a calendar: the day itself does not count, and no Monday does.
@pytest.mark.parametrize(
    ("library", "ready_on", "last_day"),
    [
        (KAGOSHIMA, "2026-11-17", "2026-11-25"),  # Tue: 18-22, 24, 25; the 23rd is a Monday
        (KOGANEI, "2026-11-17", "2026-11-25"),  # the 23rd is a holiday, too
        (KAGOSHIMA, "2026-10-31", "2026-11-08"),  # Sat: 1, 3-8
        (KOGANEI, "2026-10-31", "2026-11-10"),  # 1, 4-8, 10: the 3rd is 文化の日
        (KAGOSHIMA, "2026-12-25", "2027-01-09"),  # Fri: 26, 27, then 5-9
        (KOGANEI, "2026-12-25", "2027-01-09"),
        (KAGOSHIMA, "2028-02-25", "2028-03-04"),  # Fri in a leap year: 26, 27, 29, 1-4
        (KOGANEI, "2028-02-25", "2028-03-04"),
    ],
)
def test_something_is_kept_for_as_many_days_as_the_branch_is_open(library, ready_on, last_day):
    assert kept_until(library, "honkan", ready_on) == day(last_day)


def test_a_branch_without_hours_counts_every_day():
    assert kept_until(KOGANEI, "moved-away", "2026-12-28") == day("2027-01-04")


def test_a_branch_that_never_opens_again_ends_the_search():
    for_ever = OpeningDays(closures=(Closure(first=dt.date.min, last=dt.date.max),))
    never = OpenDays(weekdays=EVERY_DAY, exceptions=for_ever)

    last_day = pickup_by(day("2026-11-22"), days=7, open_days=never)

    assert last_day == day("2026-11-22") + dt.timedelta(days=LOOKS_AHEAD_DAYS)


@given(
    ready_on=st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    days=st.integers(1, 20),
)
def test_the_last_day_is_an_open_one_and_the_others_lie_before_it(ready_on, weekdays, days):
    open_days = OpenDays(weekdays=weekdays, exceptions=KOGANEI.opening_days)

    last_day = pickup_by(ready_on, days=days, open_days=open_days)

    assert open_days.includes(last_day)
    later = (ready_on + dt.timedelta(days=number) for number in range(1, 400))
    assert sum(open_days.includes(one) for one in later if one <= last_day) == days


def opening(library, branch: str, text: str) -> OpeningToday | None:
    [found] = [one for one in library.branches if one.code == branch]
    return opening_on(day(text), found, library.opening_days)


@pytest.mark.parametrize(
    ("library", "text", "closed"),
    [
        (KOGANEI, "2026-11-16", Closed.REGULAR),  # a Monday
        (KOGANEI, "2026-11-03", Closed.HOLIDAY),  # 文化の日, a Tuesday
        (KOGANEI, "2026-11-23", Closed.REGULAR),  # 勤労感謝の日, a Monday
        (KOGANEI, "2026-05-06", Closed.HOLIDAY),  # 振替休日, a Wednesday
        (KAGOSHIMA, "2026-12-30", Closed.CLOSURE),  # a Wednesday
        (KAGOSHIMA, "2027-01-01", Closed.CLOSURE),  # 元日, too
    ],
)
def test_g03_a_closed_branch_says_why(library, text, closed):
    assert opening(library, "honkan", text) == OpeningToday(closed=closed)


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [("2026-11-03", 9, 19), ("2026-11-21", 9, 17), ("2027-01-05", 9, 19)],
    ids=["a holiday", "a Saturday", "the first day of the year"],
)
def test_g03_an_open_branch_says_from_when_to_when(text, opens, closes):
    found = opening(KAGOSHIMA, "honkan", text)

    assert found == OpeningToday(opens_at=dt.time(opens), closes_at=dt.time(closes))


def test_a_branch_without_hours_says_nothing():
    branch = KAGOSHIMA.branches[0].model_copy(update={"hours": {}})

    assert opening_on(day("2026-11-16"), branch, KAGOSHIMA.opening_days) is None


@pytest.mark.parametrize("library", [KAGOSHIMA, KOGANEI], ids=["kagoshima", "koganei"])
def test_what_is_told_of_a_day_is_what_pickup_days_count(library):
    for branch in library.branches:
        for days in range(400):
            date = day("2026-11-22") + dt.timedelta(days=days)
            told = opening_on(date, branch, library.opening_days)
            if told is not None:
                assert (told.closed is None) == open_days_of(
                    library, branch_code=branch.code
                ).includes(date)
