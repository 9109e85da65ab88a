"""Lending, checking in, and serving the queue: what the desk does, and imports."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select

from portal_app.data import hold_series, notices, reading_history
from portal_app.data.database import persisted, transactional
from portal_app.data.lending import copy_on_desk, fulfil, lock_with_any_one, open_loan
from portal_app.data.queues import (
    lock_records,
    lock_series,
)
from portal_app.data.serving import (
    Desk,
    Ending,
    Moved,
    end_hold,
    hand_on,
    kept_for,
    put_away,
    set_aside,
    wait_again,
)
from portal_app.data.standings import lock_patron, materials_at_home
from portal_app.data.summaries import Summary, summaries
from portal_app.data.tables import Hold, Item, Loan, Patron
from portal_app.domain import circulation as rules
from portal_app.domain import policies
from portal_app.domain.catalogue import ItemState
from portal_app.domain.circulation import (
    REASONS_OF_LIBRARY,
    Destination,
    NotCancelled,
    NotCheckedIn,
    NotMarked,
    Reader,
    Refusal,
    Refused,
)
from portal_app.domain.history import Read
from portal_app.domain.holds import EndReason, HoldState


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """A new loan, or why there is none. ``record`` is known where the barcode is."""

    loan_id: int | None = None
    due_on: dt.date | None = None
    record: Summary | None = None
    refused: Refused | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedIn:
    """What became of a scanned item: ``goes`` to ``branch_code``, kept until ``pickup_by``."""

    refused: NotCheckedIn | None = None
    record: Summary | None = None
    barcode: str = ""
    was_returned: bool = False
    goes: Destination | None = None
    branch_code: str = ""
    hold_id: int | None = None
    pickup_by: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldCancelled:
    """What became of a hold that the library cancels. With a refusal, nothing changed."""

    refused: NotCancelled | None = None
    record: Summary | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What became of an item that was marked. With a refusal, nothing changed."""

    refused: NotMarked | None = None
    record: Summary | None = None


@transactional
def lend(  # noqa: PLR0913  what is on the desk, and at which desk
    tx: Session,
    *,
    card_number: str,
    barcode: str,
    branch_code: str,
    library: policies.Library,
    now: dt.datetime,
) -> Lent:
    """Lend an item to whoever has the card. A hold of theirs on its record ends with that."""
    patron = tx.exec(select(Patron).where(Patron.card_number == card_number)).one_or_none()
    if patron is None:
        return Lent(refused=Refused(why=Refusal.UNKNOWN_CARD))
    patron_id = persisted(patron.id)
    lock_patron(tx, patron_id=patron_id)
    item = _find(tx, barcode)
    if item is None:
        return Lent(refused=Refused(why=Refusal.UNKNOWN_BARCODE))
    lock_with_any_one(tx, patron_id=patron_id, record_id=item.record_id)
    tx.refresh(item)
    record = _summary(tx, item.record_id)
    hold = _open_hold(tx, patron_id=patron_id, record_id=item.record_id)
    reader = Reader(
        card_expires_on=patron.card_expires_on, at_home=materials_at_home(tx, patron_id=patron_id)
    )
    desk = Desk(branch_code=branch_code, library=library, now=now)
    copy = copy_on_desk(tx, item=item, record=record, hold=hold, desk=desk)
    refused = rules.refused(copy, reader, library.loans.limits, now.date())
    if refused is not None:
        return Lent(record=record, refused=refused)
    loan = Loan(
        patron_id=patron_id,
        item_id=persisted(item.id),
        branch_code=branch_code,
        lent_on=now.date(),
        due_on=now.date() + dt.timedelta(days=library.loans.days),
        series_id=hold.series_id if hold is not None else None,
    )
    item.state, item.at_branch = ItemState.ON_SHELF, None
    tx.add_all([loan, item])
    tx.flush()  # the loan has its number, and its series before that may go
    if hold is not None:
        fulfil(tx, hold=hold, item=item, desk=desk)
    notices.lent(tx, loan=loan, record=record, library=library, now=now)
    return Lent(loan_id=loan.id, due_on=loan.due_on, record=_summary(tx, item.record_id))


@transactional
def check_in(
    tx: Session,
    *,
    barcode: str,
    branch_code: str,
    library: policies.Library,
    now: dt.datetime,
) -> CheckedIn:
    """Take an item that lies on the desk of a branch, and say where it goes.

    It may come back from a reader, arrive from another branch or have been
    found on the shelf: the next hold in line is served either way.
    """
    item = _find(tx, barcode)
    if item is None:
        return CheckedIn(refused=NotCheckedIn.UNKNOWN_BARCODE)
    _lock_borrower(tx, item)
    lock_records(tx, record_ids=[item.record_id])
    tx.refresh(item)
    desk = Desk(branch_code=branch_code, library=library, now=now)
    loan = open_loan(tx, item=item)
    if loan is not None:
        _take_back(tx, loan=loan, record=_summary(tx, item.record_id), desk=desk)
    moved = _move(tx, item=item, desk=desk)
    return CheckedIn(
        record=_summary(tx, item.record_id),
        barcode=item.barcode,
        was_returned=loan is not None,
        goes=moved.goes,
        branch_code=moved.branch_code,
        hold_id=moved.hold_id,
        pickup_by=moved.pickup_by,
    )


