"""What patrons have really done, written down by the database itself and not by the portal."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

# Each deed is an entry, whoever does it and however often, so a second one cannot hide
# behind a unique key.
BOOK = """
CREATE TABLE ledger (deed TEXT, patron_id INTEGER, record_id INTEGER);
CREATE TRIGGER ledger_cart_add AFTER INSERT ON cart_line BEGIN
  INSERT INTO ledger VALUES ('cart.add', NEW.patron_id, NEW.record_id);
END;
CREATE TRIGGER ledger_cart_remove AFTER DELETE ON cart_line BEGIN
  INSERT INTO ledger VALUES ('cart.remove', OLD.patron_id, OLD.record_id);
END;
CREATE TRIGGER ledger_loans_renew AFTER UPDATE OF renewals ON loan
WHEN NEW.renewals <> OLD.renewals BEGIN
  INSERT INTO ledger SELECT 'loans.renew', NEW.patron_id, item.record_id
  FROM item WHERE item.id = NEW.item_id;
END;
CREATE TRIGGER ledger_holds_place AFTER INSERT ON hold BEGIN
  INSERT INTO ledger VALUES ('holds.place', NEW.patron_id, NEW.record_id);
END;
CREATE TRIGGER ledger_holds_cancel AFTER UPDATE OF ended_at ON hold
WHEN NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL BEGIN
  INSERT INTO ledger VALUES ('holds.cancel', NEW.patron_id, NEW.record_id);
END;
"""

# Counts everything with everything, which takes about a third of a second.
SLOWLY = """
CREATE TRIGGER ledger_slowly AFTER INSERT ON ledger BEGIN
  SELECT max(a.id * b.id) FROM item a, item b, branch c, branch d;
END;
"""

DEEDS = """
SELECT ledger.deed, TRIM(record.title || ' ' || record.volume) FROM ledger
JOIN patron ON patron.id = ledger.patron_id
JOIN bibliographic_record record ON record.id = ledger.record_id
WHERE patron.card_number = :card_number ORDER BY ledger.rowid
"""
CART = """
SELECT TRIM(record.title || ' ' || record.volume) FROM cart_line
JOIN patron ON patron.id = cart_line.patron_id
JOIN bibliographic_record record ON record.id = cart_line.record_id
WHERE patron.card_number = :card_number ORDER BY cart_line.added_at, cart_line.record_id
"""
HOLDS = """
SELECT TRIM(record.title || ' ' || record.volume) FROM hold
JOIN patron ON patron.id = hold.patron_id
JOIN bibliographic_record record ON record.id = hold.record_id
WHERE patron.card_number = :card_number AND hold.ended_at IS NULL ORDER BY hold.placed_at, hold.id
"""
SERIES = """
SELECT series.number, TRIM(record.title || ' ' || record.volume) FROM hold
JOIN hold_series series ON series.id = hold.series_id
JOIN patron ON patron.id = hold.patron_id
JOIN bibliographic_record record ON record.id = hold.record_id
WHERE patron.card_number = :card_number ORDER BY series.number, hold.series_place
"""
SHELVED = """
SELECT shelf.name, TRIM(record.title || ' ' || record.volume) FROM shelf_book book
JOIN shelf ON shelf.patron_id = book.patron_id AND shelf.id = book.shelf_id
JOIN patron ON patron.id = book.patron_id
JOIN bibliographic_record record ON record.id = book.record_id
WHERE patron.card_number = :card_number
  AND book.removed_at IS NULL AND shelf.deleted_at IS NULL
ORDER BY shelf.rank, shelf.id, book.rank
"""
SHELVES = """
SELECT shelf.name FROM shelf JOIN patron ON patron.id = shelf.patron_id
WHERE patron.card_number = :card_number AND shelf.deleted_at IS NULL ORDER BY shelf.rank, shelf.id
"""
WRITTEN = """
SELECT shelf.name, TRIM(record.title || ' ' || record.volume), book.note, book.is_read
FROM shelf_book book
JOIN shelf ON shelf.patron_id = book.patron_id AND shelf.id = book.shelf_id
JOIN patron ON patron.id = book.patron_id
JOIN bibliographic_record record ON record.id = book.record_id
WHERE patron.card_number = :card_number
  AND book.removed_at IS NULL AND shelf.deleted_at IS NULL AND (book.note <> '' OR book.is_read)
