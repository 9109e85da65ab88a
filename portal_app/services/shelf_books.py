"""The books of a shelf: looking at them, taking them off, ordering, noting and marking them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from portal_app.data import shelf_books
from portal_app.data.database import reading, transactional
from portal_app.data.shelf_books import books_of, count_of, on_shelf, open_shelf
from portal_app.data.standings import lock_patron
from portal_app.data.summaries import Summary, summaries
from portal_app.data.tables import BibliographicRecord, ShelfBook
from portal_app.domain import shelves as rules
from portal_app.domain.shelves import (
    Chosen,
    Meeting,
    Place,
    Refusal,
    ShelfKey,
    View,
)
from portal_app.services.shelves import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A record on a shelf. One that has left the catalogue is shown as it was last known."""

    shelf_id: str
    record: Summary
    added_at: dt.datetime
    note: str
    is_read: bool
    has_left: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A page of a shelf. ``found`` has the records of all its pages, so that all can be chosen."""

    name: str = ""
    books: tuple[Book, ...] = ()
    found: tuple[int, ...] = ()
    page: int = 1
    pages: int = 0
    refused: Refusal | None = None


@reading
def look(tx: Session, *, patron_id: int, shelf_id: str | None, view: View) -> Contents:
    """Return a page of a shelf, or of all of the patron's shelves as one list (K-57, G-40)."""
    name = ""
    if shelf_id is not None:
        shelf = open_shelf(tx, key=ShelfKey(patron_id=patron_id, shelf_id=shelf_id))
        if isinstance(shelf, Refusal):
            return Contents(refused=shelf)
        name = shelf.name
    books = shelf_books.in_order(tx, patron_id=patron_id, shelf_id=shelf_id, sorting=view.sorting)
    pages = -(-len(books) // view.page_size)
    page = max(1, min(view.page, pages))
    first = (page - 1) * view.page_size
    return Contents(
        name=name,
        books=_shown(tx, patron_id, books[first : first + view.page_size]),
        found=tuple(record_id for _, record_id in books),
        page=page,
        pages=pages,
    )


@transactional
def remove(tx: Session, *, chosen: Chosen, now: dt.datetime) -> Outcome:
    """Take books off a shelf (K-59b). Put there again within a while, they have their notes."""
    lock_patron(tx, patron_id=chosen.shelf.patron_id)
    shelf = open_shelf(tx, key=chosen.shelf)
    if isinstance(shelf, Refusal):
        return Outcome(refused=shelf)
    there = on_shelf(tx, chosen=chosen)
    for book in there.values():
        book.removed_at = now
    tx.flush()
    return Outcome(
        meeting=Meeting.ALREADY_GONE if len(there) < len(set(chosen.record_ids)) else None,
        count=count_of(tx, key=chosen.shelf),
    )


@transactional
def place(tx: Session, *, chosen: Chosen, where: Place, after: int | None = None) -> Outcome:
    """Place books elsewhere in the patron's own order, in the order in which they were chosen."""
    lock_patron(tx, patron_id=chosen.shelf.patron_id)
    shelf = open_shelf(tx, key=chosen.shelf)
    if isinstance(shelf, Refusal):
        return Outcome(refused=shelf)
    books = tx.exec(
        select(ShelfBook)
        .where(*books_of(chosen.shelf), col(ShelfBook.removed_at).is_(None))
        .order_by(col(ShelfBook.rank), col(ShelfBook.added_at), col(ShelfBook.record_id))
    ).all()
    by_number = {book.record_id: book for book in books}
    missing = set(chosen.record_ids) - by_number.keys()
    if missing == set(chosen.record_ids):
        return Outcome(refused=Refusal.NOT_ON_SHELF)
    order = {book.record_id: book.rank for book in books}
    ranks = rules.placed(order, chosen.record_ids, where=where, after=after)
    if ranks is None:
        return Outcome(refused=Refusal.NEIGHBOUR_IS_GONE)
    for record_id, rank in ranks.items():
        by_number[record_id].rank = rank
    return Outcome(meeting=Meeting.ALREADY_GONE if missing else None, count=len(books))


@transactional
def note(tx: Session, *, key: ShelfKey, record_id: int, note: str, seen_note: str) -> Outcome:
    """Write about a book. ``seen_note`` is what stood there where this was written."""
    lock_patron(tx, patron_id=key.patron_id)
    shelf = open_shelf(tx, key=key)
    if isinstance(shelf, Refusal):
        return Outcome(refused=shelf)
    book = on_shelf(tx, chosen=Chosen(shelf=key, record_ids=(record_id,))).get(record_id)
    if book is None:
        return Outcome(refused=Refusal.NOT_ON_SHELF)
    written = rules.tidy_note(note)
    noted = rules.joined(there=book.note, seen=rules.tidy_note(seen_note), written=written)
    if len(written) > rules.MOST_IN_NOTE or len(noted.note) > rules.MOST_IN_JOINED_NOTES:
        return Outcome(refused=Refusal.NOTE_TOO_LONG, limit=rules.MOST_IN_NOTE)
    book.note = noted.note
    return Outcome(meeting=noted.meeting)


@transactional
def mark(tx: Session, *, chosen: Chosen, is_read: bool) -> Outcome:
    """Mark books as read or as not read yet."""
    lock_patron(tx, patron_id=chosen.shelf.patron_id)
    shelf = open_shelf(tx, key=chosen.shelf)
    if isinstance(shelf, Refusal):
        return Outcome(refused=shelf)
    there = on_shelf(tx, chosen=chosen)
    if not there:
        return Outcome(refused=Refusal.NOT_ON_SHELF)
    for book in there.values():
        book.is_read = is_read
    is_whole = len(there) == len(set(chosen.record_ids))
    return Outcome(meeting=None if is_whole else Meeting.ALREADY_GONE)


def _shown(tx: Session, patron_id: int, books: Sequence[shelf_books.Standing]) -> tuple[Book, ...]:
    record_ids = {record_id for _, record_id in books}
    records = summaries(tx, record_ids=record_ids)
    found = tx.exec(
        select(ShelfBook, col(BibliographicRecord.left_on))
        .join(BibliographicRecord, col(BibliographicRecord.id) == ShelfBook.record_id)
        .where(
            ShelfBook.patron_id == patron_id,
            col(ShelfBook.shelf_id).in_({shelf_id for shelf_id, _ in books}),
            col(ShelfBook.record_id).in_(record_ids),
        )
    )
    rows = {(book.shelf_id, book.record_id): (book, left_on) for book, left_on in found}
    return tuple(
        Book(
            shelf_id=book.shelf_id,
            record=records[book.record_id],
            added_at=book.added_at,
            note=book.note,
            is_read=book.is_read,
            has_left=left_on is not None,
        )
        for book, left_on in (rows[one] for one in books)
    )