@transactional
def cancel_hold(
    tx: Session,
    *,
    hold_id: int,
    reason: EndReason,
    library: policies.Library,
    now: dt.datetime,
) -> HoldCancelled:
    """Cancel an open hold for a reason of the library; what was set aside goes on.

    An item that is the reason does not go on: it is missing, or in repair.
    """
    if reason not in REASONS_OF_LIBRARY:
        return HoldCancelled(refused=NotCancelled.NOT_A_REASON)
    record_id = tx.exec(select(Hold.record_id).where(Hold.id == hold_id)).one_or_none()
    if record_id is None:
        return HoldCancelled(refused=NotCancelled.NOT_ON_HOLD)
    lock_records(tx, record_ids=[record_id])
    # Read only now: it may have been lent while we waited.
    hold = tx.get_one(Hold, hold_id, with_for_update=True, populate_existing=True)
    if hold.ended_at is not None:
        return HoldCancelled(refused=NotCancelled.NOT_ON_HOLD)
    item = tx.get_one(Item, hold.item_id) if hold.item_id is not None else None
    end_hold(tx, hold=hold, ending=_cancelled(reason, now), library=library)
    if item is not None:
        item.state = _STATE_AFTER.get(reason, item.state)
        tx.add(item)
        if reason not in _STATE_AFTER:
            hand_on(tx, item=item, library=library, now=now)
    return HoldCancelled(record=_summary(tx, record_id))


@transactional
def mark_item(
    tx: Session,
    *,
    barcode: str,
    state: ItemState,
    library: policies.Library,
    now: dt.datetime,
) -> Marked:
    """Write down that an item is missing, in repair, or found again (``MARKS``).

    A hold for which it was set aside waits again where it stood in line, unless
    its patron has asked to cancel it.
    """
    item = _find(tx, barcode)
    if item is None:
        return Marked(refused=NotMarked.UNKNOWN_BARCODE)
    lock_records(tx, record_ids=[item.record_id])
    tx.refresh(item)
    is_on_loan = open_loan(tx, item=item) is not None
    refused = rules.not_marked(marked=state, state=item.state, is_on_loan=is_on_loan)
    if refused is None:
        hold = kept_for(tx, item=item)
        if hold is not None and hold.cancel_asked_at is not None:
            ending = _cancelled(EndReason.ASKED_BY_PATRON, now)
            end_hold(tx, hold=hold, ending=ending, library=library)
        elif hold is not None:
            wait_again(tx, hold=hold)
        item.state = state
        tx.add(item)
    return Marked(refused=refused, record=_summary(tx, item.record_id))


def _summary(tx: Session, record_id: int) -> Summary:
    tx.flush()  # the record as it is now, with what has just happened to it
    return summaries(tx, record_ids=[record_id])[record_id]


def _find(tx: Session, barcode: str) -> Item | None:
    return tx.exec(select(Item).where(Item.barcode == barcode)).one_or_none()


def _open_hold(tx: Session, *, patron_id: int, record_id: int) -> Hold | None:
    return tx.exec(
        select(Hold)
        .where(
            Hold.patron_id == patron_id, Hold.record_id == record_id, col(Hold.ended_at).is_(None)
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def _lock_borrower(tx: Session, item: Item) -> None:
    patron_id = tx.exec(
        select(Loan.patron_id).where(Loan.item_id == item.id, col(Loan.returned_at).is_(None))
    ).one_or_none()
    if patron_id is not None:
        lock_patron(tx, patron_id=patron_id)


def _take_back(tx: Session, *, loan: Loan, record: Summary, desk: Desk) -> None:
    """End a loan. From here on only its patron knows whose it was, if they keep a history."""
    read = Read(
        record_id=record.record_id,
        title=record.title,
        volume=record.volume,
        line=record.line,
        material=record.material.value,
        branch_code=loan.branch_code,
        lent_on=loan.lent_on,
        returned_on=desk.today,
    )
    reading_history.write_down(tx, patron_id=persisted(loan.patron_id), read=read)
    series_id = loan.series_id
    loan.returned_at, loan.patron_id, loan.series_id = desk.now, None, None
    loan.reminded_of, loan.overdue_letters = None, 0
    tx.add(loan)
    if series_id is not None:
        tx.flush()  # what is left of the series does not count this loan
        lock_series(tx, series_ids=[series_id])
        next_when = desk.library.holds.series.next_when
        hold_series.dissolve_if_alone(tx, series_id=series_id, next_when=next_when)


def _move(tx: Session, *, item: Item, desk: Desk) -> Moved:
    hold = kept_for(tx, item=item)
    if hold is None:
        return put_away(tx, item=item, desk=desk)
    if hold.pickup_by is not None and hold.pickup_by < desk.today:
        ending = Ending(state=HoldState.LAPSED, reason=EndReason.NOT_PICKED_UP, at=desk.now)
        end_hold(tx, hold=hold, ending=ending, library=desk.library)
        return put_away(tx, item=item, desk=desk)
    return set_aside(tx, item=item, hold=hold, desk=desk)


def _cancelled(reason: EndReason, now: dt.datetime) -> Ending:
    return Ending(state=HoldState.CANCELLED, reason=reason, at=now)


_STATE_AFTER = {
    EndReason.ITEM_LOST: ItemState.MISSING,
    EndReason.ITEM_DAMAGED: ItemState.IN_REPAIR,
}
