import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.domain.hold_series import SeriesKind
from portal_app.domain.holds import HoldState
from portal_app.domain.policies import NextInSeries
from portal_app.domain.queues import (
    LOANS_OF_CLASS,
    LOANS_OF_RECORD,
    Member,
    Series,
    ShelfCopy,
    Turnover,
    Wait,
    Waiting,
    in_turn,
    is_suspended,
    is_turn_in_series,
    to_fetch,
    turnover,
    wait,
)

TODAY = dt.date(2026, 11, 22)
FORTNIGHT = Turnover(quick=10, slow=14)

turnovers = st.builds(
    lambda quick, more: Turnover(quick=quick, slow=quick + more),
    st.integers(0, 60),
    st.integers(1, 60),
)
places, copies, pickups = st.integers(1, 500), st.integers(1, 50), st.integers(1, 30)


def series(*states: HoldState, kind=SeriesKind.IN_ORDER, is_one_out=False) -> Series:
    members = (
        Member(hold_id=number, place=number, state=state)
        for number, state in enumerate(states, start=1)
    )
    return Series(kind=kind, members=tuple(members), is_one_out=is_one_out)


def waits(hold_id: int, **more) -> Waiting:
    return Waiting(
        hold_id=hold_id,
        patron_id=hold_id,
        queue_number=hold_id,
        **{"pickup_branch": "main", **more},
    )


def served(*line: Waiting, series=None, next_when=NextInSeries.LENT) -> list[int]:
    turns = in_turn(line, series or {}, next_when=next_when, today=TODAY)
    return [one.hold_id for one in turns]


WAITING, IN_TRANSIT, READY = HoldState.WAITING, HoldState.IN_TRANSIT, HoldState.READY


# Whose turn it is


def test_a_suspension_lasts_to_the_end_of_its_last_day():
    assert is_suspended(TODAY, TODAY)
    assert not is_suspended(TODAY - dt.timedelta(days=1), TODAY)
    assert not is_suspended(None, TODAY)


@pytest.mark.parametrize(
    ("before", "when", "is_turn"),
    [
        ((), NextInSeries.LENT, True),
        ((WAITING,), NextInSeries.LENT, False),
        ((IN_TRANSIT,), NextInSeries.LENT, False),
        ((READY,), NextInSeries.LENT, False),
        ((WAITING,), NextInSeries.READY, False),
        ((IN_TRANSIT,), NextInSeries.READY, False),
        ((READY,), NextInSeries.READY, True),
        ((READY, IN_TRANSIT), NextInSeries.READY, False),
        ((READY, READY), NextInSeries.READY, True),
        ((), NextInSeries.READY, True),
        ((READY,), NextInSeries.RETURNED, False),
        ((), NextInSeries.RETURNED, True),
    ],
)
def test_k28_in_order_it_depends_on_the_volumes_before(before, when, is_turn):
    asked = series(*before, WAITING, WAITING)

    assert is_turn_in_series(len(before) + 1, asked, when) is is_turn


def test_g33_where_it_must_be_back_the_next_waits_for_what_is_out():
    out = series(WAITING, is_one_out=True)

    assert not is_turn_in_series(1, out, NextInSeries.RETURNED)
    assert is_turn_in_series(1, out, NextInSeries.LENT)
    assert is_turn_in_series(1, out, NextInSeries.READY)


@pytest.mark.parametrize(
    ("other", "is_turn"), [(WAITING, True), (IN_TRANSIT, False), (READY, False)]
)
def test_of_any_one_none_is_served_while_another_is_set_aside(other, is_turn):
    asked = series(WAITING, other, kind=SeriesKind.ANY_ONE)

    assert is_turn_in_series(1, asked, NextInSeries.LENT) is is_turn


def test_whoever_is_passed_over_leaves_the_order_of_the_others():
    line = (
        waits(1, suspended_until=TODAY),
        waits(2),
        waits(3, expires_on=TODAY - dt.timedelta(days=1)),
        waits(4, expires_on=TODAY),
        waits(5, series_id=7),
    )
    before = Series(
        kind=SeriesKind.IN_ORDER,
        members=(
            Member(hold_id=99, place=1, state=WAITING),
            Member(hold_id=5, place=2, state=WAITING),
        ),
    )

    assert served(*line, series={7: before}) == [2, 4]


def test_the_first_in_turn_is_fetched_first_and_from_where_they_pick_up():
    line = {1: [waits(1), waits(2, pickup_branch="west"), waits(3)]}
    shelf = {
        1: [ShelfCopy(item_id=11, branch_code="west"), ShelfCopy(item_id=12, branch_code="west")]
    }

    fetched = to_fetch(line, shelf, {})

    assert {item_id: one.hold_id for item_id, one in fetched.items()} == {11: 1, 12: 2}


# How long the wait may be


def test_the_first_in_line_for_one_copy_waits_at_most_as_long_as_a_slow_loan():
    assert wait(place=1, copies=1, turnover=FORTNIGHT, pickup_days=7) == Wait(
        days_min=0, days_max=14
    )


def test_the_third_in_line_for_two_copies_waits_for_the_second_round():
    assert wait(place=3, copies=2, turnover=FORTNIGHT, pickup_days=7) == Wait(
        days_min=10, days_max=35
    )


def test_there_is_no_estimate_without_a_basis():
    assert wait(place=1, copies=1, turnover=None, pickup_days=7) is None
    assert wait(place=1, copies=0, turnover=FORTNIGHT, pickup_days=7) is None


@given(place=places, copies=copies, turnover=turnovers, pickup_days=pickups)
def test_an_estimate_is_a_range_that_begins_no_earlier_than_today(
    place, copies, turnover, pickup_days
):
    said = wait(place=place, copies=copies, turnover=turnover, pickup_days=pickup_days)

    assert said is not None
    assert 0 <= said.days_min < said.days_max


@given(
    place=places, further=st.integers(0, 50), copies=copies, turnover=turnovers, pickup_days=pickups
)
def test_nobody_further_back_is_told_of_a_shorter_wait(
    place, further, copies, turnover, pickup_days
):
    asked = {"copies": copies, "turnover": turnover, "pickup_days": pickup_days}
    before, behind = wait(place=place, **asked), wait(place=place + further, **asked)

    assert before is not None
    assert behind is not None
    assert before.days_min <= behind.days_min
    assert before.days_max <= behind.days_max


@given(
    place=places, copies=copies, more=st.integers(0, 50), turnover=turnovers, pickup_days=pickups
)
def test_more_copies_never_make_the_wait_longer(place, copies, more, turnover, pickup_days):
    asked = {"place": place, "turnover": turnover, "pickup_days": pickup_days}
    few, many = wait(copies=copies, **asked), wait(copies=copies + more, **asked)

    assert few is not None
    assert many is not None
    assert many.days_min <= few.days_min
    assert many.days_max <= few.days_max


@given(st.lists(st.integers(0, 400), min_size=LOANS_OF_RECORD))
def test_half_of_all_loans_last_between_quick_and_slow(days):
    found = Turnover.of(days)

    within = sum(found.quick <= one <= found.slow for one in days)
    assert 2 * within >= len(days)
    assert min(days) <= found.quick <= found.slow


def test_a_records_own_loans_say_more_than_those_of_its_class():
    own, of_class = [10] * LOANS_OF_RECORD, [20] * LOANS_OF_CLASS

    assert turnover(own, of_class) == Turnover(quick=10, slow=10)
    assert turnover(own[1:], of_class) == Turnover(quick=20, slow=20)
    assert turnover(own[1:], of_class[1:]) is None
