import datetime as dt
import threading

import pytest
from nacl.public import PrivateKey, SealedBox
from sqlmodel import Session, col, select

from portal_app.data.summaries import summaries
from portal_app.data.tables import HistoryEntry, HistoryKey, HoldSeries, Item, Loan
from portal_app.domain.catalogue import Availability, ItemState, MaterialClass
from portal_app.domain.circulation import (
    Destination,
    NotCancelled,
    NotCheckedIn,
    NotMarked,
    Refusal,
    Refused,
)
from portal_app.domain.history import Read
from portal_app.domain.hold_series import SeriesKind
from portal_app.domain.holds import EndReason, HoldState
from portal_app.domain.policies import Limits, NextInSeries
from portal_app.services import circulation
from tests.conftest import NOW, STRANGER, TODAY, add_patron, add_record, depart
from tests.services.desks import (
    LIBRARY,
    check_in,
    hold,
    hold_now,
    item_now,
    lend,
    loan_now,
    next_when,
    series,
    state_of,
)

TOMORROW = NOW + dt.timedelta(days=1)


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


@pytest.fixture
def mei(branches) -> int:
    """Mei waits behind Hanako and Ken."""
    return add_patron(4, "芽衣", card_expires_on=TODAY + days(100))


@pytest.fixture
def only_copy(library, kokoro) -> str:
    """こころ has one copy that can be lent, on the shelf of the main library."""
    with Session(library) as tx, tx.begin():
        tx.exec(select(Item).where(Item.barcode == "B22")).one().for_loan = False
    return "B21"


def cancel(hold_id: int, reason: EndReason = EndReason.BY_LIBRARY) -> circulation.HoldCancelled:
    return circulation.cancel_hold(hold_id=hold_id, reason=reason, library=LIBRARY, now=NOW)


def mark(barcode: str, state: ItemState) -> circulation.Marked:
    return circulation.mark_item(barcode=barcode, state=state, library=LIBRARY, now=NOW)


def at_once(*acts) -> list:
    start, said = threading.Barrier(len(acts)), []

    def run(act):
        start.wait(timeout=10)
        said.append(act())

    desks = [threading.Thread(target=run, args=(act,)) for act in acts]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join(timeout=30)
    return said


# Lending


def test_g21_an_item_is_lent_for_as_long_as_the_library_says(hanako, kokoro):
    lent = lend(hanako, "B21")

    assert lent.refused is None
    assert lent.due_on == TODAY + days(LIBRARY.loans.days)
    assert lent.record is not None
    assert lent.record.title == "こころ"
    loan = loan_now(lent.loan_id)
    assert (loan.patron_id, loan.item_id, loan.lent_on) == (hanako, 21, TODAY)


def test_nothing_is_lent_to_an_unknown_card(kokoro):
    assert lend(77, "B21").refused == Refused(why=Refusal.UNKNOWN_CARD)


def test_an_unknown_barcode_is_not_lent(hanako):
    assert lend(hanako, "B99").refused == Refused(why=Refusal.UNKNOWN_BARCODE)


def test_nothing_is_lent_to_a_card_that_has_expired(taro, kokoro):
    assert lend(taro, "B21").refused == Refused(why=Refusal.CARD_EXPIRED, on=TODAY - days(1))


def test_what_is_on_loan_is_not_lent_again(hanako, ginga):
    assert lend(hanako, "B11").refused == Refused(why=Refusal.ON_LOAN)


@pytest.mark.parametrize(
    ("state", "why"),
    [(ItemState.MISSING, Refusal.MISSING), (ItemState.IN_REPAIR, Refusal.IN_REPAIR)],
)
def test_what_is_missing_or_in_repair_is_not_lent(hanako, kokoro, state, why):
    mark("B21", state)

    assert lend(hanako, "B21").refused == Refused(why=why)


def test_what_is_not_for_loan_is_not_lent(hanako, only_copy):
    assert lend(hanako, "B22").refused == Refused(why=Refusal.NOT_FOR_LOAN)


