"""What fits into a column."""

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

_CUT = "…"


def table_of(kind: type[SQLModel]) -> sa.Table:
    """Return the table behind a class, for statements that write many rows at once."""
    return SQLModel.metadata.tables[str(kind.__tablename__)]


def length_of(kind: type[SQLModel], column: str) -> int:
    """Return how many characters a column takes, or nought when it takes any number."""
    return _lengths(str(kind.__tablename__)).get(column, 0)


def fitted(kind: type[SQLModel], /, **values: Any) -> dict[str, Any]:  # noqa: ANN401  as columns
    """Return values, with text that is too long for its column cut.

    PostgreSQL refuses what SQLite would store, and one endless volume title should
    not cost a record.
    """
    lengths = _lengths(str(kind.__tablename__))
    return {column: _fit(value, lengths.get(column, 0)) for column, value in values.items()}


@cache
def _lengths(table: str) -> dict[str, int]:
    columns = SQLModel.metadata.tables[table].columns
    return {column.name: getattr(column.type, "length", None) or 0 for column in columns}


def _fit(value: object, length: int) -> object:
    # Members of an enum are longer than they look only to Python.
    if type(value) is str and length and len(value) > length:
        return value[: length - len(_CUT)] + _CUT
    return value
