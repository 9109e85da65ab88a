"""An item that has become free: who is served, and what that changes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from portal_app.data import hold_series, notices
from portal_app.data.queues import lock_series, series_of, waiting_of
from portal_app.data.tables import Hold, Item
from portal_app.domain import policies, queues
from portal_app.domain.catalogue import ItemState
from portal_app.domain.circulation import Destination, destination
from portal_app.domain.holds import EndReason, HoldState
from portal_app.domain.opening_days import open_days_of, pickup_by
from portal_app.domain.queues import Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where something happens, by whose rules, and when."""

    branch_code: str
    library: policies.Library
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        """The day on the wall."""
        return self.now.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a hold ends. It has a reason where it does not end with a loan."""

    state: HoldState
    reason: EndReason | None
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Where an item goes: to ``branch_code``, and for which hold, if for any."""

    goes: Destination
    branch_code: str
    hold_id: int | None = None
    pickup_by: dt.date | None = None


def whose_turn(
    tx: Session, *, record_id: int, library: policies.Library, today: dt.date
) -> Sequence[Waiting]:
    """Return those who would be served now if copies of a record were free, in their order.

    The record is locked. The series of whoever waits are locked here, or two
    copies of any one of a series could be set aside at once.
    """
    lock_series(tx, series_ids=_series_in(waiting_of(tx, record_ids=[record_id])[record_id]))
    waiting = waiting_of(tx, record_ids=[record_id])[record_id]
    series = series_of(tx, series_ids=_series_in(waiting))
    next_when = library.holds.series.next_when
    return tuple(queues.in_turn(waiting, series, next_when=next_when, today=today))


def put_away(tx: Session, *, item: Item, desk: Desk) -> Moved:
    """Give an item that lies on a desk to the next in line, or send it home."""
    hold = _next_in_line(tx, item, desk.library, desk.today)
    if hold is not None:
        return set_aside(tx, item=item, hold=hold, desk=desk)
    goes = destination(here=desk.branch_code, home=item.branch_code, pickup_branch=None)
    item.state = ItemState.ON_SHELF if goes is Destination.SHELF else ItemState.IN_TRANSIT
    _is_at(item, desk.branch_code)
    tx.add(item)
    return Moved(goes=goes, branch_code=item.branch_code)


def hand_on(tx: Session, *, item: Item, library: policies.Library, now: dt.datetime) -> None:
    """Give an item that was set aside to the next in line, though nobody has it in hand.

    On the hold shelf it can be ready for another at once. Where nobody waits it
    stays there until somebody checks it in. What is on its way is between two
    branches: wherever it arrives, it is scanned.
    """
    hold = _next_in_line(tx, item, library, now.date())
    if hold is None:
        return
    if item.state is ItemState.ON_HOLD_SHELF:
        here = item.at_branch or item.branch_code
        set_aside(tx, item=item, hold=hold, desk=Desk(branch_code=here, library=library, now=now))
    else:
        _send(hold, item, now)
        tx.add_all([hold, item])


def set_aside(tx: Session, *, item: Item, hold: Hold, desk: Desk) -> Moved:
    """Keep an item for a hold: ready where it is fetched, or on its way there."""
    _is_at(item, desk.branch_code)
    goes = destination(
        here=desk.branch_code, home=item.branch_code, pickup_branch=hold.pickup_branch
    )
    if goes is Destination.HOLD_SHELF:
        _make_ready(tx, hold, item, desk)
    else:
        _send(hold, item, desk.now)
    tx.add_all([hold, item])
    return Moved(
        goes=goes, branch_code=hold.pickup_branch, hold_id=hold.id, pickup_by=hold.pickup_by
    )


def end_hold(tx: Session, *, hold: Hold, ending: Ending, library: policies.Library) -> None:
    """End an open hold. What was set aside for it is set aside for nobody."""
    hold_series.leave(tx, [hold], next_when=library.holds.series.next_when)
    hold.state, hold.end_reason, hold.ended_at = ending.state, ending.reason, ending.at
    hold.slot = hold.class_slot = hold.queue_number = None
    hold.item_id = hold.pickup_by = hold.suspended_until = hold.cancel_asked_at = None
    if ending.state is HoldState.LENT:  # whose it was says the loan, while it lasts
        hold.patron_id = hold.expires_on = None
    tx.add(hold)
    tx.flush()  # an item is kept for one hold at a time


def wait_again(tx: Session, *, hold: Hold) -> None:
    """Put a hold back to where it stood in line: its item is not to be had."""
    hold.state = HoldState.WAITING
    hold.item_id = hold.pickup_by = hold.sent_at = hold.ready_at = None
    tx.add(hold)


def kept_for(tx: Session, *, item: Item) -> Hold | None:
    """Return the hold for which an item is set aside, locked."""
    return tx.exec(
        select(Hold)
        .where(Hold.item_id == item.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def _series_in(waiting: Sequence[Waiting]) -> set[int]:
    return {one.series_id for one in waiting if one.series_id is not None}


def _next_in_line(
    tx: Session, item: Item, library: policies.Library, today: dt.date
) -> Hold | None:
    if not item.for_loan:
        return None
    turns = whose_turn(tx, record_id=item.record_id, library=library, today=today)
    if not turns:
        return None
    return tx.get_one(Hold, turns[0].hold_id, with_for_update=True, populate_existing=True)


def _make_ready(tx: Session, hold: Hold, item: Item, desk: Desk) -> None:
    was_ready = hold.state is HoldState.READY
    hold.state, hold.item_id = HoldState.READY, item.id
    hold.suspended_until = None
    item.state = ItemState.ON_HOLD_SHELF
    if was_ready:  # a second scan does not keep it longer, and tells nobody a second time
        return
    open_days = open_days_of(desk.library, branch_code=desk.branch_code)
    days = desk.library.holds.pickup_days
    hold.pickup_by = pickup_by(desk.today, days=days, open_days=open_days)
    hold.ready_at = desk.now
    notices.hold_ready(tx, hold=hold, library=desk.library, now=desk.now)


def _send(hold: Hold, item: Item, now: dt.datetime) -> None:
    hold.state, hold.item_id = HoldState.IN_TRANSIT, item.id
    hold.sent_at = hold.sent_at or now
    hold.ready_at = hold.pickup_by = hold.suspended_until = None
    item.state = ItemState.IN_TRANSIT


def _is_at(item: Item, branch_code: str) -> None:
    item.at_branch = None if branch_code == item.branch_code else branch_code