def test_g21_nobody_takes_home_more_than_the_library_allows(hanako, ginga, kokoro):
    limits = LIBRARY.loans.model_copy(update={"limits": Limits(total=1)})
    library = LIBRARY.model_copy(update={"loans": limits})
    lend(hanako, "B21", library=library)
    add_record(3, "草枕", lent=False)

    assert lend(hanako, "B31", library=library).refused == Refused(
        why=Refusal.LOAN_LIMIT_REACHED, limit=1
    )


def test_g21_nobody_takes_home_more_of_a_class_than_the_library_allows(hanako, kokoro):
    limits = Limits(total=10, by_class={MaterialClass.CD: 1})
    library = LIBRARY.model_copy(
        update={"loans": LIBRARY.loans.model_copy(update={"limits": limits})}
    )
    for record_id in (3, 4):
        add_record(record_id, "ギター名曲集", lent=False, material=MaterialClass.CD)
    lend(hanako, "B31", library=library)

    assert lend(hanako, "B41", library=library).refused == Refused(
        why=Refusal.CLASS_LIMIT_REACHED, limit=1
    )
    assert lend(hanako, "B21", library=library).refused is None


def test_what_is_kept_for_another_is_not_lent(hanako, ken, kokoro):
    hold(ken, kokoro)
    check_in("B21")

    assert lend(hanako, "B21").refused == Refused(why=Refusal.KEPT_FOR_ANOTHER)


def test_the_last_copy_is_not_lent_past_those_who_wait(hanako, ken, only_copy, kokoro):
    waiting = hold(ken, kokoro)

    assert lend(hanako, only_copy).refused == Refused(why=Refusal.WANTED_BY_ANOTHER)
    assert state_of(waiting) is HoldState.WAITING
    assert lend(ken, only_copy).refused is None


def test_a_copy_that_nobody_in_line_needs_is_lent(hanako, ken, kokoro):
    hold(ken, kokoro)

    assert lend(hanako, "B21").refused is None


def test_whoever_is_passed_over_stops_nobody(hanako, ken, only_copy, kokoro):
    hold(ken, kokoro, suspended_until=TODAY)

    assert lend(hanako, only_copy).refused is None


def test_g32_a_hold_ends_with_its_loan_and_says_no_longer_whose_it_was(library, hanako, kokoro):
    mine = hold(hanako, kokoro, expires_on=TODAY + days(3))
    check_in("B21")

    lend(hanako, "B21")

    ended = hold_now(mine)
    assert (ended.state, ended.ended_at, ended.end_reason) == (HoldState.LENT, NOW, None)
    assert (ended.patron_id, ended.item_id, ended.slot, ended.expires_on) == (None,) * 4
    assert item_now("B21").state is ItemState.ON_SHELF


def test_a_waiting_hold_ends_when_its_patron_finds_a_copy(hanako, kokoro):
    mine = hold(hanako, kokoro)

    lend(hanako, "B21")

    assert state_of(mine) is HoldState.LENT


def test_what_was_set_aside_goes_on_when_another_copy_is_lent(hanako, ken, kokoro):
    mine, next_in_line = hold(hanako, kokoro), hold(ken, kokoro)
    check_in("B21")

    assert lend(hanako, "B22").refused is None

    assert state_of(mine) is HoldState.LENT
    served = hold_now(next_in_line)
    assert (served.state, served.item_id) == (HoldState.READY, 21)


def test_two_desks_cannot_lend_past_a_limit(hanako, kokoro):
    limits = LIBRARY.loans.model_copy(update={"limits": Limits(total=1)})
    library = LIBRARY.model_copy(update={"loans": limits})

    said = at_once(
        lambda: lend(hanako, "B21", library=library), lambda: lend(hanako, "B22", library=library)
    )

    assert sorted(str(lent.refused and lent.refused.why) for lent in said) == [
        "None",
        "loan_limit_reached",
    ]


# Checking in


