import datetime as dt
import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, select

from portal_app import libraries
from portal_app.data.tables import Hold
from portal_app.domain.catalogue import MaterialClass
from portal_app.domain.holds import (
    HoldState,
    NotCancelled,
    Problem,
    Refusal,
    Refused,
    Request,
)
from portal_app.services import cart, holds
from tests.conftest import NOW, TODAY, add_record, lend

KAGOSHIMA = libraries.load("kagoshima")


@pytest.fixture
def our_library() -> libraries.Library:
    """Kagoshima's rules with the two branches of the tests and a limit of one CD."""
    main, west = KAGOSHIMA.branches[:2]
    limits = KAGOSHIMA.holds.limits.model_copy(update={"by_class": {MaterialClass.CD: 1}})
    return KAGOSHIMA.model_copy(
        update={
            "branches": (
                main.model_copy(update={"code": "main"}),
                west.model_copy(update={"code": "west"}),
            ),
            "holds": KAGOSHIMA.holds.model_copy(update={"limits": limits}),
        }
    )


@pytest.fixture
def place(our_library):
    """Put records in a patron's cart and place holds on them."""

    def place(patron_id, *record_ids, now=NOW, **changes):
        cart.add(patron_id=patron_id, record_ids=record_ids, limit=100, now=now)
        request = {"record_ids": record_ids, "pickup_branch": "main", "contact_method": "none"}
        return holds.place(
            patron_id=patron_id, request=Request(**request | changes), library=our_library, now=now
        )

    return place


def refusals(placed: holds.Placed) -> dict[int, Refused | None]:
    return {outcome.record.record_id: outcome.refused for outcome in placed.outcomes}


def in_cart(patron_id: int) -> list[int]:
    found = cart.look(patron_id=patron_id, policy=KAGOSHIMA.holds, today=TODAY)
    return [line.record.record_id for line in found.lines]


def test_a_hold_takes_the_last_place_in_the_queue_and_leaves_the_cart(place, hanako, ken, ginga):
    place(ken, ginga)

    placed = place(hanako, ginga, expires_on=TODAY)

    assert [outcome.place for outcome in placed.outcomes] == [2]
    assert in_cart(hanako) == []
    (hold,) = holds.look(patron_id=hanako)
    assert (hold.state, hold.place, hold.queue_length) == (HoldState.WAITING, 2, 2)
    assert (hold.pickup_branch, hold.contact_method, hold.expires_on) == ("main", "none", TODAY)
    assert hold.placed_at == NOW


def test_a_refused_record_stays_in_the_cart_and_the_others_do_not_wait_for_it(
    place, hanako, ginga, kokoro
):
    placed = place(hanako, kokoro, ginga)

    assert refusals(placed) == {kokoro: Refused(why=Refusal.AVAILABLE_NOW), ginga: None}
    assert in_cart(hanako) == [kokoro]
    assert len(holds.look(patron_id=hanako)) == 1


def test_an_expired_card_leaves_the_cart_as_it_was(place, taro, ginga):
    placed = place(taro, ginga)

    yesterday = TODAY - dt.timedelta(days=1)
    assert refusals(placed) == {ginga: Refused(why=Refusal.CARD_EXPIRED, on=yesterday)}
    assert in_cart(taro) == [ginga]


def test_k25_something_overdue_stops_every_hold(place, hanako, ginga, kokoro, library):
    yesterday = TODAY - dt.timedelta(days=1)
    with Session(library) as tx, tx.begin():
        lend(tx, item_id=21, patron_id=hanako, due_on=yesterday)

    placed = place(hanako, ginga)

    assert refusals(placed) == {ginga: Refused(why=Refusal.SOMETHING_OVERDUE, on=yesterday)}


def test_what_the_patron_has_at_home_cannot_be_held(place, hanako, kokoro, library):
    with Session(library) as tx, tx.begin():
        lend(tx, item_id=21, patron_id=hanako, due_on=TODAY)

    assert refusals(place(hanako, kokoro)) == {
        kokoro: Refused(why=Refusal.ALREADY_ON_LOAN, on=TODAY)
    }


def test_the_limit_is_kept_within_one_request(place, hanako, branches):
    eleven = [add_record(number, f"巻{number}") for number in range(100, 111)]

    placed = place(hanako, *eleven)

    assert sum(outcome.refused is None for outcome in placed.outcomes) == 10
    assert placed.outcomes[-1].refused == Refused(why=Refusal.HOLD_LIMIT_REACHED, limit=10)
    assert in_cart(hanako) == eleven[10:]


