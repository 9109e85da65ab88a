import datetime as dt
import threading

import pytest
from sqlmodel import Session, select

from portal_app.data.tables import Hold
from portal_app.domain.catalogue import ItemState
from portal_app.domain.holds import EndReason, HoldState
from portal_app.services import lapses
from tests.conftest import NOW, TODAY, add_patron, add_record
from tests.services.desks import LIBRARY, check_in, hold, hold_now, item_now, lend, state_of


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


# Kept since the 22nd, the main library keeps it to the 29th.
LAST_DAY = NOW + days(7)
TOO_LATE = NOW + days(8)


def lapse(now: dt.datetime = TOO_LATE, limit: int = lapses.PORTION) -> int:
    return lapses.lapse(library=LIBRARY, now=now, limit=limit)


@pytest.fixture
def ready(hanako, kokoro) -> int:
    """こころ is ready for Hanako since today."""
    mine = hold(hanako, kokoro)
    check_in("B21")
    return mine


def test_g36_what_is_not_fetched_in_time_lapses(ready):
    assert lapse() == 1

    ended = hold_now(ready)
    assert (ended.state, ended.end_reason) == (HoldState.LAPSED, EndReason.NOT_PICKED_UP)
    assert (ended.ended_at, ended.item_id, ended.slot) == (TOO_LATE, None, None)


def test_on_its_last_day_it_is_still_kept(ready):
    assert lapse(LAST_DAY) == 0
    assert state_of(ready) is HoldState.READY


def test_what_has_lapsed_goes_to_the_next_in_line_who_has_as_many_days(ready, ken, kokoro):
    second = hold(ken, kokoro)

    lapse()

    served = hold_now(second)
    assert (served.state, served.item_id) == (HoldState.READY, 21)
    assert served.pickup_by == TODAY + days(15)


def test_what_has_lapsed_for_everybody_waits_to_be_put_back(ready):
    lapse()

    assert item_now("B21").state is ItemState.ON_HOLD_SHELF


def test_k26_who_has_waited_long_enough_waits_no_longer(hanako, ginga):
    mine = hold(hanako, ginga, expires_on=TODAY)

    assert lapse(NOW) == 0
    assert lapse(NOW + days(1)) == 1

    ended = hold_now(mine)
    assert (ended.state, ended.end_reason) == (HoldState.CANCELLED, EndReason.WAITED_LONG_ENOUGH)


def test_k26_who_named_no_day_waits_for_ever(hanako, ginga):
    hold(hanako, ginga)

    assert lapse(NOW + days(40_000)) == 0


def test_what_is_set_aside_is_not_cancelled_for_having_waited_long_enough(hanako, kokoro):
    mine = hold(hanako, kokoro, expires_on=TODAY)
    check_in("B21")

    assert lapse(NOW + days(1)) == 0
    assert state_of(mine) is HoldState.READY


def test_lapsing_again_changes_nothing(ready, ken, kokoro):
    second = hold(ken, kokoro)
    lapse()
    served = hold_now(second)

    assert lapse() == 0
    assert hold_now(second) == served


def test_holds_lapse_in_portions(hanako, branches):
    for record_id in range(3, 8):
        add_record(record_id, "草枕", lent=False)
        hold(hanako, record_id)
        check_in(f"B{record_id}1")

    assert [lapse(limit=2) for _ in range(4)] == [2, 2, 1, 0]


def test_several_at_once_lapse_each_hold_once(library, ready, ken, kokoro, hanako):
    for record_id in range(3, 9):
        add_record(record_id, "草枕", lent=False)
        hold(hanako, record_id)
        check_in(f"B{record_id}1")
    second = hold(ken, kokoro)
    start, ended = threading.Barrier(3), []

    def run():
        start.wait(timeout=10)
        ended.append(lapse())

    processes = [threading.Thread(target=run) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=30)

    assert sum(ended) == 7
    assert hold_now(second).item_id == 21
    with Session(library) as tx:
        lapsed = tx.exec(select(Hold).where(Hold.state == HoldState.LAPSED)).all()
    assert len(lapsed) == 7


def test_g36_what_has_ended_is_forgotten_when_it_is_shown_no_more(library, ready, kokoro):
    lapse()
    shown = TOO_LATE + days(30)  # still within the month of G-36

    lapses.forget_the_past(policy=LIBRARY.holds, now=shown)
    assert state_of(ready) is HoldState.LAPSED

    lapses.forget_the_past(policy=LIBRARY.holds, now=TOO_LATE + days(32))
    with Session(library) as tx:
        assert tx.exec(select(Hold)).all() == []


def test_what_was_lent_stays_as_a_number_of_days_and_nobody(library, hanako, kokoro):
    mine = hold(hanako, kokoro)
    lend(hanako, "B21")

    lapses.forget_the_past(policy=LIBRARY.holds, now=NOW + days(400))

    assert hold_now(mine).patron_id is None


def test_open_holds_are_never_forgotten(hanako, ginga):
    mine = hold(hanako, ginga)

    lapses.forget_the_past(policy=LIBRARY.holds, now=NOW + days(4_000))

    assert state_of(mine) is HoldState.WAITING


def test_nobody_is_served_whose_own_hold_has_run_out(ready, ken, kokoro):
    other = hold(ken, kokoro, expires_on=TODAY + days(2))
    third = hold(add_patron(4, "芽衣", card_expires_on=TODAY + days(100)), kokoro)

    assert lapse() == 2

    assert hold_now(other).end_reason is EndReason.WAITED_LONG_ENOUGH
    assert state_of(third) is HoldState.READY
