"""What fits into a column."""

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

_CUT = "…"


def table_of(kind: type[SQLModel]) -> sa.Table:
    """Return the table behind a class, for statements that write many rows at once."""
    return SQLModel.metadata.tables[str(kind.__tablename__)]


@cache
def length_of(kind: type[SQLModel], column: str) -> int:
    """Return how many characters a column takes."""
    return getattr(table_of(kind).c[column].type, "length", None) or 0


def fitted(kind: type[SQLModel], /, **values: Any) -> dict[str, Any]:  # noqa: ANN401  as columns
    """Return values, with text that is too long for its column cut.

    PostgreSQL refuses what SQLite would store, and one endless volume title should
    not cost a record.
    """
    return {
        column: _fit(value, length_of(kind, column))  # pyright: ignore[reportArgumentType]  hashable
        for column, value in values.items()
    }


def _fit(value: object, length: int) -> object:
    # Members of an enum are longer than they look only to Python.
    if type(value) is str and length and len(value) > length:
        return value[: length - len(_CUT)] + _CUT
    return value
