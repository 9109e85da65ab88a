import datetime as dt
import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, select

from portal_app import libraries
from portal_app.data.tables import Hold, Item, Loan
from portal_app.domain.catalogue import ItemState, MaterialClass
from portal_app.domain.holds import (
    EndReason,
    HoldState,
    Problem,
    Refusal,
    Refused,
    Request,
)
from portal_app.services import cart, holds
from tests.conftest import NOW, TODAY, add_record, depart, lend
from tests.services.queues import look, set_aside, wait_for

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
    (hold,) = look(hanako)
    assert (hold.state, hold.place, hold.queue_length) == (HoldState.WAITING, 2, 2)
    assert (hold.pickup_branch, hold.contact_method, hold.expires_on) == ("main", "none", TODAY)
    assert hold.placed_at == NOW


def test_k24_what_is_in_the_cart_is_not_on_hold(place, hanako, ken, ginga):
    cart.add(patron_id=hanako, record_ids=[ginga], limit=100, now=NOW)

    place(ken, ginga)

    assert look(hanako) == ()
    assert [(hold.place, hold.queue_length) for hold in look(ken)] == [(1, 1)]


def test_k27_what_is_placed_together_is_asked_for_each_for_itself(place, hanako, ginga):
    kusamakura = add_record(60, "草枕")

    place(hanako, ginga, kusamakura)

    shown = look(hanako)
    assert [hold.record.record_id for hold in shown] == [ginga, kusamakura]
    assert {(hold.series_number, hold.is_in_turn) for hold in shown} == {(None, True)}


def test_a_refused_record_stays_in_the_cart_and_the_others_do_not_wait_for_it(
    place, hanako, ginga, kokoro
):
    placed = place(hanako, kokoro, ginga)

    assert refusals(placed) == {kokoro: Refused(why=Refusal.AVAILABLE_NOW), ginga: None}
    assert in_cart(hanako) == [kokoro]
    assert len(look(hanako)) == 1


def test_what_leaves_the_catalogue_cannot_be_held_any_more_and_stays_in_the_cart(
    place, hanako, ginga
):
    cart.add(patron_id=hanako, record_ids=[ginga], limit=100, now=NOW)
    depart(ginga)

    placed = place(hanako, ginga)

    assert refusals(placed) == {ginga: Refused(why=Refusal.NOT_IN_CATALOGUE)}
    assert in_cart(hanako) == [ginga]


def test_an_open_hold_stays_as_it_is_when_its_record_leaves_the_catalogue(place, hanako, ginga):
    place(hanako, ginga)

    depart(ginga)

    (hold,) = look(hanako)
    assert (hold.state, hold.place, hold.record.title) == (HoldState.WAITING, 1, "銀河鉄道の夜")


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

    assert refusals(again) == {ginga: Refused(why=Refusal.ALREADY_ON_HOLD, on=TODAY)}
    assert len(look(hanako)) == 1


def test_a_record_that_is_not_in_the_cart_is_passed_over(our_library, hanako, ginga):
    request = Request(record_ids=(ginga, 404), pickup_branch="main", contact_method="none")

    placed = holds.place(patron_id=hanako, request=request, library=our_library, now=NOW)

    assert placed == holds.Placed(problem=None)
    assert look(hanako) == ()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"pickup_branch": "moon"}, Problem.NOT_A_PICKUP_BRANCH),
        ({"contact_method": "pigeon"}, Problem.NOT_A_CONTACT_METHOD),
        ({"expires_on": TODAY - dt.timedelta(days=1)}, Problem.EXPIRY_HAS_PASSED),
    ],
)
def test_k29_a_request_with_a_problem_changes_nothing(place, hanako, ginga, changes, problem):
    placed = place(hanako, ginga, **changes)

    assert placed == holds.Placed(problem=problem)
    assert in_cart(hanako) == [ginga]
    assert look(hanako) == ()


