"""Putting records on shelves, and books of a shelf on another one."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from portal_app.data.database import transactional
from portal_app.data.fitting import table_of
from portal_app.data.shelf_books import books_of, count_of, ever_on_shelf, open_shelf
from portal_app.data.standings import lock_patron
from portal_app.data.tables import BibliographicRecord, Shelf, ShelfBook
from portal_app.domain import policies
from portal_app.domain import shelves as rules
from portal_app.domain.shelves import UNSORTED, Chosen, Refusal, ShelfKey

# Books without an object for each, which would take as long as all the rest.
_ROWS = table_of(ShelfBook)


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
    for patron_id in {key.patron_id for key in keys}:
        lock_patron(tx, patron_id=patron_id)
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
        gone = (*carried.put, *carried.already_there)
        tx.execute(
            sa.delete(_ROWS).where(*books_of(chosen.shelf), col(ShelfBook.record_id).in_(gone))
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
    books = _written(tx, chosen)
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
    wanted: Mapping[int, sa.Row[Any] | None],
    policy: policies.Shelf,
    now: dt.datetime,
) -> Put:
    """Put records on a shelf, each with its book on another shelf if it comes from there."""
    shelf = _shelf_to_fill(tx, key, policy, now)
    if isinstance(shelf, Refusal):
        return Put(shelf_id=key.shelf_id, refused=shelf)
    there = ever_on_shelf(tx, chosen=Chosen(shelf=key, record_ids=tuple(wanted)))
    brought = {one for one, carried in wanted.items() if carried} | {*there}
    known = brought | _known(tx, wanted.keys() - brought)
    count, last = _extent(tx, key)
    put: list[int] = []
    already: list[int] = []
    left_out: dict[int, Refusal] = {}
    new: list[Mapping[str, object]] = []
    for record_id, carried in wanted.items():
        book = there.get(record_id)
        if book is not None and book.removed_at is None:
            already.append(record_id)
            _write_down(book, carried)
        elif record_id not in known:
            left_out[record_id] = Refusal.NOT_IN_CATALOGUE
        elif count + len(put) >= policy.items_max:
            left_out[record_id] = Refusal.SHELF_IS_FULL
        else:
            put.append(record_id)
            # One microsecond apart, so that the shelf keeps the order of the request.
            added_at = now + dt.timedelta(microseconds=len(put))
            rank = last + rules.STEP * len(put)
            if book is None:
                new.append(_new_book(key, record_id, carried, added_at=added_at, rank=rank))
            else:
                book.removed_at, book.added_at, book.rank = None, added_at, rank
                _write_down(book, carried)
    if new:
        tx.execute(sa.insert(_ROWS), new)
    tx.flush()
    return Put(
        shelf_id=key.shelf_id,
        put=tuple(put),
        already_there=tuple(already),
        left_out=left_out,
        count=count + len(put),
    )


def _written(tx: Session, chosen: Chosen) -> Mapping[int, sa.Row[Any]]:
    """Return what the patron has written about the chosen books, also of those taken off."""
    books = tx.execute(
        sa.select(
            col(ShelfBook.record_id),
            col(ShelfBook.note),
            col(ShelfBook.is_read),
            col(ShelfBook.removed_at),
        ).where(*books_of(chosen.shelf), col(ShelfBook.record_id).in_(chosen.record_ids))
    )
    return {book.record_id: book for book in books}


def _new_book(
    key: ShelfKey, record_id: int, carried: sa.Row[Any] | None, *, added_at: dt.datetime, rank: int
) -> Mapping[str, object]:
    """Return a row with what the patron has written about it on the shelf it comes from."""
    return {
        "patron_id": key.patron_id,
        "shelf_id": key.shelf_id,
        "record_id": record_id,
        "added_at": added_at,
        "rank": rank,
        "note": carried.note if carried else "",
        "is_read": carried is not None and carried.is_read,
    }


def _write_down(book: ShelfBook, carried: sa.Row[Any] | None) -> None:
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
    if not record_ids:
        return set()
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
