"""Placing holds, giving them up and looking at them."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session, col, delete, func, select

from portal_app.data.database import persisted, reading, transactional
from portal_app.data.standings import lock_patron, standing_of
from portal_app.data.summaries import Summary, summaries
from portal_app.data.tables import BibliographicRecord, CartLine, Hold
from portal_app.domain import holds as rules
from portal_app.domain import policies
from portal_app.domain.holds import (
    HoldState,
    NotCancelled,
    Problem,
    Refusal,
    Refused,
    Request,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one record: a place in its queue, or the reason why not (K-30)."""

    record: Summary
    place: int | None
    refused: Refused | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What became of a request. With a problem, nothing was placed and nothing changed."""

    problem: Problem | None
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """What became of the wish to give up a hold. With a refusal, nothing changed."""

    refused: NotCancelled | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHold:
    """A hold as its patron sees it (G-31). ``place`` counts from one while it waits."""

    hold_id: int
    record: Summary
    state: HoldState
    place: int | None
    queue_length: int
    placed_at: dt.datetime
    expires_on: dt.date | None
    pickup_by: dt.date | None
    pickup_branch: str
    contact_method: str


@transactional
def place(
    tx: Session,
    *,
    patron_id: int,
    request: Request,
    library: policies.Library,
    now: dt.datetime,
) -> Placed:
    """Turn records in a patron's cart into holds (K-27, K-29, K-30).

    A refused record stays in the cart; the others do not wait for it. A record
    that is neither in the cart nor held by the patron is passed over.
    """
    problem = rules.problem_with(
        request,
        pickup_branches=library.pickup_branches,
        policy=library.holds,
        today=now.date(),
    )
    if problem is not None:
        return Placed(problem=problem)
    lock_patron(tx, patron_id=patron_id)
    _lock_records(tx, request.record_ids)
    in_cart = _in_cart(tx, patron_id, request.record_ids)
    records = summaries(tx, record_ids=request.record_ids)
    standing = standing_of(tx, patron_id=patron_id, today=now.date())
    outcomes: list[Outcome] = []
    for record_id in dict.fromkeys(request.record_ids):
        if record_id not in in_cart and record_id not in standing.on_hold:
            continue
        record = records[record_id]
        refused = rules.refused(record.wanted, standing, library.holds, now.date())
        if refused is None:
            tx.add(
                Hold(
                    patron_id=patron_id,
                    record_id=record_id,
                    pickup_branch=request.pickup_branch,
                    contact_method=request.contact_method,
                    expires_on=request.expires_on,
                    placed_at=now,
                    **_places(tx, patron_id=patron_id, record=record, limits=library.holds.limits),
                )
            )
            standing = replace(standing, on_hold={**standing.on_hold, record_id: record.material})
        place_in_queue = record.waiting + 1 if refused is None else None
        outcomes.append(Outcome(record=record, place=place_in_queue, refused=refused))
    _take_out_of_cart(tx, patron_id, outcomes)
    return Placed(problem=None, outcomes=tuple(outcomes))


@transactional
def cancel(tx: Session, *, patron_id: int, hold_id: int, now: dt.datetime) -> Cancelled:
    """Give up a patron's own place in a queue, as long as no item has come for it (G-34)."""
    lock_patron(tx, patron_id=patron_id)
    mine = (Hold.id == hold_id, Hold.patron_id == patron_id)
    record_id = tx.exec(select(Hold.record_id).where(*mine)).first()
    if record_id is None:
        return Cancelled(refused=NotCancelled.NOT_ON_HOLD)
    _lock_records(tx, [record_id])
    # Read only now: an item may have come for it while we waited.
    hold = tx.exec(select(Hold).where(*mine).with_for_update()).one()
    refused = rules.not_cancelled(hold.state)
    if refused is None:
        hold.state, hold.ended_at = HoldState.CANCELLED, now
        hold.slot = hold.class_slot = hold.queue_number = None
        tx.add(hold)
    return Cancelled(refused=refused)


