"""The same rows of a shelf, read and written by statements alone."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from portal_app.data.database import PRAGMAS

_ON_SHELF = """
  SELECT {columns} FROM shelf_book AS book
  JOIN bibliographic_record AS record ON record.id = book.record_id {join}
  WHERE book.patron_id = ? AND book.shelf_id = ? AND book.removed_at IS NULL {rest}"""
_READ = (
    _ON_SHELF.format(
        columns="""book.added_at, book.note, book.is_read, record.left_on, record.id, title,
          volume, series, publisher, published_on, material, audience, title_reading,
          published_year, title_sort, author_sort, (SELECT count(*) FROM hold
            WHERE hold.record_id = record.id AND hold.state = 'waiting')""",
        join="",
        rest="ORDER BY book.rank",
    ),
    _ON_SHELF.format(
        columns="creator.record_id, creator.name, creator.reading, creator.role",
        join="JOIN record_creator AS creator ON creator.record_id = record.id",
        rest="ORDER BY creator.record_id, creator.position",
    ),
    _ON_SHELF.format(
        columns="given.record_id, min(given.value)",
        join="JOIN record_identifier AS given ON given.record_id = record.id",
        rest="AND given.kind = 'isbn' GROUP BY given.record_id",
    ),
    _ON_SHELF.format(
        columns="item.record_id, item.branch_code, place, call_number, state, for_loan, loan.id",
        join="""JOIN item ON item.record_id = record.id
          LEFT JOIN loan ON loan.item_id = item.id AND loan.returned_at IS NULL""",
        rest="ORDER BY item.record_id, item.id",
    ),
)
_SORTED = _ON_SHELF.format(
    columns="book.record_id", join="", rest="ORDER BY title_sort, book.added_at"
)
_PAGE = (
    """SELECT id, title, volume, series, publisher, published_on, material, audience, left_on,
      (SELECT count(*) FROM hold WHERE hold.record_id = record.id AND hold.state = 'waiting')
      FROM bibliographic_record AS record WHERE id IN ({among})""",
    "SELECT record_id, name, role FROM record_creator WHERE record_id IN ({among})",
    """SELECT record_id, call_number, state, for_loan, loan.id FROM item
      LEFT JOIN loan ON loan.item_id = item.id AND loan.returned_at IS NULL
      WHERE record_id IN ({among})""",
)
# What must be known before anything is moved: that the shelves are there, what stands on
# them already, and how much still fits.
_SHELF = "SELECT name, deleted_at FROM shelf WHERE patron_id = ? AND id = ?"
_BOOKS = """
  SELECT record_id, added_at, rank, note, is_read, removed_at FROM shelf_book
  WHERE patron_id = ? AND shelf_id = ? AND record_id IN ({among})"""
_EXTENT = """
  SELECT count(*), max(rank) FROM shelf_book
  WHERE patron_id = ? AND shelf_id = ? AND removed_at IS NULL"""
_PUT = """
  INSERT INTO shelf_book (patron_id, shelf_id, record_id, added_at, rank, note, is_read)
  VALUES (?, ?, ?, ?, ?, ?, ?)"""
_TAKE_OFF = """
  DELETE FROM shelf_book WHERE patron_id = ? AND shelf_id = ? AND record_id IN ({among})"""


class BareShelf:
    """A shelf in a database, without the portal."""

    def __init__(self, file: Path, *, patron_id: int, shelf_id: str) -> None:
        """Open the database as the portal does."""
        self._connection = sqlite3.connect(file, isolation_level=None)
        for pragma in PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        self._shelf = (patron_id, shelf_id)

    def read(self) -> object:
        """Read all its books with all that is known of them."""
        return self._at_one_moment(
            lambda: [self._connection.execute(sql, self._shelf).fetchall() for sql in _READ]
        )

    def read_page(self, size: int) -> object:
        """Read which books it has, sorted by title, and the first page of them."""

        def read() -> object:
            numbers = [one for (one,) in self._connection.execute(_SORTED, self._shelf)][:size]
            among = ", ".join("?" * len(numbers))
            return [
                self._connection.execute(sql.format(among=among), numbers).fetchall()
                for sql in _PAGE
            ]

        return self._at_one_moment(read)

    def fetch(self, record_ids: Sequence[int], *, source_id: str) -> None:
        """Move books here from another shelf."""
        patron_id, shelf_id = self._shelf
        among = ", ".join("?" * len(record_ids))
        ask = self._connection.execute
        ask("BEGIN IMMEDIATE")
        for shelf in (source_id, shelf_id):
            ask(_SHELF, (patron_id, shelf)).fetchall()
        ask(_BOOKS.format(among=among), (patron_id, shelf_id, *record_ids)).fetchall()
        ask(_EXTENT, self._shelf).fetchall()
        books = ask(_BOOKS.format(among=among), (patron_id, source_id, *record_ids)).fetchall()
        rows = [(patron_id, shelf_id, *book[:-1]) for book in books]
        self._connection.executemany(_PUT, rows)
        ask(_TAKE_OFF.format(among=among), (patron_id, source_id, *record_ids))
        ask("COMMIT")

    def _at_one_moment(self, read: Callable[[], object]) -> object:
        self._connection.execute("BEGIN")
        found = read()
        self._connection.execute("COMMIT")
        return found
