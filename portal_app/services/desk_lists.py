"""What lies on the shelves of a branch and has somewhere to go: the lists of the desk."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select, text

from portal_app.data.database import persisted, reading
from portal_app.data.queues import series_of, waiting_of
from portal_app.data.summaries import Summary, summaries
from portal_app.data.tables import Hold, Item, Loan, Patron
from portal_app.domain import policies, queues
from portal_app.domain.catalogue import ItemState
from portal_app.domain.holds import HoldState
from portal_app.domain.queues import ShelfCopy, Waiting

MOST_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ToFetch:
    """An item on the shelf that the next in line waits for."""

    barcode: str
    record: Summary
    place: str
    call_number: str
    hold_id: int
    pickup_branch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An item set aside for somebody. ``cancel_asked_at`` is set where they give it up."""

    hold_id: int
    barcode: str
    record: Summary
    state: HoldState
    card_number: str
    pickup_branch: str
    pickup_by: dt.date | None
    cancel_asked_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """An item that somebody has to move, and to which branch."""

    barcode: str
    record: Summary
    branch_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldShelf:
    """What lies behind a desk: for pickup, to be sent, and to be checked in as nobody came."""

    ready: tuple[Kept, ...]
    to_send: tuple[Moving, ...]
    to_put_back: tuple[Moving, ...]


@reading
def to_fetch(
    tx: Session,
    *,
    branch_code: str,
    library: policies.Library,
    today: dt.date,
    limit: int = MOST_ROWS,
) -> tuple[ToFetch, ...]:
    """Return what should be fetched from the shelves of a branch for those next in line.

    Nothing is set aside before it is scanned: somebody may take it from the shelf meanwhile.
    """
    copies = _copies_on_shelf(tx, _waited_for(tx, branch_code, limit))
    waiting = waiting_of(tx, record_ids=copies)
    series = series_of(tx, series_ids=_series_in(waiting))
    next_when = library.holds.series.next_when
    turns = {
        record_id: tuple(queues.in_turn(line, series, next_when=next_when, today=today))
        for record_id, line in waiting.items()
    }
    shelves = {
        record_id: [ShelfCopy(item_id=persisted(one.id), branch_code=_where(one)) for one in found]
        for record_id, found in copies.items()
    }
    items = {persisted(one.id): one for found in copies.values() for one in found}
    here = [
        (items[item_id], one)
        for item_id, one in queues.to_fetch(turns, shelves, series).items()
        if _where(items[item_id]) == branch_code
    ]
    records = summaries(tx, record_ids={item.record_id for item, _ in here})
    return tuple(
        ToFetch(
            barcode=item.barcode,
            record=records[item.record_id],
            place=item.place,
            call_number=item.call_number,
            hold_id=one.hold_id,
            pickup_branch=one.pickup_branch,
        )
        for item, one in sorted(here, key=lambda pair: _by_shelf(pair[0]))[:limit]
    )


@reading
def asked_to_cancel(tx: Session, *, branch_code: str, limit: int = MOST_ROWS) -> tuple[Kept, ...]:
    """Return what is set aside for a branch although its patron has asked to cancel it."""
    asked = col(Hold.cancel_asked_at).is_not(None) & (col(Hold.pickup_branch) == branch_code)
    return _kept(tx, asked, limit)


@reading
def on_hold_shelf(tx: Session, *, branch_code: str, limit: int = MOST_ROWS) -> HoldShelf:
    """Return what is behind the desk of a branch, and what is to be done with it."""
    ready = (col(Hold.state) == HoldState.READY) & (col(Hold.pickup_branch) == branch_code)
    to_send: list[Moving] = []
    to_put_back: list[Moving] = []
    for item, goes_to, record in _moving(tx, branch_code, limit):
        leaves = item.state is ItemState.IN_TRANSIT and goes_to != branch_code
        moving = Moving(barcode=item.barcode, record=record, branch_code=goes_to)
        (to_send if leaves else to_put_back).append(moving)
    return HoldShelf(
        ready=_kept(tx, ready, limit), to_send=tuple(to_send), to_put_back=tuple(to_put_back)
    )


