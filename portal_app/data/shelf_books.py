"""A patron's shelf, what stands on it, in which order, and by which words it is found."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from portal_app.data.statements import Statements
from portal_app.data.tables import Shelf, ShelfBook
from portal_app.domain.shelves import Chosen, Refusal, ShelfKey, Sort, Sorting

MOST_BOOKS = 5_000  # of one list; a shelf has fewer

# As a column of a statement about shelves.
BOOKS_ON_IT = (
    select(func.count())
    .select_from(ShelfBook)
    .where(
        ShelfBook.patron_id == Shelf.patron_id,
        ShelfBook.shelf_id == Shelf.id,
        col(ShelfBook.removed_at).is_(None),
    )
    .correlate(Shelf)
    .scalar_subquery()
)

# What has no author, call number or year stands last, whichever way the rest is sorted.
_ORDERS = {
    Sort.ADDED: "book.added_at {d}",
    Sort.TITLE: "record.title_sort{c} {d}",
    Sort.AUTHOR: ("NULLIF(record.author_sort, ''){c} {d} NULLS LAST, record.title_sort{c} {d}"),
    Sort.CALL_NUMBER: (
        "(SELECT item.call_number FROM item WHERE item.record_id = record.id"
        " AND item.call_number <> '' ORDER BY item.id LIMIT 1){c} {d} NULLS LAST,"
        " record.title_sort{c} {d}"
    ),
    Sort.PUBLISHED: (
        "record.published_year {d} NULLS LAST, NULLIF(record.published_on, ''){c} {d} NULLS LAST"
    ),
    Sort.OWN: "book.rank {d}",
}
_COLLATED = {"sqlite": "", "postgresql": ' COLLATE "C"'}
_PLACE = {"sqlite": "?", "postgresql": "%s"}

_BOOKS = """
    SELECT book.shelf_id, book.record_id FROM shelf_book AS book
    JOIN shelf ON shelf.patron_id = book.patron_id AND shelf.id = book.shelf_id
    JOIN bibliographic_record AS record ON record.id = book.record_id
    WHERE book.patron_id = {place} AND book.removed_at IS NULL AND shelf.deleted_at IS NULL {of_it}
    ORDER BY {order}, book.added_at, book.record_id, book.shelf_id LIMIT {limit:d}"""

Standing = tuple[str, int]  # a record on a shelf


def open_shelf(tx: Session, *, key: ShelfKey) -> Shelf | Refusal:
    """Return a shelf of the patron's, or why nothing can be done with it."""
    shelf = tx.get(Shelf, (key.patron_id, key.shelf_id))
    if shelf is None:
        return Refusal.NO_SUCH_SHELF
    return Refusal.SHELF_IS_DELETED if shelf.deleted_at is not None else shelf


def count_of(tx: Session, *, key: ShelfKey) -> int:
    """Return how many books stand on a shelf."""
    return tx.exec(
        select(func.count())
        .select_from(ShelfBook)
        .where(
            ShelfBook.patron_id == key.patron_id,
            ShelfBook.shelf_id == key.shelf_id,
            col(ShelfBook.removed_at).is_(None),
        )
    ).one()


def books_of(key: ShelfKey) -> tuple[sa.ColumnElement[bool], ...]:
    """Return what holds for the books of a shelf, and for no other patron's."""
    return (col(ShelfBook.patron_id) == key.patron_id, col(ShelfBook.shelf_id) == key.shelf_id)


def ever_on_shelf(tx: Session, *, chosen: Chosen) -> dict[int, ShelfBook]:
    """Return the chosen books, also those that were taken off and are not forgotten yet."""
    found = tx.exec(
        select(ShelfBook).where(
            *books_of(chosen.shelf), col(ShelfBook.record_id).in_(chosen.record_ids)
        )
    )
    return {book.record_id: book for book in found}


def on_shelf(tx: Session, *, chosen: Chosen) -> Mapping[int, ShelfBook]:
    """Return the chosen books that stand on their shelf."""
    ever = ever_on_shelf(tx, chosen=chosen)
    return {number: book for number, book in ever.items() if book.removed_at is None}


def in_order(
    tx: Session, *, patron_id: int, shelf_id: str | None, sorting: Sorting
) -> list[Standing]:
    """Return what stands on a shelf, or on all of the patron's, in one order."""
    statements = Statements(tx)
    order = _ORDERS[sorting.by].format(
        c=_COLLATED[statements.kind], d="DESC" if sorting.is_descending else "ASC"
    )
    place = _PLACE[statements.kind]
    sql = _BOOKS.format(
        place=place,
        of_it="" if shelf_id is None else f"AND book.shelf_id = {place}",
        order=order,
        limit=MOST_BOOKS,
    )
    asked = (patron_id,) if shelf_id is None else (patron_id, shelf_id)
    return [(shelf, record_id) for shelf, record_id in statements.rows(sql, asked)]