def test_an_unknown_barcode_is_not_checked_in(branches):
    assert check_in("B99").refused is NotCheckedIn.UNKNOWN_BARCODE


def test_k18_a_loan_that_is_back_says_no_longer_who_had_it(library, ginga):
    told = check_in("B11")

    assert told.was_returned
    assert (told.goes, told.branch_code) == (Destination.SHELF, "main")
    with Session(library) as tx:
        loan = tx.exec(select(Loan).where(Loan.item_id == 11)).one()
    assert (loan.returned_at, loan.patron_id, loan.series_id) == (NOW, None, None)


def test_k18_what_is_returned_is_written_down_for_its_patron_alone(library, hanako, kokoro):
    key = PrivateKey.generate()
    with Session(library) as tx, tx.begin():
        tx.add(
            HistoryKey(
                patron_id=hanako,
                public_key=bytes(key.public_key),
                by_password=b"",
                by_recovery_code=b"",
            )
        )
    lend(hanako, "B21")

    check_in("B21")

    with Session(library) as tx:
        entry = tx.exec(select(HistoryEntry)).one()
    read = Read.of(SealedBox(key).decrypt(entry.sealed))
    assert (read.title, read.lent_on, read.returned_on) == ("こころ", TODAY, TODAY)


def test_k08_nothing_is_written_down_for_who_keeps_no_history(library, hanako, kokoro):
    lend(hanako, "B21")

    check_in("B21")

    with Session(library) as tx:
        assert tx.exec(select(HistoryEntry)).all() == []


def test_what_nobody_waits_for_goes_home(ginga):
    told = check_in("B12")

    assert (told.goes, told.branch_code) == (Destination.SEND_HOME, "west")
    item = item_now("B12")
    assert (item.state, item.at_branch) == (ItemState.IN_TRANSIT, "main")


def test_what_arrives_at_home_stands_on_the_shelf_again(ginga):
    check_in("B12")

    told = check_in("B12", at="west")

    assert not told.was_returned
    assert told.goes is Destination.SHELF
    item = item_now("B12")
    assert (item.state, item.at_branch) == (ItemState.ON_SHELF, None)


def test_g32_the_first_in_line_is_served_when_a_copy_comes_back(hanako, ken, ginga):
    first, second = hold(hanako, ginga), hold(ken, ginga)

    told = check_in("B11")

    assert (told.goes, told.branch_code, told.hold_id) == (Destination.HOLD_SHELF, "main", first)
    assert told.pickup_by == TODAY + days(7)  # the main library opens every day
    served = hold_now(first)
    assert (served.state, served.ready_at, served.sent_at) == (HoldState.READY, NOW, None)
    assert (served.item_id, served.pickup_by) == (11, told.pickup_by)
    assert item_now("B11").state is ItemState.ON_HOLD_SHELF
    assert state_of(second) is HoldState.WAITING


def test_g32_what_is_fetched_elsewhere_is_sent_and_is_ready_on_arrival(hanako, ginga):
    mine = hold(hanako, ginga, pickup_branch="west")

    told = check_in("B11")

    assert (told.goes, told.branch_code) == (Destination.SEND_TO_PICKUP, "west")
    sent = hold_now(mine)
    assert (sent.state, sent.sent_at, sent.pickup_by) == (HoldState.IN_TRANSIT, NOW, None)

    arrived = check_in("B11", at="west", now=TOMORROW)

    assert (arrived.goes, arrived.hold_id) == (Destination.HOLD_SHELF, mine)
    # West opens on weekdays, and the 22nd is a Sunday.
    assert arrived.pickup_by == dt.date(2026, 12, 2)
    ready = hold_now(mine)
    assert (ready.state, ready.sent_at, ready.ready_at) == (HoldState.READY, NOW, TOMORROW)
    item = item_now("B11")
    assert (item.state, item.at_branch) == (ItemState.ON_HOLD_SHELF, "west")


