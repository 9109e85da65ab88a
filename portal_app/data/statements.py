"""Statements that we write ourselves, for what every search and every list asks."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import Session

_PLACES = {"sqlite": "?", "postgresql": "%s"}


class Statements:
    """A transaction's way to the driver, past what would take longer than the database.

    SQLAlchemy takes longer to make a row than SQLite to find it.
    """

    __slots__ = ("_connection", "kind")

    def __init__(self, tx: Session) -> None:
        """Speak within this transaction. ``kind`` is ``sqlite`` or ``postgresql``."""
        connection = tx.connection()
        self.kind = connection.dialect.name
        self._connection = connection.connection

    def rows(self, sql: str, asked: Sequence[object]) -> list[tuple[Any, ...]]:
        """Return what a statement finds."""
        cursor = self._connection.cursor()
        try:
            cursor.execute(sql, asked)
            return list(cursor.fetchall())
        finally:
            cursor.close()

    def rows_among(self, sql: str, numbers: Collection[int]) -> list[tuple[Any, ...]]:
        """Return what a statement finds about these numbers, for which it has ``{among}``."""
        places = ", ".join([_PLACES[self.kind]] * len(numbers))
        return self.rows(sql.format(among=places), tuple(numbers))
