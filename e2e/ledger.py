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
ANSWERS = """
SELECT answered.is_done, answered.reason FROM delivered_operation answered
JOIN patron ON patron.id = answered.patron_id
WHERE patron.card_number = :card_number ORDER BY answered.delivered_at, answered.rowid
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

    def answers_to(self, card_number: str) -> list[tuple[bool, str]]:
        """Return what became of each operation that a patron's devices have sent, and why."""
        return [(bool(done), reason) for done, reason in self._ask(ANSWERS, card_number)]

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
