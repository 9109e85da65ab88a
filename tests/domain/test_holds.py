import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app import libraries
from portal_app.domain.catalogue import Availability, MaterialClass
from portal_app.domain.holds import (
    HoldState,
    NotCancelled,
    Problem,
    Refusal,
    Refused,
    Request,
    Standing,
    Wanted,
    lowest_free,
    not_cancelled,
    problem_with,
    refused,
    refused_for_everyone,
)

KAGOSHIMA = libraries.load("kagoshima").holds
KOGANEI = libraries.load("koganei").holds
TODAY = dt.date(2026, 11, 22)
YESTERDAY = TODAY - dt.timedelta(days=1)
GINGA = 1


def standing(**changes) -> Standing:
    """Return a patron in good standing, but for what the test says."""
    return Standing(card_expires_on=changes.pop("card_expires_on", TODAY), **changes)


def refusal_of(patron, *, policy=KOGANEI, material=MaterialClass.BOOK, is_in=Availability.ON_LOAN):
    wanted = Wanted(record_id=GINGA, material=material, availability=is_in)
    return refused(wanted, patron, policy, TODAY)


def ten(material: MaterialClass) -> dict[int, MaterialClass]:
    return dict.fromkeys(range(100, 110), material)


def test_a_patron_in_good_standing_may_hold_a_record_on_the_last_day_of_the_card():
    assert refusal_of(standing()) is None


@pytest.mark.parametrize(
    ("patron", "refusal"),
    [
        (standing(card_expires_on=YESTERDAY), Refused(why=Refusal.CARD_EXPIRED, on=YESTERDAY)),
        (standing(on_loan={GINGA: TODAY}), Refused(why=Refusal.ALREADY_ON_LOAN, on=TODAY)),
        (standing(on_hold={GINGA: MaterialClass.BOOK}), Refused(why=Refusal.ALREADY_ON_HOLD)),
        (
            standing(on_hold=ten(MaterialClass.BOOK)),  # G-30
            Refused(why=Refusal.HOLD_LIMIT_REACHED, limit=10),
        ),
        (
            standing(card_expires_on=YESTERDAY, on_hold=ten(MaterialClass.BOOK)),
            Refused(why=Refusal.CARD_EXPIRED, on=YESTERDAY),
        ),
    ],
)
def test_a_refused_patron_is_told_the_first_reason(patron, refusal):
    assert refusal_of(patron) == refusal


def test_g30_five_cds_are_the_limit_and_leave_room_for_books():
    five_cds = standing(on_hold=dict.fromkeys(range(100, 105), MaterialClass.CD))

    assert refusal_of(five_cds, material=MaterialClass.CD) == Refused(
        why=Refusal.CLASS_LIMIT_REACHED, limit=5
    )
    assert refusal_of(five_cds, material=MaterialClass.BOOK) is None


def test_k25_something_overdue_stops_holds_where_the_library_says_so():
    late = standing(overdue_since=YESTERDAY)

    assert refusal_of(late, policy=KAGOSHIMA) == Refused(
        why=Refusal.SOMETHING_OVERDUE, on=YESTERDAY
    )
    assert refusal_of(late, policy=KOGANEI) is None


def test_what_is_on_the_shelf_can_be_held_where_the_library_says_so():
    assert refused_for_everyone(Availability.AVAILABLE, KAGOSHIMA) == Refused(
        why=Refusal.AVAILABLE_NOW
    )
    assert refused_for_everyone(Availability.AVAILABLE, KOGANEI) is None


@pytest.mark.parametrize(
    "availability",
    [Availability.IN_LIBRARY_USE, Availability.UNAVAILABLE, Availability.NO_ITEMS],
)
def test_what_is_never_lent_cannot_be_held(availability):
    assert refusal_of(standing(), is_in=availability) == Refused(why=Refusal.NOT_FOR_LOAN)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({}, None),
        ({"record_ids": ()}, Problem.NOTHING_CHOSEN),
        ({"pickup_branch": "moon"}, Problem.NOT_A_PICKUP_BRANCH),
        ({"contact_method": "telephone"}, Problem.NOT_A_CONTACT_METHOD),
        ({"expires_on": YESTERDAY}, Problem.EXPIRY_HAS_PASSED),
        ({"expires_on": TODAY}, None),
    ],
)
def test_a_request_for_holds_is_checked_as_a_whole(changes, problem):
    request = {
        "record_ids": (GINGA,),
        "pickup_branch": "honkan",
        "contact_method": "mail",
    }

    found = problem_with(
        Request(**request | changes),
        pickup_branches=("honkan", "nishi"),
        policy=KOGANEI,
        today=TODAY,
    )

    assert found is problem


@given(st.sets(st.integers(min_value=1, max_value=30)))
def test_a_new_hold_takes_the_lowest_free_slot(taken):
    slot = lowest_free(taken)

    assert slot not in taken
    assert all(lower in taken for lower in range(1, slot))


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (HoldState.WAITING, None),
        (HoldState.IN_TRANSIT, NotCancelled.IN_TRANSIT),
        (HoldState.READY, NotCancelled.READY),
        (HoldState.LENT, NotCancelled.NOT_ON_HOLD),
        (HoldState.LAPSED, NotCancelled.NOT_ON_HOLD),
        (HoldState.CANCELLED, NotCancelled.NOT_ON_HOLD),
    ],
)
def test_g34_a_hold_is_given_up_only_while_it_waits(state, reason):
    assert not_cancelled(state) is reason