def test_what_can_be_fetched_comes_first(place, hanako, ginga, library):
    waits_longest = add_record(60, "長く待つ本")
    place(hanako, waits_longest, now=NOW - dt.timedelta(days=9))
    place(hanako, ginga)
    with Session(library) as tx, tx.begin():
        ready = tx.exec(select(Hold).where(Hold.record_id == ginga)).one()
        ready.state, ready.item_id, ready.pickup_by = HoldState.READY, 11, TODAY

    shown = look(hanako)

    assert [(hold.state, hold.place) for hold in shown] == [
        (HoldState.READY, None),
        (HoldState.WAITING, 1),
    ]


def test_g31_what_is_on_its_way_stands_between_what_is_ready_and_what_waits(hanako, branches):
    records = [add_record(number, f"巻{number}", lent=False) for number in (60, 61, 62, 63, 64)]
    waits, moves, also_moves, ready, also_waits = (
        wait_for(hanako, record_id, now=NOW + dt.timedelta(minutes=number))[0]
        for number, record_id in enumerate(records)
    )
    set_aside(also_moves, state=HoldState.IN_TRANSIT, item_id=621)
    set_aside(moves, state=HoldState.IN_TRANSIT, item_id=611)
    set_aside(ready, state=HoldState.READY, item_id=631)

    shown = [hold.hold_id for hold in look(hanako)]

    assert shown == [ready, moves, also_moves, waits, also_waits]


def test_a_hold_is_shown_with_its_copies_and_with_those_behind_it(place, hanako, ken, ginga):
    place(hanako, ginga)
    place(ken, ginga)

    ((hers,), (his,)) = look(hanako), look(ken)

    assert (hers.copies, hers.is_last_in_line) == (2, False)
    assert (his.copies, his.is_last_in_line) == (2, True)
    assert (hers.wait_days_min, hers.wait_days_max) == (None, None)  # nothing is known yet
    assert (hers.is_in_turn, hers.suspended_until, hers.is_cancel_asked) == (True, None, False)


def test_the_wait_is_told_with_its_range_where_loans_have_come_back(
    place, hanako, ken, ginga, library
):
    with Session(library) as tx, tx.begin():
        for days in range(1, 29):
            lent_on = TODAY - dt.timedelta(days=40)
            tx.add(
                Loan(
                    item_id=11,
                    branch_code="main",
                    lent_on=lent_on,
                    due_on=lent_on + dt.timedelta(days=14),
                    returned_at=NOW - dt.timedelta(days=40 - days),
                )
            )
    place(hanako, ginga)
    place(ken, ginga)

    ((first,), (second,)) = look(hanako), look(ken)

    assert first.wait_days_min is not None
    assert first.wait_days_max is not None
    assert second.wait_days_max is not None
    assert 0 <= first.wait_days_min < first.wait_days_max <= second.wait_days_max


def test_what_is_set_aside_waits_for_nothing(hanako, ginga):
    (mine,) = wait_for(hanako, ginga)
    set_aside(mine, item_id=11)

    (hold,) = look(hanako)

    assert (hold.place, hold.is_last_in_line, hold.wait_days_max) == (None, False, None)


def end(library, hold_id, *, state, reason, days_ago):
    """Let a hold have ended, as the desk or the days do."""
    with Session(library) as tx, tx.begin():
        hold = tx.get_one(Hold, hold_id)
        hold.state, hold.end_reason = state, reason
        hold.ended_at = NOW - dt.timedelta(days=days_ago)
        hold.slot = hold.class_slot = hold.queue_number = None


def ended(patron_id) -> tuple[holds.EndedHold, ...]:
    return holds.ended(patron_id=patron_id, policy=KAGOSHIMA.holds, now=NOW)


