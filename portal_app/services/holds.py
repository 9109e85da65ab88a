"""Placing holds and looking at them."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from sqlmodel import Session, col, delete, func, select

from portal_app.data.database import persisted, reading, transactional
from portal_app.data.queues import QueueNow, lock_records, places_of, series_of
from portal_app.data.standings import lock_patron, standing_of
from portal_app.data.summaries import Summary, summaries
from portal_app.data.tables import CartLine, Hold, HoldSeries
from portal_app.domain import holds as rules
from portal_app.domain import policies
from portal_app.domain import queues as queue_rules
from portal_app.domain.holds import (
    EndReason,
    HoldState,
    Problem,
    Refusal,
    Refused,
    Request,
)
from portal_app.domain.queues import Series, is_suspended

# Nobody cancels more in the months for which it is shown.
MOST_ENDED = 200

_IN_NO_SERIES: Mapping[str, Any] = {
    **dict.fromkeys(("series_id", "series_number", "series_place", "series_size")),
    "series_kind": "",
    "is_in_turn": True,
}


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
class OpenHold:
    """A hold as its patron sees it (G-31). ``place`` counts from one while it waits.

    In a series it has the number of the series and its own place there, from one.
    ``is_in_turn`` is false while it is passed over for its series; whoever suspends it
    sees so by ``suspended_until``. The wait is in days, and empty where nothing is known.
    """

    hold_id: int
    record: Summary
    state: HoldState
    place: int | None
    queue_length: int
    is_last_in_line: bool
    copies: int
    wait_days_min: int | None
    wait_days_max: int | None
    placed_at: dt.datetime
    sent_at: dt.datetime | None
    ready_at: dt.datetime | None
    expires_on: dt.date | None
    suspended_until: dt.date | None
    pickup_by: dt.date | None
    pickup_branch: str
    contact_method: str
    is_cancel_asked: bool
    series_id: int | None
    series_number: int | None
    series_kind: str
    series_place: int | None
    series_size: int | None
    is_in_turn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedHold:
    """A hold that ended without a loan (G-36). No ``end_reason``: the patron ended it."""

    hold_id: int
    record: Summary
    state: HoldState
    placed_at: dt.datetime
    expires_on: dt.date | None
    pickup_branch: str
    end_reason: str
    ended_on: dt.date


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
    lock_records(tx, record_ids=request.record_ids)
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


@reading
def look(
    tx: Session, *, patron_id: int, library: policies.Library, now: dt.datetime
) -> tuple[OpenHold, ...]:
    """Return a patron's open holds: what can be fetched first, then by place of arrival (G-31)."""
    mine = tx.exec(
        select(Hold)
        .where(Hold.patron_id == patron_id, col(Hold.ended_at).is_(None))
        .order_by(col(Hold.placed_at), col(Hold.id))
    ).all()
    record_ids = [hold.record_id for hold in mine]
    records = summaries(tx, record_ids=record_ids)
    queues = places_of(tx, record_ids=record_ids, today=now.date())
    series = _series_of(tx, mine)
    order = [HoldState.READY, HoldState.IN_TRANSIT, HoldState.WAITING]
    return tuple(
        OpenHold(
            **_asked_for(hold, records[hold.record_id], now.date()),
            **_in_queue(hold, queues[hold.record_id], library.holds),
            **_in_series(hold, series, library.holds.series),
        )
        for hold in sorted(mine, key=lambda hold: order.index(hold.state))
    )


@reading
def ended(
    tx: Session, *, patron_id: int, policy: policies.Holds, now: dt.datetime
) -> tuple[EndedHold, ...]:
    """Return a patron's holds that ended not long ago without a loan, the latest first (G-36)."""
    since = rules.ended_shown_since(now.date(), policy.ended_shown_months)
    rows = tx.exec(
        select(Hold)
        .where(
            Hold.patron_id == patron_id,
            col(Hold.ended_at) >= dt.datetime.combine(since, dt.time(), now.tzinfo),
        )
        .order_by(col(Hold.ended_at).desc(), col(Hold.id).desc())
        .limit(MOST_ENDED)
    ).all()
    records = summaries(tx, record_ids=[hold.record_id for hold in rows])
    return tuple(_ended(hold, records[hold.record_id]) for hold in rows)


def _asked_for(hold: Hold, record: Summary, today: dt.date) -> dict[str, Any]:
    lasts = is_suspended(hold.suspended_until, today)
    return {
        "hold_id": persisted(hold.id),
        "record": record,
        "state": hold.state,
        "placed_at": hold.placed_at,
        "sent_at": hold.sent_at,
        "ready_at": hold.ready_at,
        "expires_on": hold.expires_on,
        "suspended_until": hold.suspended_until if lasts else None,
        "pickup_by": hold.pickup_by,
        "pickup_branch": hold.pickup_branch,
        "contact_method": hold.contact_method,
        "is_cancel_asked": hold.cancel_asked_at is not None,
    }


def _in_queue(hold: Hold, queue: QueueNow, policy: policies.Holds) -> dict[str, Any]:
    waiting = queue.waiting
    place = waiting.index(persisted(hold.id)) + 1 if hold.id in waiting else None
    estimate = place and queue_rules.wait(
        place=place,
        copies=queue.copies,
        turnover=queue.turnover,
        pickup_days=policy.pickup_days,
    )
    return {
        "place": place,
        "queue_length": len(waiting),
        "is_last_in_line": place == len(waiting),
        "copies": queue.copies,
        "wait_days_min": estimate.days_min if estimate else None,
        "wait_days_max": estimate.days_max if estimate else None,
    }


def _series_of(tx: Session, mine: Sequence[Hold]) -> Mapping[int, tuple[HoldSeries, Series]]:
    series_ids = {hold.series_id for hold in mine if hold.series_id is not None}
    rows = tx.exec(select(HoldSeries).where(col(HoldSeries.id).in_(series_ids)))
    progress = series_of(tx, series_ids=series_ids)
    return {row.id: (row, progress[row.id]) for row in rows if row.id and row.id in progress}


def _in_series(
    hold: Hold, known: Mapping[int, tuple[HoldSeries, Series]], policy: policies.Series
) -> Mapping[str, Any]:
    hold_id = persisted(hold.id)
    row, series = known.get(hold.series_id or 0, (None, None))
    members = [] if series is None else [member.hold_id for member in series.members]
    if row is None or series is None or hold_id not in members:  # or it has just left it
        return _IN_NO_SERIES
    return {
        "series_id": hold.series_id,
        "series_number": row.number,
        "series_kind": row.kind.value,
        "series_place": members.index(hold_id) + 1,
        "series_size": len(members),
        "is_in_turn": hold.state is not HoldState.WAITING
        or queue_rules.is_turn_in_series(hold_id, series, policy.next_when),
    }


def _ended(hold: Hold, record: Summary) -> EndedHold:
    reason = hold.end_reason
    return EndedHold(
        hold_id=persisted(hold.id),
        record=record,
        state=hold.state,
        placed_at=hold.placed_at,
        expires_on=hold.expires_on,
        pickup_branch=hold.pickup_branch,
        end_reason="" if reason in (None, EndReason.BY_PATRON) else reason.value,
        ended_on=cast("dt.datetime", hold.ended_at).date(),
    )


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
