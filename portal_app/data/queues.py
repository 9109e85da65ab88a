"""The queue of a record as it is now: who waits, for how many copies, how fast they turn."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, func, select

from portal_app.data.database import persisted
from portal_app.data.tables import BibliographicRecord, Hold, HoldSeries, Item, Loan
from portal_app.data.turnovers import turnovers_of
from portal_app.domain.catalogue import ItemState
from portal_app.domain.hold_series import SeriesKind
from portal_app.domain.holds import HoldState
from portal_app.domain.queues import Member, Series, Turnover, Waiting

_TURN = (
    col(Hold.id),
    col(Hold.patron_id),
    col(Hold.pickup_branch),
    col(Hold.queue_number),
    col(Hold.suspended_until),
    col(Hold.expires_on),
    col(Hold.series_id),
)
_AWAY = (ItemState.MISSING, ItemState.IN_REPAIR)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueNow:
    """``waiting`` has the ids of waiting holds in their order, those passed over included.

    ``copies`` counts what can be lent, wherever it is now.
    """

    waiting: tuple[int, ...]
    copies: int
    turnover: Turnover | None


def places_of(
    tx: Session, *, record_ids: Collection[int], today: dt.date
) -> Mapping[int, QueueNow]:
    """Return the queue of each of these records. A page of them takes a handful of queries."""
    waiting: dict[int, list[int]] = {record_id: [] for record_id in record_ids}
    for row in _in_line(tx, record_ids, col(Hold.id)):
        waiting[row.record_id].append(row.id)
    copies = _copies_of(tx, record_ids)
    turnovers = turnovers_of(tx, record_ids=record_ids, today=today)
    return {
        record_id: QueueNow(
            waiting=tuple(line),
            copies=copies.get(record_id, 0),
            turnover=turnovers.get(record_id),
        )
        for record_id, line in waiting.items()
    }


def waiting_of(tx: Session, *, record_ids: Collection[int]) -> Mapping[int, Sequence[Waiting]]:
    """Return the waiting holds of each of these records, in their order."""
    queues: dict[int, list[Waiting]] = {record_id: [] for record_id in record_ids}
    for row in _in_line(tx, record_ids, *_TURN):
        queues[row.record_id].append(
            Waiting(
                hold_id=row.id,
                patron_id=row.patron_id,
                pickup_branch=row.pickup_branch,
                queue_number=row.queue_number,
                suspended_until=row.suspended_until,
                expires_on=row.expires_on,
                series_id=row.series_id,
            )
        )
    return queues


def series_of(tx: Session, *, series_ids: Collection[int]) -> Mapping[int, Series]:
    """Return what decides whose turn it is, for each of these series."""
    if not series_ids:
        return {}
    kinds = tx.exec(
        select(HoldSeries.id, HoldSeries.kind).where(col(HoldSeries.id).in_(series_ids))
    ).all()
    members: dict[int, list[Member]] = defaultdict(list)
    rows = tx.exec(
        select(Hold.id, Hold.series_id, Hold.series_place, Hold.state)
        .where(col(Hold.series_id).in_(series_ids))
        .order_by(col(Hold.series_place))
    )
    for hold_id, series_id, place, state in rows:
        members[persisted(series_id)].append(
            Member(hold_id=persisted(hold_id), place=persisted(place), state=HoldState(state))
        )
    out = set(
        tx.exec(
            select(Loan.series_id).where(
                col(Loan.series_id).in_(series_ids), col(Loan.returned_at).is_(None)
            )
        )
    )
    return {
        persisted(series_id): Series(
            kind=SeriesKind(kind),
            members=tuple(members[persisted(series_id)]),
            is_one_out=series_id in out,
        )
        for series_id, kind in kinds
    }


def lock_records(tx: Session, *, record_ids: Collection[int]) -> None:
    """Let what concerns the queue or the items of a record happen one after the other.

    SQLite holds its write lock already; PostgreSQL locks the rows, always in the same order.
    """
    tx.exec(
        select(BibliographicRecord.id)
        .where(col(BibliographicRecord.id).in_(record_ids))
        .order_by(col(BibliographicRecord.id))
        .with_for_update()
    ).all()


def lock_series(tx: Session, *, series_ids: Collection[int]) -> None:
    """Let the members of a series be served one after the other, whatever their records."""
    tx.exec(
        select(HoldSeries.id)
        .where(col(HoldSeries.id).in_(series_ids))
        .order_by(col(HoldSeries.id))
        .with_for_update()
    ).all()


def any_one_instead(tx: Session, *, hold: Hold) -> Sequence[Hold]:
    """Return the holds that their patron wants no more when this one is lent (いずれか予約)."""
    if hold.series_id is None:
        return ()
    lock_series(tx, series_ids=[hold.series_id])
    return tx.exec(
        select(Hold)
        .join(HoldSeries, col(HoldSeries.id) == Hold.series_id)
        .where(
            Hold.series_id == hold.series_id,
            Hold.id != hold.id,
            HoldSeries.kind == SeriesKind.ANY_ONE,
        )
        .order_by(col(Hold.series_place))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def other_copies_on_shelf(tx: Session, *, item: Item) -> int:
    """Return on how many other copies of a record whoever is in line could count now."""
    at_home = select(Loan.id).where(Loan.item_id == Item.id, col(Loan.returned_at).is_(None))
    return tx.exec(
        select(func.count())
        .select_from(Item)
        .where(
            Item.record_id == item.record_id,
            Item.id != item.id,
            col(Item.for_loan),
            Item.state == ItemState.ON_SHELF,
            ~at_home.exists(),
        )
    ).one()


def _in_line(tx: Session, record_ids: Collection[int], *asked: Mapped[Any]) -> Iterable[Row[Any]]:
    # Without an object for each: in front of some books hundreds wait.
    return tx.execute(
        sa.select(col(Hold.record_id), *asked)
        .where(
            col(Hold.record_id).in_(record_ids),
            col(Hold.ended_at).is_(None),
            col(Hold.state) == HoldState.WAITING,
        )
        .order_by(col(Hold.record_id), col(Hold.queue_number))
    )


def _copies_of(tx: Session, record_ids: Collection[int]) -> Mapping[int, int]:
    rows = tx.exec(
        select(Item.record_id, func.count())
        .where(
            col(Item.record_id).in_(record_ids), col(Item.for_loan), col(Item.state).not_in(_AWAY)
        )
        .group_by(col(Item.record_id))
    )
    return dict(rows.all())
