"""Acting on what devices send: each operation once, with one answer for ever."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session, col, delete

from portal_app.data.database import transactional, within
from portal_app.data.standings import lock_patron
from portal_app.data.tables import DeliveredOperation
from portal_app.domain import cart as cart_rules
from portal_app.domain import outbox as rules
from portal_app.domain import policies
from portal_app.domain.outbox import Answer, Operation, Refusal
from portal_app.services import cart, display, loans
from portal_app.services.deliveries import Delivery, Kind, Number, Payload
from portal_app.services.hold_deliveries import HOLD_KINDS
from portal_app.services.message_deliveries import MESSAGE_KINDS
from portal_app.services.shelf_deliveries import SHELF_KINDS


class OneRecord(Payload):
    """A record of the catalogue."""

    record_id: Number


class OneChoice(Payload):
    """How one thing about the pages is to look."""

    name: str
    choice: str


class OneLoan(Payload):
    """A loan of the patron's."""

    loan_id: Number


@transactional
def deliver(
    tx: Session,
    *,
    patron_id: int,
    operation: Operation,
    library: policies.Library,
    now: dt.datetime,
) -> Answer:
    """Act on an operation, unless it has an answer already, and return its answer.

    The answer is kept in the transaction of the act, so that a device that has
    not heard it can ask as often as it likes.
    """
    if not rules.is_identifier(operation.id):
        return _not_understood(operation)
    # Whoever sends the same operation again waits here until it has its answer.
    lock_patron(tx, patron_id=patron_id)
    kept = tx.get(DeliveredOperation, (patron_id, operation.id))
    if kept is not None:
        return _answer_of(kept)
    answer = _act(tx, patron_id, operation, library, now)
    tx.add(
        DeliveredOperation(
            patron_id=patron_id,
            id=operation.id,
            # The day and no more: what was written at the same moment belongs together.
            delivered_at=_day_of(now),
            is_done=answer.is_done,
            reason=answer.reason,
            day=answer.day,
            limit=answer.limit,
            place=answer.place,
        )
    )
    return answer


@transactional
def forget_the_past(tx: Session, *, now: dt.datetime) -> None:
    """Delete the answers to operations that no device can send again."""
    long_ago = _day_of(now) - rules.ANSWERS_KEPT_FOR
    tx.exec(delete(DeliveredOperation).where(col(DeliveredOperation.delivered_at) < long_ago))


def _day_of(moment: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(moment.date(), dt.time(), moment.tzinfo)


def _act(
    tx: Session, patron_id: int, operation: Operation, library: policies.Library, now: dt.datetime
) -> Answer:
    kind = KINDS.get(operation.kind)
    if kind is None:
        return _not_understood(operation)
    try:
        payload = kind.payload.model_validate(operation.payload)
    except ValidationError:
        return _not_understood(operation)
    delivery = Delivery(
        id=operation.id, payload=payload, patron_id=patron_id, library=library, now=now
    )
    return kind.act(tx, delivery)


def _not_understood(operation: Operation) -> Answer:
    return Answer(id=operation.id, is_done=False, reason=rules.key_of(Refusal.NOT_UNDERSTOOD))


def _answer_of(kept: DeliveredOperation) -> Answer:
    return Answer(
        id=kept.id,
        is_done=kept.is_done,
        reason=kept.reason,
        day=kept.day,
        limit=kept.limit,
        place=kept.place,
    )


def _add_to_cart(tx: Session, sent: Delivery[OneRecord]) -> Answer:
    record_id, limit = sent.payload.record_id, sent.library.cart.limit
    added = within(tx, cart.add)(
        patron_id=sent.patron_id, record_ids=[record_id], limit=limit, now=sent.now
    )
    match added.refused.get(record_id):
        case None:
            return sent.done()
        case cart_rules.Refusal.ALREADY_IN_CART as note:
            return sent.done(note=note)
        case cart_rules.Refusal.CART_IS_FULL as reason:
            return sent.refused(reason, limit=limit)
        case reason:
            return sent.refused(reason)


def _remove_from_cart(tx: Session, sent: Delivery[OneRecord]) -> Answer:
    within(tx, cart.remove)(patron_id=sent.patron_id, record_ids=[sent.payload.record_id])
    return sent.done()


def _choose_display(tx: Session, sent: Delivery[OneChoice]) -> Answer:
    name, choice = sent.payload.name, sent.payload.choice
    if not within(tx, display.choose)(patron_id=sent.patron_id, name=name, choice=choice):
        return sent.refused(Refusal.NOT_UNDERSTOOD)
    return sent.done()


def _renew_loan(tx: Session, sent: Delivery[OneLoan]) -> Answer:
    renewed = within(tx, loans.renew)(
        patron_id=sent.patron_id,
        loan_id=sent.payload.loan_id,
        policy=sent.library.loans.renewals,
        today=sent.now.date(),
    )
    if renewed.refused is None:
        return sent.done(day=renewed.due_on)
    refused = renewed.refused
    return sent.refused(refused.why, day=refused.on, limit=refused.limit)


# What a device can send. A feature that works without a connection adds its kinds here.
KINDS: Mapping[str, Kind[Any]] = {
    "cart.add": Kind(payload=OneRecord, act=_add_to_cart),
    "cart.remove": Kind(payload=OneRecord, act=_remove_from_cart),
    "display.choose": Kind(payload=OneChoice, act=_choose_display),
    "loans.renew": Kind(payload=OneLoan, act=_renew_loan),
    **HOLD_KINDS,
    **MESSAGE_KINDS,
    **SHELF_KINDS,
}
