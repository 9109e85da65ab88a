"""Doing again what a desk has done in another system, by the rules of this one."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select

from portal_app.data.database import transactional, within
from portal_app.data.tables import Hold, Item, Patron
from portal_app.domain import policies
from portal_app.domain.catalogue import ItemState
from portal_app.domain.circulation import NotCancelled
from portal_app.domain.holds import EndReason
from portal_app.exchange.circulation_events import DeskEvent, EventKind
from portal_app.services import circulation


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDone:
    """Why an event changed nothing: the key of a text, and the number and date in it."""

    key: str
    limit: int | None = None
    on: dt.date | None = None


@transactional
def apply(
    tx: Session, *, event: DeskEvent, library: policies.Library, now: dt.datetime
) -> NotDone | None:
    """Do what a desk did, as of when it did so, and return None, or why not."""
    if event.at > now:
        return NotDone(key="circulation_events.not_yet")
    if event.branch_code not in {branch.code for branch in library.branches}:
        return NotDone(key="circulation_events.unknown_branch")
    match event.kind:
        case EventKind.LENT:
            return _lend(tx, event, library)
        case EventKind.RETURNED | EventKind.ARRIVED:
            return _check_in(tx, event, library)
        case EventKind.LOST:
            return _lose(tx, event, library)
        case EventKind.CANCELLED:
            return _cancel(tx, event, library)


def _lend(tx: Session, event: DeskEvent, library: policies.Library) -> NotDone | None:
    refused = within(tx, circulation.lend)(
        card_number=event.card_number,
        barcode=event.barcode,
        branch_code=event.branch_code,
        library=library,
        now=event.at,
    ).refused
    if refused is None:
        return None
    return NotDone(key=f"desk.not_lent.{refused.why}", limit=refused.limit, on=refused.on)


def _check_in(tx: Session, event: DeskEvent, library: policies.Library) -> NotDone | None:
    refused = within(tx, circulation.check_in)(
        barcode=event.barcode, branch_code=event.branch_code, library=library, now=event.at
    ).refused
    return None if refused is None else NotDone(key=f"desk.not_checked_in.{refused}")


def _lose(tx: Session, event: DeskEvent, library: policies.Library) -> NotDone | None:
    refused = within(tx, circulation.mark_item)(
        barcode=event.barcode, state=ItemState.MISSING, library=library, now=event.at
    ).refused
    return None if refused is None else NotDone(key=f"desk.not_marked.{refused}")


def _cancel(tx: Session, event: DeskEvent, library: policies.Library) -> NotDone | None:
    hold_id = tx.exec(
        select(Hold.id)
        .join(Patron, col(Patron.id) == col(Hold.patron_id))
        .join(Item, col(Item.record_id) == Hold.record_id)
        .where(
            Patron.card_number == event.card_number,
            Item.barcode == event.barcode,
            col(Hold.ended_at).is_(None),
        )
    ).first()
    if hold_id is None:
        return NotDone(key=f"desk.not_cancelled.{NotCancelled.NOT_ON_HOLD}")
    refused = within(tx, circulation.cancel_hold)(
        hold_id=hold_id, reason=EndReason.BY_LIBRARY, library=library, now=event.at
    ).refused
    return None if refused is None else NotDone(key=f"desk.not_cancelled.{refused}")