def test_what_passes_a_branch_on_its_way_goes_on_to_the_same_hold(hanako, ken, ginga):
    mine = hold(hanako, ginga, pickup_branch="west")
    check_in("B11")
    hold(ken, ginga)

    again = check_in("B11", now=TOMORROW)

    assert (again.goes, again.hold_id) == (Destination.SEND_TO_PICKUP, mine)
    assert hold_now(mine).sent_at == NOW


def test_a_second_scan_keeps_nothing_longer(hanako, kokoro):
    mine = hold(hanako, kokoro)
    first = check_in("B21")

    again = check_in("B21", now=TOMORROW)

    assert again == first
    assert hold_now(mine).ready_at == NOW


def test_what_is_found_on_the_wrong_hold_shelf_is_sent_again(hanako, kokoro):
    mine = hold(hanako, kokoro)
    check_in("B21")

    told = check_in("B21", at="west")

    assert (told.goes, told.branch_code) == (Destination.SEND_TO_PICKUP, "main")
    sent = hold_now(mine)
    assert (sent.state, sent.ready_at, sent.pickup_by) == (HoldState.IN_TRANSIT, None, None)


def test_what_nobody_fetched_in_time_goes_to_the_next_when_it_is_scanned(hanako, ken, kokoro):
    first, second = hold(hanako, kokoro), hold(ken, kokoro)
    check_in("B21")

    told = check_in("B21", now=NOW + days(8))

    assert hold_now(first).end_reason is EndReason.NOT_PICKED_UP
    assert told.hold_id == second


def test_what_is_not_for_loan_serves_nobody(library, hanako, only_copy, kokoro):
    mine = hold(hanako, kokoro)

    assert check_in("B22", at="west").goes is Destination.SHELF
    assert state_of(mine) is HoldState.WAITING


@pytest.mark.parametrize("state", [ItemState.MISSING, ItemState.IN_REPAIR])
def test_what_was_away_is_in_use_again_once_it_is_scanned(hanako, kokoro, state):
    mine = hold(hanako, kokoro)
    mark("B21", state)

    assert check_in("B21").hold_id == mine


def test_whoever_suspends_a_hold_is_passed_over_and_keeps_the_place(hanako, ken, ginga):
    first, second = hold(hanako, ginga, suspended_until=TODAY), hold(ken, ginga)

    assert check_in("B11").hold_id == second
    assert check_in("B12", now=TOMORROW).hold_id == first


def test_whoever_wants_it_no_more_is_passed_over(hanako, ken, ginga):
    hold(hanako, ginga, expires_on=TODAY - days(1))
    second = hold(ken, ginga)

    assert check_in("B11").hold_id == second


def test_a_record_that_has_left_the_catalogue_is_taken_back_as_any_other(hanako, ginga):
    mine = hold(hanako, ginga)
    depart(ginga)

    assert check_in("B11").hold_id == mine


def test_two_copies_at_once_serve_two_in_line(hanako, ken, ginga):
    first, second = hold(hanako, ginga), hold(ken, ginga)

    said = at_once(lambda: check_in("B11"), lambda: check_in("B12", at="main"))

    assert {told.hold_id for told in said} == {first, second}


# Series


def test_k28_the_next_volume_waits_until_the_one_before_has_been_lent(hanako, ken, kokoro, ginga):
    first, second = series(hanako, kokoro, ginga)
    behind = hold(ken, ginga)

    assert check_in("B11").hold_id == behind

    check_in("B21")
    lend(hanako, "B21")

    assert state_of(first) is HoldState.LENT
    assert check_in("B12").hold_id == second


def test_g33_the_next_volume_may_be_asked_for_when_the_one_before_is_ready(hanako, kokoro, ginga):
    library = next_when(NextInSeries.READY)
    _, second = series(hanako, kokoro, ginga)

    assert check_in("B11", library=library).hold_id is None
    check_in("B21", library=library)
    assert check_in("B11", library=library).hold_id == second