def _waited_for(tx: Session, branch_code: str, limit: int) -> Sequence[int]:
    """Return the records that somebody waits for although a copy is on the shelf of a branch."""
    on_shelf = select(Item.id).where(
        Item.record_id == Hold.record_id, _is_on_shelf(), _is_at(branch_code)
    )
    return tx.exec(
        select(Hold.record_id)
        .where(
            col(Hold.ended_at).is_(None),
            Hold.state == HoldState.WAITING,
            on_shelf.exists(),
        )
        .group_by(col(Hold.record_id))
        .order_by(func.min(Hold.placed_at), col(Hold.record_id))
        .limit(limit)
    ).all()


def _copies_on_shelf(tx: Session, record_ids: Sequence[int]) -> Mapping[int, list[Item]]:
    copies: dict[int, list[Item]] = defaultdict(list)
    rows = tx.exec(
        select(Item)
        .where(col(Item.record_id).in_(record_ids), _is_on_shelf())
        .order_by(col(Item.id))
    )
    for item in rows:
        copies[item.record_id].append(item)
    return copies


def _kept(tx: Session, which: ColumnElement[bool], limit: int) -> tuple[Kept, ...]:
    rows = tx.exec(
        select(Hold, Item, Patron.card_number)
        .join(Item, col(Item.id) == Hold.item_id)
        .join(Patron, col(Patron.id) == Hold.patron_id)
        .where(which, col(Hold.item_id).is_not(None))
        .order_by(col(Hold.pickup_by), col(Hold.id))
        .limit(limit)
    ).all()
    records = summaries(tx, record_ids={hold.record_id for hold, _, _ in rows})
    return tuple(
        Kept(
            hold_id=persisted(hold.id),
            barcode=item.barcode,
            record=records[hold.record_id],
            state=hold.state,
            card_number=card_number,
            pickup_branch=hold.pickup_branch,
            pickup_by=hold.pickup_by,
            cancel_asked_at=hold.cancel_asked_at,
        )
        for hold, item, card_number in rows
    )


def _series_in(waiting: Mapping[int, Sequence[Waiting]]) -> set[int]:
    return {one.series_id for line in waiting.values() for one in line if one.series_id is not None}


def _moving(tx: Session, branch_code: str, limit: int) -> Sequence[tuple[Item, str, Summary]]:
    """Return the items at a branch that are not where they should be, and where that is."""
    rows = tx.exec(
        select(Item, Hold.pickup_branch)
        .join(Hold, col(Hold.item_id) == Item.id, isouter=True)
        .where(
            text("item.state <> 'on_shelf'"),  # in the words of the index of what is away
            or_(
                Item.state == ItemState.IN_TRANSIT,
                (col(Item.state) == ItemState.ON_HOLD_SHELF) & col(Hold.id).is_(None),
            ),
            _is_at(branch_code),
        )
        .order_by(col(Item.id))
        .limit(limit)
    ).all()
    records = summaries(tx, record_ids={item.record_id for item, _ in rows})
    return [(item, pickup or item.branch_code, records[item.record_id]) for item, pickup in rows]


def _is_on_shelf() -> ColumnElement[bool]:
    at_home = select(Loan.id).where(Loan.item_id == Item.id, col(Loan.returned_at).is_(None))
    return col(Item.for_loan) & (col(Item.state) == ItemState.ON_SHELF) & ~at_home.exists()


def _is_at(branch_code: str) -> ColumnElement[bool]:
    return or_(
        col(Item.at_branch) == branch_code,
        col(Item.at_branch).is_(None) & (col(Item.branch_code) == branch_code),
    )


def _where(item: Item) -> str:
    return item.at_branch or item.branch_code


def _by_shelf(item: Item) -> tuple[str, str, str]:
    return (item.place, item.call_number, item.barcode)
