import pytest

from portal_app import libraries
from portal_app.domain.hold_series import (
    Refusal,
    SeriesKind,
    When,
    Wish,
    holds_together,
    members,
    not_offered,
)
from portal_app.domain.holds import HoldState
from portal_app.domain.policies import Series

KAGOSHIMA = libraries.load("kagoshima").holds.series
KOGANEI = libraries.load("koganei").holds.series
WAITING, IN_TRANSIT, READY = HoldState.WAITING, HoldState.IN_TRANSIT, HoldState.READY
FIRST, SECOND, THIRD = 1, 2, 3


def wish(*record_ids, series_id=None, kind=SeriesKind.IN_ORDER, when=When.LATER) -> Wish:
    return Wish(series_id=series_id, kind=kind, record_ids=record_ids, when=when)


@pytest.mark.parametrize(
    ("asked", "kagoshima", "koganei"),
    [
        (wish(FIRST, SECOND, when=When.PLACING), None, Refusal.NOT_OFFERED_WHEN_PLACING),
        (wish(FIRST, SECOND), None, None),
        (wish(FIRST, SECOND, series_id=7), None, None),
        (wish(series_id=7), None, None),
        (wish(FIRST, SECOND, kind=SeriesKind.ANY_ONE), None, Refusal.ANY_ONE_NOT_OFFERED),
        (wish(series_id=7, kind=SeriesKind.ANY_ONE), None, None),
    ],
    ids=["k28", "g33", "g33 again", "g33 dissolve", "any one", "any one no more"],
)
def test_each_library_says_what_may_be_asked_for(asked, kagoshima, koganei):
    assert not_offered(asked, KAGOSHIMA) is kagoshima
    assert not_offered(asked, KOGANEI) is koganei


def test_g33_a_series_of_before_is_regrouped_only_where_that_is_offered():
    only_when_placing = Series(when_placing=True, later=False)

    assert not_offered(wish(FIRST, SECOND), only_when_placing) is Refusal.NOT_OFFERED_LATER
    # Whoever changes a series does not place it, whatever their device says.
    again = wish(FIRST, series_id=7, when=When.PLACING)
    assert not_offered(again, only_when_placing) is Refusal.NOT_OFFERED_LATER


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (wish(SECOND, FIRST), (SECOND, FIRST)),
        (wish(SECOND, FIRST, SECOND), (SECOND, FIRST)),
        (wish(FIRST), Refusal.FEWER_THAN_TWO),
        (wish(FIRST, FIRST), Refusal.FEWER_THAN_TWO),
        (wish(), Refusal.FEWER_THAN_TWO),
        (wish(FIRST, series_id=7), (FIRST,)),
        (wish(series_id=7), ()),
        (wish(FIRST, 404), Refusal.NOT_ON_HOLD),
        (wish(FIRST, THIRD), Refusal.SET_ASIDE),
        (wish(THIRD, 404), Refusal.NOT_ON_HOLD),
    ],
)
@pytest.mark.parametrize("state", [IN_TRANSIT, READY])
def test_g33_only_waiting_holds_are_regrouped(asked, found, state):
    assert members(asked, {FIRST: WAITING, SECOND: WAITING, THIRD: state}) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ((FIRST, 404, SECOND), (FIRST, SECOND)),
        ((THIRD, SECOND, FIRST), (SECOND, FIRST)),
        ((FIRST, 404), Refusal.FEWER_THAN_TWO),
        ((404, 405), Refusal.FEWER_THAN_TWO),
    ],
)
def test_k28_what_could_not_be_placed_is_left_out_of_the_order(asked, found):
    holds = {FIRST: WAITING, SECOND: WAITING, THIRD: READY}

    assert members(wish(*asked, when=When.PLACING), holds) == found


def test_a_series_is_not_changed_by_placing():
    """Or one whose records are all refused would be dissolved."""
    asked = wish(404, series_id=7, when=When.PLACING)

    assert members(asked, {FIRST: WAITING}) is Refusal.NOT_ON_HOLD


def test_a_series_of_one_hold_that_only_waits_says_nothing():
    assert not holds_together([], is_one_on_loan=False)
    assert not holds_together([WAITING], is_one_on_loan=False)
    assert holds_together([WAITING], is_one_on_loan=True)
    assert holds_together([READY], is_one_on_loan=False)
    assert holds_together([IN_TRANSIT], is_one_on_loan=False)
    assert holds_together([WAITING, WAITING], is_one_on_loan=False)
