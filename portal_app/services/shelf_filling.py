"""Putting records on shelves, and books of a shelf on another one."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from portal_app.data.database import transactional
from portal_app.data.shelf_books import books_of, count_of, ever_on_shelf, open_shelf
from portal_app.data.standings import lock_patron
from portal_app.data.tables import BibliographicRecord, Shelf, ShelfBook
from portal_app.domain import policies
from portal_app.domain import shelves as rules
from portal_app.domain.shelves import UNSORTED, Chosen, Refusal, ShelfKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """What became of each record that was to be put on a shelf, and how many stand there now.

    ``refused`` says why nothing was put there at all, ``left_out`` why one was not.
    ``taken_off`` are those that somebody had taken off where they came from.
    """

    shelf_id: str
    refused: Refusal | None = None
    put: tuple[int, ...] = ()
    already_there: tuple[int, ...] = ()
    left_out: Mapping[int, Refusal] = field(default_factory=dict)
    taken_off: tuple[int, ...] = ()
    count: int = 0


@transactional
def add(
    tx: Session,
    *,
    keys: Sequence[ShelfKey],
    record_ids: Sequence[int],
    policy: policies.Shelf,
    now: dt.datetime,
) -> tuple[Put, ...]:
    """Put records on shelves, as many as fit on each, and say what was there already (K-56)."""
    wanted = dict.fromkeys(record_ids)
    return tuple(_put(tx, key, wanted, policy, now) for key in keys)


@transactional
def copy(
    tx: Session, *, chosen: Chosen, target_id: str, policy: policies.Shelf, now: dt.datetime
) -> Put:
    """Put books of a shelf on another one, too, with their notes (K-57)."""
    return _carry(tx, chosen, target_id, policy, now)


@transactional
def move(
    tx: Session, *, chosen: Chosen, target_id: str, policy: policies.Shelf, now: dt.datetime
) -> Put:
    """Put books of a shelf on another one instead, with their notes (K-57).

    What does not fit there stays here. What somebody has taken off here meanwhile
    stands there nevertheless: the patron wanted it there.
    """
    carried = _carry(tx, chosen, target_id, policy, now)
    if carried.refused is None and chosen.shelf.shelf_id != target_id:
        tx.execute(
            sa.delete(ShelfBook).where(
                *books_of(chosen.shelf),
                col(ShelfBook.record_id).in_((*carried.put, *carried.already_there)),
            )
        )
    return carried


def _carry(
    tx: Session, chosen: Chosen, target_id: str, policy: policies.Shelf, now: dt.datetime
) -> Put:
    """Put books of a shelf on another one, with what the patron has written about them."""
    source = chosen.shelf
    lock_patron(tx, patron_id=source.patron_id)
    shelf = open_shelf(tx, key=source)
    if isinstance(shelf, Refusal):
        return Put(shelf_id=target_id, refused=shelf)
    books = ever_on_shelf(tx, chosen=chosen)
    wanted = {record_id: books.get(record_id) for record_id in chosen.record_ids}
    target = ShelfKey(patron_id=source.patron_id, shelf_id=target_id)
    if target == source:
        return Put(shelf_id=target_id, already_there=tuple(wanted), count=count_of(tx, key=source))
    put = _put(tx, target, wanted, policy, now)
    gone = [one for one, book in wanted.items() if book is None or book.removed_at is not None]
    return replace(put, taken_off=tuple(gone))


def _put(
    tx: Session,
    key: ShelfKey,
    wanted: Mapping[int, ShelfBook | None],
    policy: policies.Shelf,
    now: dt.datetime,
) -> Put:
    """Put records on a shelf, each with its book on another shelf if it comes from there."""
    lock_patron(tx, patron_id=key.patron_id)
    shelf = _shelf_to_fill(tx, key, policy, now)
    if isinstance(shelf, Refusal):
        return Put(shelf_id=key.shelf_id, refused=shelf)
    there = ever_on_shelf(tx, chosen=Chosen(shelf=key, record_ids=tuple(wanted)))
    known = _known(tx, wanted) | {one for one, carried in wanted.items() if carried} | {*there}
    count, last = _extent(tx, key)
    put: list[int] = []
    already: list[int] = []
    left_out: dict[int, Refusal] = {}
    for record_id in wanted:
        book = there.get(record_id)
        if book is not None and book.removed_at is None:
            already.append(record_id)
        elif record_id not in known:
            left_out[record_id] = Refusal.NOT_IN_CATALOGUE
        elif count + len(put) >= policy.items_max:
            left_out[record_id] = Refusal.SHELF_IS_FULL
        else:
            put.append(record_id)
            there[record_id] = book or _new_book(key, record_id, now)
            there[record_id].removed_at = None
            # One microsecond apart, so that the shelf keeps the order of the request.
            there[record_id].added_at = now + dt.timedelta(microseconds=len(put))
            there[record_id].rank = last + rules.STEP * len(put)
    for record_id in (*put, *already):
        _write_down(there[record_id], wanted[record_id])
    tx.add_all(there.values())
    tx.flush()
    return Put(
        shelf_id=key.shelf_id,
        put=tuple(put),
        already_there=tuple(already),
        left_out=left_out,
        count=count + len(put),
    )


def _new_book(key: ShelfKey, record_id: int, now: dt.datetime) -> ShelfBook:
    return ShelfBook(
        patron_id=key.patron_id,
        shelf_id=key.shelf_id,
        record_id=record_id,
        added_at=now,
        rank=0,
    )


def _write_down(book: ShelfBook, carried: ShelfBook | None) -> None:
    """Give a book what the patron has written about it on the shelf it comes from."""
    if carried is not None:
        book.note = rules.joined(there=book.note, seen="", written=carried.note).note
        book.is_read = book.is_read or carried.is_read


def _shelf_to_fill(
    tx: Session, key: ShelfKey, policy: policies.Shelf, now: dt.datetime
) -> Shelf | Refusal:
    """Return a shelf; what has no category is there as soon as something is put there."""
    shelf = open_shelf(tx, key=key)
    is_one_list = policy.model is policies.ShelfModel.CATEGORIES
    if shelf is Refusal.NO_SUCH_SHELF and key.shelf_id == UNSORTED and is_one_list:
        shelf = Shelf(patron_id=key.patron_id, id=UNSORTED, name="", rank=0, created_at=now)
        tx.add(shelf)
        tx.flush()  # books need their shelf first
    return shelf


def _known(tx: Session, record_ids: Collection[int]) -> set[int | None]:
    """Return which of the records are in the catalogue."""
    return set(
        tx.exec(
            select(BibliographicRecord.id).where(
                col(BibliographicRecord.id).in_(record_ids),
                col(BibliographicRecord.left_on).is_(None),
            )
        )
    )


def _extent(tx: Session, key: ShelfKey) -> tuple[int, int]:
    """Return how many books stand on a shelf, and the rank of the last."""
    count, last = tx.exec(
        select(func.count(), func.max(ShelfBook.rank)).where(
            *books_of(key), col(ShelfBook.removed_at).is_(None)
        )
    ).one()
    return count, last or 0
