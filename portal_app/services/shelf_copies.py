"""Whole shelves, as a patron's device keeps them: it sorts, searches and edits by itself."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from portal_app.data.database import reading
from portal_app.data.shelf_books import BOOKS_ON_IT, MOST_BOOKS
from portal_app.data.shelf_details import Detail, details
from portal_app.data.summaries import Summary, summaries
from portal_app.data.tables import BibliographicRecord, Shelf, ShelfBook
from portal_app.domain.shelves import ShelfKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A record on a shelf. One that has left the catalogue is shown as it was last known."""

    shelf_id: str
    record: Summary
    detail: Detail
    added_at: dt.datetime
    note: str
    is_read: bool
    has_left: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The books of a shelf in the patron's own order.

    ``revision`` changes whenever a device would show something else.
    """

    revision: str
    books: tuple[Copy, ...]


_OF_A_BOOK = (
    col(ShelfBook.shelf_id),
    col(ShelfBook.record_id),
    col(ShelfBook.added_at),
    col(ShelfBook.note),
    col(ShelfBook.is_read),
    col(BibliographicRecord.left_on).is_not(None).label("has_left"),
)
_WRITTEN = TypeAdapter(tuple[Copy, ...])


@reading
def look(tx: Session, *, patron_id: int, shelf_ids: Collection[str] | None) -> Mapping[str, Held]:
    """Return these shelves of a patron, or all of them, each with all its books.

    Of somebody who has more than a device should carry, the first shelves are returned.
    """
    numbers = _within_reason(tx, patron_id, shelf_ids)
    copies = _copies(tx, patron_id, numbers)
    return {shelf_id: _held(copies[shelf_id]) for shelf_id in numbers}


@reading
def books(tx: Session, *, key: ShelfKey) -> tuple[Copy, ...]:
    """Return the books of a shelf of the patron's."""
    return _copies(tx, key.patron_id, [key.shelf_id])[key.shelf_id]


def _within_reason(tx: Session, patron_id: int, shelf_ids: Collection[str] | None) -> Sequence[str]:
    """Return the numbers of shelves that are not too many books together, the first at least."""
    wanted = () if shelf_ids is None else (col(Shelf.id).in_(shelf_ids),)
    counted = tx.exec(
        select(Shelf.id, BOOKS_ON_IT)
        .where(Shelf.patron_id == patron_id, col(Shelf.deleted_at).is_(None), *wanted)
        .order_by(col(Shelf.rank), col(Shelf.id))
    ).all()
    totals = accumulate(count for _, count in counted)
    return [
        shelf_id
        for place, ((shelf_id, _), total) in enumerate(zip(counted, totals, strict=True))
        if place == 0 or total <= MOST_BOOKS
    ]


def _copies(
    tx: Session, patron_id: int, shelf_ids: Sequence[str]
) -> Mapping[str, tuple[Copy, ...]]:
    books = _books(tx, patron_id, shelf_ids)
    record_ids = {book.record_id for shelf in books.values() for book in shelf}
    known, more = summaries(tx, record_ids=record_ids), details(tx, record_ids=record_ids)
    return {
        shelf_id: tuple(
            _copy(book, known[book.record_id], more[book.record_id]) for book in books[shelf_id]
        )
        for shelf_id in shelf_ids
    }


def _books(
    tx: Session, patron_id: int, shelf_ids: Sequence[str]
) -> Mapping[str, list[sa.Row[Any]]]:
    """Return what stands on each shelf in the patron's own order, and whether it has left."""
    found = tx.execute(
        # Columns, since objects would take more than twice as long.
        sa.select(*_OF_A_BOOK)
        .join(BibliographicRecord, col(BibliographicRecord.id) == ShelfBook.record_id)
        .where(
            col(ShelfBook.patron_id) == patron_id,
            col(ShelfBook.shelf_id).in_(shelf_ids),
            col(ShelfBook.removed_at).is_(None),
        )
        .order_by(
            col(ShelfBook.rank),
            col(ShelfBook.added_at),
            col(ShelfBook.record_id),
            col(ShelfBook.shelf_id),
        )
    )
    books: dict[str, list[sa.Row[Any]]] = defaultdict(list)
    for book in found:
        books[book.shelf_id].append(book)
    return books


def _copy(book: sa.Row[Any], record: Summary, detail: Detail) -> Copy:
    return Copy(
        shelf_id=book.shelf_id,
        record=record,
        detail=detail,
        added_at=book.added_at,
        note=book.note,
        is_read=book.is_read,
        has_left=book.has_left,
    )


def _held(copies: tuple[Copy, ...]) -> Held:
    digest = hashlib.sha256(_WRITTEN.dump_json(copies)).hexdigest()
    return Held(revision=digest[:16], books=copies)  # tells copies apart, no more
