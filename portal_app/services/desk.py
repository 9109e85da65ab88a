"""What a desk may know of a patron: as much as it takes to serve them, and nothing read."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from portal_app.data.database import persisted, reading
from portal_app.data.summaries import Summary, summaries
from portal_app.data.tables import Hold, Loan, Patron
from portal_app.domain.cards import masked
from portal_app.domain.holds import HoldState
from portal_app.domain.loans import is_overdue

MOST_HOLDS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PatronAtDesk:
    """Somebody who stands at the desk, as far as its screen shows them."""

    card_masked: str
    name: str
    card_expires_on: dt.date
    is_expired: bool
    loans: int
    overdue: int
    ready: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Whose card was scanned. Only what is ``shown`` leaves the server."""

    patron_id: int
    card_number: str
    shown: PatronAtDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldAtDesk:
    """An open hold as a desk sees it."""

    hold_id: int
    record: Summary
    state: HoldState
    placed_at: dt.datetime
    pickup_branch: str
    pickup_by: dt.date | None


@reading
def find_patron(
    tx: Session, *, readings: Sequence[str], shown_digits: int, today: dt.date
) -> Found | None:
    """Return whose card this is, by the first of the numbers it may mean that somebody has."""
    found = {
        patron.card_number: patron
        for patron in tx.exec(select(Patron).where(col(Patron.card_number).in_(readings)))
    }
    patron = next((found[number] for number in readings if number in found), None)
    if patron is None:
        return None
    patron_id = persisted(patron.id)
    due = tx.exec(
        select(col(Loan.due_on)).where(Loan.patron_id == patron_id, col(Loan.returned_at).is_(None))
    ).all()
    ready = select(func.count()).where(Hold.patron_id == patron_id, Hold.state == HoldState.READY)
    shown = PatronAtDesk(
        card_masked=masked(patron.card_number, shown_digits=shown_digits),
        name=patron.name,
        card_expires_on=patron.card_expires_on,
        is_expired=patron.card_expires_on < today,
        loans=len(due),
        overdue=sum(is_overdue(day, today) for day in due),
        ready=tx.exec(ready).one(),
    )
    return Found(patron_id=patron_id, card_number=patron.card_number, shown=shown)


@reading
def open_holds(tx: Session, *, patron_id: int) -> tuple[HoldAtDesk, ...]:
    """Return a patron's open holds, by when they were placed."""
    theirs = tx.exec(
        select(Hold)
        .where(Hold.patron_id == patron_id, col(Hold.ended_at).is_(None))
        .order_by(col(Hold.placed_at), col(Hold.id))
        .limit(MOST_HOLDS)
    ).all()
    records = summaries(tx, record_ids=[hold.record_id for hold in theirs])
    return tuple(
        HoldAtDesk(
            hold_id=persisted(hold.id),
            record=records[hold.record_id],
            state=hold.state,
            placed_at=hold.placed_at,
            pickup_branch=hold.pickup_branch,
            pickup_by=hold.pickup_by,
        )
        for hold in theirs
    )


@reading
def last_digits(tx: Session, *, hold_id: int, count: int) -> str:
    """Return the end of the card number for whom something is kept: what its slip says."""
    number = tx.exec(
        select(Patron.card_number)
        .join(Hold, col(Hold.patron_id) == col(Patron.id))
        .where(Hold.id == hold_id)
    ).one_or_none()
    return (number or "")[-count:]