def test_g33_the_next_volume_may_wait_until_the_one_before_is_back(hanako, kokoro, ginga):
    library = next_when(NextInSeries.RETURNED)
    _, second = series(hanako, kokoro, ginga)
    lent = lend(hanako, "B21", library=library)

    assert loan_now(lent.loan_id).series_id is not None
    assert check_in("B11", library=library).hold_id is None

    check_in("B21", library=library)

    assert check_in("B12", library=library).hold_id == second


def test_when_one_of_any_is_lent_the_others_are_cancelled_and_go_on(
    library, hanako, ken, kokoro, ginga
):
    first, second = series(hanako, kokoro, ginga, kind=SeriesKind.ANY_ONE)
    behind = hold(ken, ginga)
    check_in("B11")  # set aside for Hanako, and then she finds the other one

    assert state_of(second) is HoldState.READY
    assert lend(hanako, "B21").refused is None

    assert state_of(first) is HoldState.LENT
    cancelled = hold_now(second)
    assert (cancelled.state, cancelled.end_reason) == (
        HoldState.CANCELLED,
        EndReason.ANOTHER_OF_SERIES,
    )
    assert hold_now(behind).item_id == 11
    with Session(library) as tx:
        assert tx.exec(select(HoldSeries)).all() == []


def test_only_one_of_any_is_set_aside(hanako, kokoro, ginga):
    series(hanako, kokoro, ginga, kind=SeriesKind.ANY_ONE)

    said = at_once(lambda: check_in("B11"), lambda: check_in("B21"))

    assert sum(told.hold_id is not None for told in said) == 1


# Cancelling


def test_g36_the_library_cancels_with_a_reason_and_the_next_is_served(hanako, ken, kokoro):
    first, second = hold(hanako, kokoro), hold(ken, kokoro)
    check_in("B21")

    assert cancel(first, EndReason.ASKED_BY_PATRON).refused is None

    ended = hold_now(first)
    assert (ended.state, ended.end_reason) == (HoldState.CANCELLED, EndReason.ASKED_BY_PATRON)
    assert (ended.patron_id, ended.ended_at, ended.item_id) == (hanako, NOW, None)
    assert state_of(second) is HoldState.READY


def test_what_goes_on_to_another_branch_is_sent_there(hanako, ken, kokoro):
    first, second = hold(hanako, kokoro), hold(ken, kokoro, pickup_branch="west")
    check_in("B21")

    cancel(first)

    assert state_of(second) is HoldState.IN_TRANSIT
    assert item_now("B21").state is ItemState.IN_TRANSIT


def test_what_nobody_waits_for_stays_on_the_hold_shelf_until_it_is_scanned(hanako, kokoro):
    mine = hold(hanako, kokoro)
    check_in("B21")

    cancel(mine)

    assert item_now("B21").state is ItemState.ON_HOLD_SHELF
    assert check_in("B21").goes is Destination.SHELF


def test_what_is_on_its_way_goes_on_to_the_next_in_line(hanako, ken, kokoro):
    first, second = hold(hanako, kokoro, pickup_branch="west"), hold(ken, kokoro)
    check_in("B21")

    cancel(first)

    assert state_of(second) is HoldState.IN_TRANSIT
    assert check_in("B21").goes is Destination.HOLD_SHELF


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (EndReason.ITEM_LOST, ItemState.MISSING),
        (EndReason.ITEM_DAMAGED, ItemState.IN_REPAIR),
    ],
)
def test_an_item_that_is_the_reason_serves_nobody(hanako, ken, kokoro, reason, state):
    first, second = hold(hanako, kokoro), hold(ken, kokoro)
    check_in("B21")

    cancel(first, reason)

    assert item_now("B21").state is state
    assert state_of(second) is HoldState.WAITING


@pytest.mark.parametrize("reason", [EndReason.BY_PATRON, EndReason.NOT_PICKED_UP])
def test_the_library_gives_no_reason_that_is_not_its_own(hanako, kokoro, reason):
    mine = hold(hanako, kokoro)

    assert cancel(mine, reason).refused is NotCancelled.NOT_A_REASON
    assert state_of(mine) is HoldState.WAITING


