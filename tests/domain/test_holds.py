import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app import libraries
from portal_app.domain.catalogue import Availability, MaterialClass
from portal_app.domain.holds import (
    Declined,
    HoldState,
    NotCancelled,
    NotChanged,
    Problem,
    Refusal,
    Refused,
    Request,
    Standing,
    Terms,
    Wanted,
    Wish,
    ended_shown_since,
    lowest_free,
    not_asked_to_cancel,
    not_cancelled,
    not_changed,
    not_resumed,
    not_stepped_back,
    not_suspended,
    problem_with,
    proposed_expiry,
    refused,
    refused_for_everyone,
)

KAGOSHIMA = libraries.load("kagoshima").holds
KOGANEI = libraries.load("koganei").holds
TODAY = dt.date(2026, 11, 22)
YESTERDAY = TODAY - dt.timedelta(days=1)
TOMORROW = TODAY + dt.timedelta(days=1)
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
        (
            standing(on_hold={GINGA: MaterialClass.BOOK}, held_since={GINGA: YESTERDAY}),
            Refused(why=Refusal.ALREADY_ON_HOLD, on=YESTERDAY),
        ),
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
    ("availability", "refusal"),
    [
        (Availability.IN_LIBRARY_USE, Refusal.NOT_FOR_LOAN),
        (Availability.UNAVAILABLE, Refusal.NO_COPY),
        (Availability.NO_ITEMS, Refusal.NO_COPY),
    ],
)
def test_what_is_never_lent_cannot_be_held(availability, refusal):
    assert refusal_of(standing(), is_in=availability) == Refused(why=refusal)


def test_what_has_left_the_catalogue_cannot_be_held():
    has_left = Availability.NOT_IN_CATALOGUE

    assert refusal_of(standing(), is_in=has_left) == Refused(why=Refusal.NOT_IN_CATALOGUE)


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


ENDED = (HoldState.LENT, HoldState.LAPSED, HoldState.CANCELLED)


@pytest.mark.parametrize(
    ("policy", "in_transit", "ready"),
    [
        (KOGANEI, NotCancelled.IN_TRANSIT, NotCancelled.READY),
        (KAGOSHIMA, NotCancelled.IN_TRANSIT_MAY_ASK, NotCancelled.READY_MAY_ASK),
    ],
    ids=["by telephone", "by asking here"],
)
def test_g34_a_hold_is_given_up_only_while_it_waits(policy, in_transit, ready):
    assert not_cancelled(HoldState.WAITING, policy) is None
    assert not_cancelled(HoldState.IN_TRANSIT, policy) is in_transit
    assert not_cancelled(HoldState.READY, policy) is ready
    assert {not_cancelled(state, policy) for state in ENDED} == {NotCancelled.NOT_ON_HOLD}


def test_g34_what_is_set_aside_can_be_asked_to_be_cancelled_where_the_library_says_so():
    assert not_asked_to_cancel(HoldState.READY, KAGOSHIMA) is None
    assert not_asked_to_cancel(HoldState.IN_TRANSIT, KAGOSHIMA) is None
    assert not_asked_to_cancel(HoldState.READY, KOGANEI) is NotCancelled.READY
    assert not_asked_to_cancel(HoldState.IN_TRANSIT, KOGANEI) is NotCancelled.IN_TRANSIT


@pytest.mark.parametrize("policy", [KAGOSHIMA, KOGANEI], ids=["kagoshima", "koganei"])
def test_nobody_need_ask_the_library_about_what_only_waits_or_is_over(policy):
    assert not_asked_to_cancel(HoldState.WAITING, policy) is NotCancelled.STILL_WAITING
    assert {not_asked_to_cancel(state, policy) for state in ENDED} == {NotCancelled.NOT_ON_HOLD}


def test_every_reason_to_keep_a_hold_is_one_to_leave_it_as_it_is():
    about_set_aside = {one.value for one in NotCancelled} - {NotCancelled.STILL_WAITING}

    assert about_set_aside <= {one.value for one in NotChanged}


def change_of(state=HoldState.WAITING, *, policy=KOGANEI, suspended_until=None, **changes):
    wish = {"pickup_branch": "nishi", "contact_method": "mail", "expires_on": None}
    return not_changed(
        Terms(state=state, suspended_until=suspended_until),
        Wish(**wish | changes),
        pickup_branches=("honkan", "nishi"),
        policy=policy,
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("policy", "in_transit", "ready"),
    [
        (KOGANEI, NotChanged.IN_TRANSIT, NotChanged.READY),
        (KAGOSHIMA, NotChanged.IN_TRANSIT_MAY_ASK, NotChanged.READY_MAY_ASK),
    ],
    ids=["by telephone", "by asking here"],
)
def test_g35_a_hold_is_changed_only_while_it_waits(policy, in_transit, ready):
    assert change_of(policy=policy) is None
    assert change_of(HoldState.IN_TRANSIT, policy=policy) == Declined(why=in_transit)
    assert change_of(HoldState.READY, policy=policy) == Declined(why=ready)
    for state in ENDED:
        assert change_of(state, policy=policy) == Declined(why=NotChanged.NOT_ON_HOLD)