def test_a_class_has_its_own_limit(place, hanako, ginga):
    first_cd, second_cd = (
        add_record(number, f"CD {number}", material=MaterialClass.CD) for number in (50, 51)
    )

    placed = place(hanako, first_cd, second_cd, ginga)

    assert refusals(placed) == {
        first_cd: None,
        second_cd: Refused(why=Refusal.CLASS_LIMIT_REACHED, limit=1),
        ginga: None,
    }


def test_pressing_the_button_again_places_nothing_more(place, hanako, ginga):
    place(hanako, ginga)

    again = place(hanako, ginga)

    assert refusals(again) == {ginga: Refused(why=Refusal.ALREADY_ON_HOLD)}
    assert len(holds.look(patron_id=hanako)) == 1


def test_a_record_that_is_not_in_the_cart_is_passed_over(our_library, hanako, ginga):
    request = Request(record_ids=(ginga, 404), pickup_branch="main", contact_method="none")

    placed = holds.place(patron_id=hanako, request=request, library=our_library, now=NOW)

    assert placed == holds.Placed(problem=None)
    assert holds.look(patron_id=hanako) == ()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"pickup_branch": "moon"}, Problem.NOT_A_PICKUP_BRANCH),
        ({"contact_method": "pigeon"}, Problem.NOT_A_CONTACT_METHOD),
        ({"expires_on": TODAY - dt.timedelta(days=1)}, Problem.EXPIRY_HAS_PASSED),
    ],
)
def test_a_request_with_a_problem_changes_nothing(place, hanako, ginga, changes, problem):
    placed = place(hanako, ginga, **changes)

    assert placed == holds.Placed(problem=problem)
    assert in_cart(hanako) == [ginga]
    assert holds.look(patron_id=hanako) == ()


def test_what_can_be_fetched_comes_first(place, hanako, ginga, library):
    waits_longest = add_record(60, "長く待つ本")
    place(hanako, waits_longest, now=NOW - dt.timedelta(days=9))
    place(hanako, ginga)
    with Session(library) as tx, tx.begin():
        ready = tx.exec(select(Hold).where(Hold.record_id == ginga)).one()
        ready.state, ready.item_id, ready.pickup_by = HoldState.READY, 11, TODAY

    shown = holds.look(patron_id=hanako)

    assert [(hold.state, hold.place) for hold in shown] == [
        (HoldState.READY, None),
        (HoldState.WAITING, 1),
    ]


def test_nobody_sees_the_holds_of_another(place, hanako, ken, ginga):
    place(hanako, ginga)

    assert holds.look(patron_id=ken) == ()


def test_g34_a_hold_that_is_given_up_lets_the_next_one_move_up(place, hanako, ken, ginga, library):
    place(hanako, ginga)
    place(ken, ginga)
    (given_up,) = holds.look(patron_id=hanako)

    cancelled = holds.cancel(patron_id=hanako, hold_id=given_up.hold_id, now=NOW)

    assert cancelled == holds.Cancelled(refused=None)
    assert holds.look(patron_id=hanako) == ()
    assert [(hold.place, hold.queue_length) for hold in holds.look(patron_id=ken)] == [(1, 1)]
    with Session(library) as tx:
        written = tx.get_one(Hold, given_up.hold_id)
    assert (written.state, written.ended_at) == (HoldState.CANCELLED, NOW)
    assert (written.slot, written.class_slot, written.queue_number) == (None, None, None)


def test_giving_up_the_last_hold_of_a_class_makes_room_for_another(
    place, hanako, branches, library
):
    first_cd, second_cd = (
        add_record(number, f"CD {number}", material=MaterialClass.CD) for number in (50, 51)
    )
    place(hanako, first_cd)
    (hold,) = holds.look(patron_id=hanako)

    holds.cancel(patron_id=hanako, hold_id=hold.hold_id, now=NOW)

    assert refusals(place(hanako, second_cd, first_cd)) == {
        second_cd: None,
        first_cd: Refused(why=Refusal.CLASS_LIMIT_REACHED, limit=1),
    }
    with Session(library) as tx:
        assert tx.get_one(Hold, hold.hold_id).class_slot is None