def test_what_has_ended_is_not_cancelled_again(hanako, kokoro):
    mine = hold(hanako, kokoro)
    cancel(mine)

    assert cancel(mine, EndReason.ITEM_LOST).refused is NotCancelled.NOT_ON_HOLD
    assert cancel(99).refused is NotCancelled.NOT_ON_HOLD
    assert hold_now(mine).end_reason is EndReason.BY_LIBRARY


# Marking


def test_a_hold_waits_again_in_its_old_place_when_its_item_is_lost(hanako, ken, kokoro):
    first, _ = hold(hanako, kokoro), hold(ken, kokoro)
    check_in("B21")

    assert mark("B21", ItemState.MISSING).refused is None

    waits = hold_now(first)
    assert (waits.state, waits.item_id, waits.ready_at) == (HoldState.WAITING, None, None)
    assert item_now("B21").state is ItemState.MISSING
    assert check_in("B22").hold_id == first


def test_whoever_has_asked_to_cancel_does_not_wait_again(library, hanako, kokoro):
    mine = hold(hanako, kokoro)
    check_in("B21")
    with Session(library) as tx, tx.begin():
        tx.get_one(type(hold_now(mine)), mine).cancel_asked_at = NOW

    mark("B21", ItemState.MISSING)

    assert hold_now(mine).end_reason is EndReason.ASKED_BY_PATRON


def test_what_is_found_again_is_on_the_shelf(kokoro):
    mark("B21", ItemState.MISSING)

    assert mark("B21", ItemState.ON_SHELF).refused is None
    assert item_now("B21").state is ItemState.ON_SHELF


def test_what_somebody_has_at_home_can_only_be_missing(ginga):
    assert mark("B11", ItemState.IN_REPAIR).refused is NotMarked.ON_LOAN
    assert mark("B11", ItemState.ON_SHELF).refused is NotMarked.ON_LOAN
    assert mark("B11", ItemState.MISSING).refused is None
    assert check_in("B11").was_returned


def test_marking_neither_sets_aside_nor_finds_what_was_not_away(kokoro):
    assert mark("B21", ItemState.ON_HOLD_SHELF).refused is NotMarked.NOT_BY_HAND
    assert mark("B21", ItemState.ON_SHELF).refused is NotMarked.NOT_AWAY
    assert mark("B99", ItemState.MISSING).refused is NotMarked.UNKNOWN_BARCODE


# What patrons are told meanwhile


def test_k22_a_record_says_what_can_be_expected_of_it_all_the_way(
    library, hanako, only_copy, kokoro
):
    def availability() -> Availability:
        with Session(library) as tx:
            return summaries(tx, record_ids=[kokoro])[kokoro].availability

    seen = [availability()]
    hold(hanako, kokoro, pickup_branch="west")
    for act in (
        lambda: None,
        lambda: check_in(only_copy),
        lambda: check_in(only_copy, at="west"),
        lambda: lend(hanako, only_copy),
        lambda: check_in(only_copy, at="west"),
        lambda: check_in(only_copy),
        lambda: mark(only_copy, ItemState.MISSING),
    ):
        act()
        seen.append(availability())

    assert seen == [
        Availability.AVAILABLE,
        Availability.ON_LOAN,  # it is on the shelf, and somebody waits for it
        Availability.IN_TRANSIT,
        Availability.ON_HOLD_SHELF,
        Availability.ON_LOAN,
        Availability.IN_TRANSIT,
        Availability.AVAILABLE,
        Availability.IN_LIBRARY_USE,
    ]


def test_the_borrower_is_forgotten_whoever_brings_it_back(library, ginga):
    check_in("B11")
    check_in("B12")

    with Session(library) as tx:
        mine = tx.exec(select(Loan).where(col(Loan.patron_id) == STRANGER)).all()
    assert mine == []
