import datetime as dt
from dataclasses import replace

import pytest

from portal_app.domain.catalogue import ItemState, MaterialClass
from portal_app.domain.circulation import (
    Copy,
    Destination,
    NotMarked,
    Reader,
    Refusal,
    Refused,
    destination,
    not_marked,
    refused,
)
from portal_app.domain.policies import Limits

TODAY = dt.date(2026, 11, 22)
COPY = Copy(
    state=ItemState.ON_SHELF,
    for_loan=True,
    material=MaterialClass.BOOK,
    is_on_loan=False,
    is_kept_for_another=False,
    before_reader=0,
    free=1,
)
READER = Reader(card_expires_on=TODAY, at_home=())
LIMITS = Limits(total=3, by_class={MaterialClass.CD: 1})


def why(copy: Copy = COPY, reader: Reader = READER) -> Refused | None:
    return refused(copy, reader, LIMITS, TODAY)


def test_a_card_works_on_its_last_day():
    assert why() is None
    yesterday = replace(READER, card_expires_on=TODAY - dt.timedelta(days=1))
    assert why(reader=yesterday) == Refused(
        why=Refusal.CARD_EXPIRED, on=TODAY - dt.timedelta(days=1)
    )


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"is_on_loan": True}, Refusal.ON_LOAN),
        ({"state": ItemState.MISSING}, Refusal.MISSING),
        ({"state": ItemState.IN_REPAIR}, Refusal.IN_REPAIR),
        ({"for_loan": False}, Refusal.NOT_FOR_LOAN),
        ({"is_kept_for_another": True}, Refusal.KEPT_FOR_ANOTHER),
        ({"before_reader": 1}, Refusal.WANTED_BY_ANOTHER),
    ],
)
def test_each_thing_that_is_wrong_with_an_item_has_its_own_answer(change, refusal):
    assert why(replace(COPY, **change)) == Refused(why=refusal)


def test_whoever_waits_stops_nobody_while_there_are_copies_enough():
    assert why(replace(COPY, before_reader=2, free=3)) is None
    assert why(replace(COPY, before_reader=3, free=3)) == Refused(why=Refusal.WANTED_BY_ANOTHER)


@pytest.mark.parametrize("state", [ItemState.IN_TRANSIT, ItemState.ON_HOLD_SHELF])
def test_what_is_on_its_way_or_kept_for_nobody_can_be_lent(state):
    assert why(replace(COPY, state=state)) is None


def test_g21_a_limit_is_named_with_its_number():
    full = replace(READER, at_home=(MaterialClass.BOOK,) * 3)
    assert why(reader=full) == Refused(why=Refusal.LOAN_LIMIT_REACHED, limit=3)

    one_cd = replace(READER, at_home=(MaterialClass.CD,))
    assert why(reader=one_cd) is None
    assert why(replace(COPY, material=MaterialClass.CD), one_cd) == Refused(
        why=Refusal.CLASS_LIMIT_REACHED, limit=1
    )


@pytest.mark.parametrize(
    ("here", "pickup_branch", "goes"),
    [
        ("main", None, Destination.SHELF),
        ("west", None, Destination.SEND_HOME),
        ("main", "main", Destination.HOLD_SHELF),
        ("west", "west", Destination.HOLD_SHELF),
        ("west", "main", Destination.SEND_TO_PICKUP),
        ("main", "west", Destination.SEND_TO_PICKUP),
    ],
)
def test_an_item_goes_to_whoever_waits_or_else_home(here, pickup_branch, goes):
    assert destination(here=here, home="main", pickup_branch=pickup_branch) is goes


@pytest.mark.parametrize(
    ("marked", "state", "is_on_loan", "refusal"),
    [
        (ItemState.MISSING, ItemState.ON_SHELF, False, None),
        (ItemState.MISSING, ItemState.ON_HOLD_SHELF, False, None),
        (ItemState.MISSING, ItemState.ON_SHELF, True, None),
        (ItemState.IN_REPAIR, ItemState.ON_SHELF, True, NotMarked.ON_LOAN),
        (ItemState.IN_REPAIR, ItemState.MISSING, False, None),
        (ItemState.ON_SHELF, ItemState.MISSING, False, None),
        (ItemState.ON_SHELF, ItemState.IN_REPAIR, False, None),
        (ItemState.ON_SHELF, ItemState.ON_SHELF, False, NotMarked.NOT_AWAY),
        (ItemState.ON_SHELF, ItemState.ON_HOLD_SHELF, False, NotMarked.NOT_AWAY),
        (ItemState.ON_HOLD_SHELF, ItemState.ON_SHELF, False, NotMarked.NOT_BY_HAND),
        (ItemState.IN_TRANSIT, ItemState.ON_SHELF, False, NotMarked.NOT_BY_HAND),
    ],
)
def test_only_what_was_away_is_found_and_only_what_is_here_is_repaired(
    marked, state, is_on_loan, refusal
):
    assert not_marked(marked=marked, state=state, is_on_loan=is_on_loan) is refusal