def test_g36_what_ended_is_shown_with_its_reason_the_latest_first(hanako, library, branches):
    records = [add_record(number, f"巻{number}") for number in (60, 61, 62)]
    reasons = (EndReason.NOT_PICKED_UP, EndReason.BY_PATRON, EndReason.ITEM_LOST)
    states = (HoldState.LAPSED, HoldState.CANCELLED, HoldState.CANCELLED)
    for number, hold_id in enumerate(wait_for(hanako, *records, expires_on=TODAY)):
        end(library, hold_id, state=states[number], reason=reasons[number], days_ago=number)

    shown = ended(hanako)

    assert [hold.record.record_id for hold in shown] == records
    assert [hold.state for hold in shown] == [*states]
    assert [hold.end_reason for hold in shown] == ["not_picked_up", "", "item_lost"]
    assert [hold.ended_on for hold in shown] == [
        TODAY - dt.timedelta(days=days) for days in (0, 1, 2)
    ]
    assert {(hold.pickup_branch, hold.expires_on) for hold in shown} == {("main", TODAY)}
    assert {hold.placed_at for hold in shown} == {NOW}
    assert look(hanako) == ()


@pytest.mark.parametrize(("days_ago", "is_shown"), [(0, True), (31, True), (32, False)])
def test_g36_what_ended_is_shown_for_a_month(hanako, library, ginga, days_ago, is_shown):
    (mine,) = wait_for(hanako, ginga)
    end(
        library,
        mine,
        state=HoldState.LAPSED,
        reason=EndReason.NOT_PICKED_UP,
        days_ago=days_ago,
    )

    assert len(ended(hanako)) == is_shown


def test_g36_nobody_sees_what_ended_for_another_or_with_a_loan(hanako, ken, library, ginga):
    (mine,) = wait_for(hanako, ginga)
    with Session(library) as tx, tx.begin():
        hold = tx.get_one(Hold, mine)
        hold.state, hold.ended_at, hold.patron_id = HoldState.LENT, NOW, None
        hold.slot = hold.queue_number = None

    assert ended(hanako) == ended(ken) == ()


def test_k30_each_refusal_of_a_request_has_its_own_reason(place, hanako, library, ginga, kokoro):
    at_home, missing, reference, gone = (
        add_record(number, f"巻{number}", lent=False) for number in (60, 61, 62, 63)
    )
    with Session(library) as tx, tx.begin():
        lend(tx, item_id=601, patron_id=hanako, due_on=TODAY)
        for item in tx.exec(select(Item).where(Item.record_id == missing)):
            item.state = ItemState.MISSING
        for item in tx.exec(select(Item).where(Item.record_id == reference)):
            item.for_loan = False
    place(hanako, ginga)
    cart.add(patron_id=hanako, record_ids=[gone], limit=100, now=NOW)
    depart(gone)

    told = refusals(place(hanako, ginga, kokoro, at_home, missing, reference, gone))

    assert told == {
        ginga: Refused(why=Refusal.ALREADY_ON_HOLD, on=TODAY),
        kokoro: Refused(why=Refusal.AVAILABLE_NOW),
        at_home: Refused(why=Refusal.ALREADY_ON_LOAN, on=TODAY),
        missing: Refused(why=Refusal.NO_COPY),
        reference: Refused(why=Refusal.NOT_FOR_LOAN),
        gone: Refused(why=Refusal.NOT_IN_CATALOGUE),
    }


def test_k46_the_cart_says_before_what_placing_says_after(place, hanako, library, ginga, kokoro):
    with Session(library) as tx, tx.begin():
        lend(tx, item_id=21, patron_id=hanako, due_on=TODAY)
    cart.add(patron_id=hanako, record_ids=[ginga, kokoro], limit=100, now=NOW)
    before = cart.look(patron_id=hanako, policy=KAGOSHIMA.holds, today=TODAY)

    told = refusals(place(hanako, ginga, kokoro))

    assert {line.record.record_id: line.refused for line in before.lines} == told


def test_nobody_sees_the_holds_of_another(place, hanako, ken, ginga):
    place(hanako, ginga)

    assert look(ken) == ()


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
    assert len(look(hanako)) == 10


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