def test_who_comes_after_a_hold_that_was_given_up_is_still_the_last(place, hanako, ken, ginga):
    place(ken, ginga)
    place(hanako, ginga)
    (first, second) = (holds.look(patron_id=patron)[0] for patron in (ken, hanako))
    holds.cancel(patron_id=ken, hold_id=first.hold_id, now=NOW)

    placed = place(ken, ginga)

    assert (first.place, second.place) == (1, 2)
    assert [outcome.place for outcome in placed.outcomes] == [2]


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (HoldState.IN_TRANSIT, NotCancelled.IN_TRANSIT),
        (HoldState.READY, NotCancelled.READY),
    ],
)
def test_g34_what_has_come_for_a_patron_is_given_up_at_the_desk(
    place, hanako, ginga, library, state, why
):
    place(hanako, ginga)
    with Session(library) as tx, tx.begin():
        hold = tx.exec(select(Hold)).one()
        hold.state, hold.item_id, hold.pickup_by = state, 11, TODAY
    (before,) = holds.look(patron_id=hanako)

    cancelled = holds.cancel(patron_id=hanako, hold_id=before.hold_id, now=NOW)

    assert cancelled == holds.Cancelled(refused=why)
    assert holds.look(patron_id=hanako) == (before,)


def test_giving_up_a_hold_twice_ends_it_once(place, hanako, ginga, library):
    place(hanako, ginga)
    (hold,) = holds.look(patron_id=hanako)
    holds.cancel(patron_id=hanako, hold_id=hold.hold_id, now=NOW)

    again = holds.cancel(patron_id=hanako, hold_id=hold.hold_id, now=NOW + dt.timedelta(minutes=1))

    assert again == holds.Cancelled(refused=NotCancelled.NOT_ON_HOLD)
    with Session(library) as tx:
        assert tx.get_one(Hold, hold.hold_id).ended_at == NOW


def test_nobody_gives_up_the_hold_of_another(place, hanako, ken, ginga):
    place(hanako, ginga)
    (hers,) = holds.look(patron_id=hanako)

    cancelled = holds.cancel(patron_id=ken, hold_id=hers.hold_id, now=NOW)

    assert cancelled == holds.Cancelled(refused=NotCancelled.NOT_ON_HOLD)
    assert holds.look(patron_id=hanako) == (hers,)


def test_two_tabs_that_race_for_the_last_place_get_one_hold(place, hanako, branches, library):
    nine = [add_record(number, f"巻{number}") for number in range(100, 109)]
    last_two = [add_record(number, f"巻{number}") for number in (200, 201)]
    place(hanako, *nine)
    start = threading.Barrier(2)
    outcomes = []

    def press(record_id):
        start.wait(timeout=10)
        outcomes.extend(place(hanako, record_id).outcomes)

    tabs = [threading.Thread(target=press, args=(record_id,)) for record_id in last_two]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join(timeout=30)

    assert sorted(outcome.refused is None for outcome in outcomes) == [False, True]
    assert len(holds.look(patron_id=hanako)) == 10


def test_two_patrons_who_race_get_places_one_and_two(place, hanako, ken, ginga):
    start = threading.Barrier(2)
    places = []

    def press(patron_id):
        start.wait(timeout=10)
        places.extend(outcome.place for outcome in place(patron_id, ginga).outcomes)

    patrons = [threading.Thread(target=press, args=(one,)) for one in (hanako, ken)]
    for patron in patrons:
        patron.start()
    for patron in patrons:
        patron.join(timeout=30)

    assert sorted(places) == [1, 2]


@pytest.mark.parametrize(
    "changes",
    [
        {"record_id": 2, "slot": 1, "queue_number": 1},
        {"record_id": 1, "slot": 2, "queue_number": 2},
        {"record_id": 2, "slot": 2, "queue_number": 1, "state": "ready"},
        {"record_id": 2, "slot": None, "queue_number": 1},
        {"record_id": 2, "slot": 2, "queue_number": None},
        {"record_id": 2, "slot": 0, "queue_number": 1},
        {"record_id": 2, "slot": 2, "queue_number": 1, "state": "lost"},
    ],
    ids=["slot twice", "record twice", "ready without item", "no slot", "no queue", "0", "state"],
)
def test_the_database_itself_refuses(place, library, hanako, ginga, kokoro, changes):
    place(hanako, ginga)
    row = {
        "patron_id": hanako,
        "state": "waiting",
        "limit_class": "",
        "pickup_branch": "main",
        "contact_method": "none",
        "placed_at": NOW,
    }

    with Session(library) as tx, pytest.raises((IntegrityError, StatementError)):
        tx.execute(sa.insert(Hold).values(**row | changes))