@pytest.mark.parametrize(
    ("changes", "declined"),
    [
        ({"pickup_branch": "moon"}, Declined(why=Problem.NOT_A_PICKUP_BRANCH)),
        ({"contact_method": "telephone"}, Declined(why=Problem.NOT_A_CONTACT_METHOD)),
        ({"expires_on": YESTERDAY}, Declined(why=Problem.EXPIRY_HAS_PASSED)),
        ({"expires_on": TODAY}, None),
        (
            {"suspended_until": TOMORROW, "expires_on": TOMORROW},
            Declined(why=NotChanged.EXPIRES_WHILE_SUSPENDED, on=TOMORROW),
        ),
        ({"suspended_until": TOMORROW, "expires_on": TOMORROW + dt.timedelta(days=1)}, None),
        ({"suspended_until": TOMORROW}, None),
    ],
)
def test_g35_a_change_is_checked_like_a_request(changes, declined):
    assert change_of(**changes) == declined


def suspension_of(state=HoldState.WAITING, *, days, expires_on=None, policy=KOGANEI):
    return not_suspended(
        Terms(state=state, expires_on=expires_on),
        until=TODAY + dt.timedelta(days=days),
        policy=policy,
        today=TODAY,
    )


def test_a_hold_is_suspended_from_tomorrow_to_as_far_as_the_library_says():
    farthest = KOGANEI.suspend_days_max

    assert suspension_of(days=1) is None
    assert suspension_of(days=farthest) is None
    assert suspension_of(days=farthest + 1) == Declined(
        why=NotChanged.SUSPENDED_TOO_LONG,
        limit=farthest,
        on=TODAY + dt.timedelta(days=farthest),
    )
    for past in (0, -1):
        assert suspension_of(days=past) == Declined(
            why=NotChanged.SUSPENSION_IS_OVER_TODAY, on=TOMORROW
        )


def test_a_hold_is_not_suspended_until_nobody_wants_it_any_more():
    third = TODAY + dt.timedelta(days=3)

    assert suspension_of(days=2, expires_on=third) is None
    assert suspension_of(days=3, expires_on=third) == Declined(
        why=NotChanged.SUSPENDED_PAST_EXPIRY, on=third
    )


def test_nothing_is_suspended_where_the_library_does_not_offer_it():
    without = KOGANEI.model_copy(update={"suspend_days_max": 0})

    assert suspension_of(days=1, policy=without) == Declined(why=NotChanged.SUSPENDING_NOT_OFFERED)


def test_what_is_set_aside_is_neither_suspended_nor_let_to_the_next_reader():
    ready, why = Terms(state=HoldState.READY), Declined(why=NotChanged.READY)

    assert suspension_of(HoldState.READY, days=1) == why
    assert not_resumed(ready, KOGANEI) == why
    assert not_stepped_back(ready, is_last_in_line=True, policy=KOGANEI) == why


def test_what_is_not_suspended_may_be_asked_for_again():
    assert not_resumed(Terms(state=HoldState.WAITING), KOGANEI) is None


def test_the_next_reader_may_go_first_if_there_is_one_and_the_library_lets_them():
    waiting = Terms(state=HoldState.WAITING)
    without = KOGANEI.model_copy(update={"let_next_go_first": False})

    assert not_stepped_back(waiting, is_last_in_line=False, policy=KOGANEI) is None
    assert not_stepped_back(waiting, is_last_in_line=True, policy=KOGANEI) == Declined(
        why=NotChanged.NOBODY_BEHIND
    )
    assert not_stepped_back(waiting, is_last_in_line=False, policy=without) == Declined(
        why=NotChanged.STEPPING_BACK_NOT_OFFERED
    )


@pytest.mark.parametrize(
    ("today", "months", "since"),
    [
        (dt.date(2026, 11, 22), 1, dt.date(2026, 10, 22)),
        (dt.date(2026, 1, 5), 1, dt.date(2025, 12, 5)),
        (dt.date(2026, 3, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2028, 2, 29), 12, dt.date(2027, 2, 28)),
        (dt.date(2026, 12, 1), 12, dt.date(2025, 12, 1)),
    ],
)
def test_g36_what_ended_is_shown_for_months_of_the_calendar(today, months, since):
    assert ended_shown_since(today, months) == since


def test_k26_the_cart_proposes_to_wait_for_as_long_as_the_library_says():
    ninety = KOGANEI.model_copy(update={"expires_after_days": 90})

    assert proposed_expiry(ninety, TODAY) == dt.date(2027, 2, 20)
    assert proposed_expiry(KAGOSHIMA, TODAY) is None