@reading
def look(tx: Session, *, patron_id: int) -> tuple[OpenHold, ...]:
    """Return a patron's open holds: what can be fetched first, then by place of arrival (G-31)."""
    mine = tx.exec(
        select(Hold)
        .where(Hold.patron_id == patron_id, col(Hold.ended_at).is_(None))
        .order_by(col(Hold.placed_at), col(Hold.id))
    ).all()
    records = summaries(tx, record_ids=[hold.record_id for hold in mine])
    queues = _queues_of(tx, [hold.record_id for hold in mine])
    order = [HoldState.READY, HoldState.IN_TRANSIT, HoldState.WAITING]
    return tuple(
        _shown(hold, records[hold.record_id], queues.get(hold.record_id, []))
        for hold in sorted(mine, key=lambda hold: order.index(hold.state))
    )


def _shown(hold: Hold, record: Summary, queue: Sequence[int]) -> OpenHold:
    hold_id = persisted(hold.id)
    return OpenHold(
        hold_id=hold_id,
        record=record,
        state=hold.state,
        place=queue.index(hold_id) + 1 if hold_id in queue else None,
        queue_length=len(queue),
        placed_at=hold.placed_at,
        expires_on=hold.expires_on,
        pickup_by=hold.pickup_by,
        pickup_branch=hold.pickup_branch,
        contact_method=hold.contact_method,
    )


def _queues_of(tx: Session, record_ids: Collection[int]) -> Mapping[int, list[int]]:
    """Return the waiting holds of each record in their order. Places are computed, not stored."""
    queues: dict[int, list[int]] = {}
    rows = tx.exec(
        select(Hold.record_id, Hold.id)
        .where(col(Hold.record_id).in_(record_ids), Hold.state == HoldState.WAITING)
        .order_by(col(Hold.record_id), col(Hold.queue_number))
    )
    for record_id, hold_id in rows:
        queues.setdefault(record_id, []).append(persisted(hold_id))
    return queues


def _lock_records(tx: Session, record_ids: Collection[int]) -> None:
    # Whatever concerns the queue of a record happens one after the other. SQLite
    # holds its write lock already; PostgreSQL locks the rows, always in the same order.
    tx.exec(
        select(BibliographicRecord.id)
        .where(col(BibliographicRecord.id).in_(record_ids))
        .order_by(col(BibliographicRecord.id))
        .with_for_update()
    ).all()


def _in_cart(tx: Session, patron_id: int, record_ids: Collection[int]) -> set[int]:
    return set(
        tx.exec(
            select(CartLine.record_id).where(
                CartLine.patron_id == patron_id, col(CartLine.record_id).in_(record_ids)
            )
        )
    )


def _take_out_of_cart(tx: Session, patron_id: int, outcomes: Sequence[Outcome]) -> None:
    done = [
        outcome.record.record_id
        for outcome in outcomes
        if outcome.refused is None or outcome.refused.why is Refusal.ALREADY_ON_HOLD
    ]
    tx.exec(
        delete(CartLine).where(
            col(CartLine.patron_id) == patron_id, col(CartLine.record_id).in_(done)
        )
    )


def _places(
    tx: Session, *, patron_id: int, record: Summary, limits: policies.Limits
) -> dict[str, Any]:
    """Return the numbers that a new hold takes: its slots and its place behind the last."""
    mine = tx.exec(
        select(Hold.slot, Hold.limit_class, Hold.class_slot).where(
            Hold.patron_id == patron_id, col(Hold.ended_at).is_(None)
        )
    ).all()
    last = tx.exec(
        select(func.max(Hold.queue_number)).where(Hold.record_id == record.record_id)
    ).one()
    limit_class = record.material.value if record.material in limits.by_class else ""
    in_class = [class_slot for _, name, class_slot in mine if name == limit_class and class_slot]
    return {
        "slot": rules.lowest_free([slot for slot, _, _ in mine if slot]),
        "limit_class": limit_class,
        "class_slot": rules.lowest_free(in_class) if limit_class else None,
        "queue_number": (last or 0) + 1,
    }
