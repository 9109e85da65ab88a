"""Statements that we write ourselves, for what every search and every list asks."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import Session

_PLACES = {"sqlite": "?", "postgresql": "%s"}


def kind_of(tx: Session) -> str:
    """Return ``sqlite`` or ``postgresql``."""
    return tx.connection().dialect.name


def place_in(tx: Session) -> str:
    """Return how the driver writes the place of a value in a statement."""
    return _PLACES[kind_of(tx)]


def rows_of(tx: Session, sql: str, asked: Sequence[object]) -> list[tuple[Any, ...]]:
    """Return what a statement finds, straight from the driver.

    SQLAlchemy's own way to a row takes longer than SQLite takes to find it.
    """
    cursor = tx.connection().connection.cursor()
    try:
        cursor.execute(sql, asked)
        return list(cursor.fetchall())
    finally:
        cursor.close()


def rows_among(tx: Session, sql: str, numbers: Collection[int]) -> list[tuple[Any, ...]]:
    """Return what a statement finds about these numbers, for which it has ``IN ({among})``."""
    return rows_of(tx, sql.format(among=", ".join([place_in(tx)] * len(numbers))), tuple(numbers))
