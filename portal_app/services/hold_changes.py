"""What patrons do about holds they have: change, cancel, suspend, let the next one go first."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from portal_app.data.database import transactional
from portal_app.data.queues import lock_records
from portal_app.data.serving import Ending, end_hold
from portal_app.data.standings import lock_patron
from portal_app.data.tables import Hold
from portal_app.domain import holds as rules
from portal_app.domain import policies
from portal_app.domain.holds import (
    Declined,
    EndReason,
    HoldKey,
    HoldState,
    NotCancelled,
    NotChanged,
    Terms,
    Wish,
)
from portal_app.domain.queues import is_suspended


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What became of a change to a hold. When it is declined, nothing changed."""

    declined: Declined | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """What became of the wish to give up a hold. With a refusal, nothing changed."""

    refused: NotCancelled | None


_NO_SUCH_HOLD = Changed(declined=Declined(why=NotChanged.NOT_ON_HOLD))


@transactional
def change(
    tx: Session,
    *,
    key: HoldKey,
    wish: Wish,
    library: policies.Library,
    today: dt.date,
) -> Changed:
    """Let a patron be served otherwise: where, how they hear of it, until when (G-35)."""
    hold = _own(tx, key)
    if hold is None:
        return _NO_SUCH_HOLD
    declined = rules.not_changed(
        _terms_of(hold, today),
        wish,
        pickup_branches=library.pickup_branches,
        policy=library.holds,
        today=today,
    )
    if declined is None:
        hold.pickup_branch, hold.contact_method = wish.pickup_branch, wish.contact_method
        hold.expires_on = wish.expires_on
        tx.add(hold)
    return Changed(declined=declined)


@transactional
def cancel(tx: Session, *, key: HoldKey, library: policies.Library, now: dt.datetime) -> Cancelled:
    """Give up a patron's own place in a queue, as long as no item has come for it (G-34)."""
    hold = _own(tx, key)
    if hold is None:
        return Cancelled(refused=NotCancelled.NOT_ON_HOLD)
    refused = rules.not_cancelled(hold.state, library.holds)
    if refused is None:
        ending = Ending(state=HoldState.CANCELLED, reason=EndReason.BY_PATRON, at=now)
        end_hold(tx, hold=hold, ending=ending, library=library)
    return Cancelled(refused=refused)


@transactional
def ask_to_cancel(
    tx: Session, *, key: HoldKey, library: policies.Library, now: dt.datetime
) -> Cancelled:
    """Ask the library to cancel what it has set aside, where it lets patrons ask.

    Whoever asks again has asked when they first did.
    """
    hold = _own(tx, key)
    if hold is None:
        return Cancelled(refused=NotCancelled.NOT_ON_HOLD)
    refused = rules.not_asked_to_cancel(hold.state, library.holds)
    if refused is None and hold.cancel_asked_at is None:
        hold.cancel_asked_at = now
        tx.add(hold)
    return Cancelled(refused=refused)


@transactional
def suspend(
    tx: Session,
    *,
    key: HoldKey,
    until: dt.date,
    library: policies.Library,
    today: dt.date,
) -> Changed:
    """Let a hold be passed over until a date, that day included. It keeps its place."""
    hold = _own(tx, key)
    if hold is None:
        return _NO_SUCH_HOLD
    declined = rules.not_suspended(
        _terms_of(hold, today), until=until, policy=library.holds, today=today
    )
    if declined is None:
        hold.suspended_until = until
        tx.add(hold)
    return Changed(declined=declined)


@transactional
def resume(tx: Session, *, key: HoldKey, library: policies.Library, today: dt.date) -> Changed:
    """Let a hold be served again when its turn comes."""
    hold = _own(tx, key)
    if hold is None:
        return _NO_SUCH_HOLD
    declined = rules.not_resumed(_terms_of(hold, today), library.holds)
    if declined is None:
        hold.suspended_until = None
        tx.add(hold)
    return Changed(declined=declined)


@transactional
def let_next_go_first(
    tx: Session, *, key: HoldKey, library: policies.Library, today: dt.date
) -> Changed:
    """Swap a hold's place with the next one in its queue (予約順位の繰下げ)."""
    hold = _own(tx, key)
    if hold is None:
        return _NO_SUCH_HOLD
    behind = _next_in_line(tx, hold) if hold.state is HoldState.WAITING else None
    declined = rules.not_stepped_back(
        _terms_of(hold, today), is_last_in_line=behind is None, policy=library.holds
    )
    if declined is None and behind is not None:
        _swap(tx, hold, behind)
    return Changed(declined=declined)


def _own(tx: Session, key: HoldKey) -> Hold | None:
    """Return a patron's own hold as it is now, which stays so until this transaction ends."""
    lock_patron(tx, patron_id=key.patron_id)
    mine = (Hold.id == key.hold_id, Hold.patron_id == key.patron_id)
    record_id = tx.exec(select(Hold.record_id).where(*mine)).first()
    if record_id is None:
        return None
    lock_records(tx, record_ids=[record_id])
    # Read only now: an item may have come for it while we waited, or it was lent.
    return tx.exec(
        select(Hold).where(*mine).with_for_update().execution_options(populate_existing=True)
    ).first()


def _terms_of(hold: Hold, today: dt.date) -> Terms:
    lasts = is_suspended(hold.suspended_until, today)
    return Terms(
        state=hold.state,
        expires_on=hold.expires_on,
        suspended_until=hold.suspended_until if lasts else None,
    )


def _next_in_line(tx: Session, hold: Hold) -> Hold | None:
    behind = select(func.min(Hold.queue_number)).where(
        Hold.record_id == hold.record_id,
        Hold.state == HoldState.WAITING,
        col(Hold.queue_number) > hold.queue_number,
    )
    return tx.exec(
        select(Hold)
        .where(
            Hold.record_id == hold.record_id,
            col(Hold.queue_number) == behind.scalar_subquery(),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def _swap(tx: Session, hold: Hold, behind: Hold) -> None:
    before, after = hold.queue_number, behind.queue_number
    # Two holds never have the same number, not even for a moment: nobody has 0.
    for one, number in ((hold, 0), (behind, before), (hold, after)):
        one.queue_number = number
        tx.add(one)
        tx.flush()