ORDER BY shelf.rank, shelf.id, book.rank
"""
ANSWERS = """
SELECT answered.is_done, answered.reason FROM delivered_operation answered
JOIN patron ON patron.id = answered.patron_id
WHERE patron.card_number = :card_number ORDER BY answered.delivered_at, answered.rowid
"""
LETTERS = """
SELECT letter.kind, letter.address, letter.subject, letter.body FROM letter
JOIN patron ON patron.id = letter.patron_id
WHERE patron.card_number = :card_number ORDER BY letter.id
"""

SESSIONS = """
SELECT count(*) FROM patron_session
JOIN patron ON patron.id = patron_session.patron_id
WHERE patron.card_number = :card_number AND patron_session.ended_at IS NULL
"""


class Deed(NamedTuple):
    """Something that has come about, such as a renewal, and the title it was about."""

    kind: str
    title: str


class Remark(NamedTuple):
    """What a patron has written about a book on a shelf, and whether it is marked as read."""

    shelf: str
    title: str
    note: str
    is_read: bool


class Written(NamedTuple):
    """A letter to a patron: what it tells, where it goes and what it says."""

    kind: str
    address: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The book of one portal's database."""

    file: Path

    def begin(self) -> None:
        """Write down every deed from now on."""
        with self._open() as database:
            database.executescript(BOOK)

    def slow_down(self) -> None:
        """Let every deed take so long that something can come between two of them."""
        with self._open() as database:
            database.executescript(SLOWLY)

    def deeds_of(self, card_number: str) -> list[Deed]:
        """Return everything a patron has brought about, in its order."""
        return [Deed(*row) for row in self._ask(DEEDS, card_number)]

    def cart_of(self, card_number: str) -> list[str]:
        """Return the titles in a patron's cart."""
        return [title for [title] in self._ask(CART, card_number)]

    def open_holds_of(self, card_number: str) -> list[str]:
        """Return the titles a patron waits for."""
        return [title for [title] in self._ask(HOLDS, card_number)]

    def series_of(self, card_number: str) -> list[list[str]]:
        """Return the titles in each of a patron's series of holds, in their order."""
        series: dict[int, list[str]] = {}
        for number, title in self._ask(SERIES, card_number):
            series.setdefault(number, []).append(title)
        return list(series.values())

    def shelved_by(self, card_number: str) -> dict[str, list[str]]:
        """Return the titles on each of a patron's shelves, in the patron's own order."""
        shelves: dict[str, list[str]] = {}
        for name, title in self._ask(SHELVED, card_number):
            shelves.setdefault(name, []).append(title)
        return shelves

    def shelves_of(self, card_number: str) -> list[str]:
        """Return the names of a patron's shelves, also of empty ones, in the patron's own order."""
        return [name for [name] in self._ask(SHELVES, card_number)]

    def remarks_of(self, card_number: str) -> list[Remark]:
        """Return the notes and read marks of a patron, shelf by shelf."""
        return [
            Remark(shelf, title, note, bool(is_read))
            for shelf, title, note, is_read in self._ask(WRITTEN, card_number)
        ]

    def answers_to(self, card_number: str) -> list[tuple[bool, str]]:
        """Return what became of each operation that a patron's devices have sent, and why."""
        return [(bool(done), reason) for done, reason in self._ask(ANSWERS, card_number)]

    def letters_to(self, card_number: str) -> list[Written]:
        """Return the letters that were written to a patron, the first one first."""
        return [Written(*row) for row in self._ask(LETTERS, card_number)]

    def open_sessions_of(self, card_number: str) -> int:
        """Return in how many browsers a patron is signed in."""
        [[count]] = self._ask(SESSIONS, card_number)
        return count

    def _ask(self, question: str, card_number: str) -> list[tuple]:
        with self._open() as database:
            return database.execute(question, {"card_number": card_number}).fetchall()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.file, timeout=5)) as database, database:
            yield database
