"""What somebody can find out who has the whole database: rows that belong together.

Two rows belong together when one names the other, and when both have a value that is in
few rows: a moment, a number that was drawn by lot, a rare due date, in PostgreSQL also the
transaction that wrote them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import SQLModel

# A value that so many rows have in common tells of none of them.
CROWD = 5
# Everybody is at a branch, and everybody reads the catalogue.
NOBODYS = frozenset({"branch", "branch_hours"})
# The catalogue itself: where a search ends.
TITLES = frozenset({"loan", "item", "bibliographic_record"})

Row = tuple[str, int]
Tables = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Dump:
    """Every row of every table."""

    tables: Tables

    @classmethod
    def of(cls, engine: Engine) -> "Dump":
        """Read everything, in PostgreSQL with the transaction that wrote each row."""
        is_postgresql = engine.dialect.name == "postgresql"
        hidden = ", xmin::text AS _xmin, xmax::text AS _xmax" if is_postgresql else ""
        with engine.connect() as connection:
            return cls(
                {
                    table.name: [
                        dict(row)
                        for row in connection.execute(
                            sa.text(f'SELECT *{hidden} FROM "{table.name}"')  # noqa: S608  our own names
                        ).mappings()
                    ]
                    for table in SQLModel.metadata.sorted_tables
                }
            )

    def way_to_a_title(self, patron_id: int) -> list[str]:
        """Return how one gets from a patron to anything that was lent, or nothing."""
        neighbours = self._neighbours()
        [start] = [
            ("patron", number)
            for number, row in enumerate(self.tables["patron"])
            if row["id"] == patron_id
        ]
        ways: dict[Row, list[str]] = {start: ["patron"]}
        reached = [start]
        while reached:
            here = reached.pop()
            for there, why in neighbours[here]:
                if there in ways or there[0] in NOBODYS | {"patron"}:
                    continue
                ways[there] = [*ways[here], f"{there[0]} by {why}"]
                if there[0] in TITLES:
                    return ways[there]
                reached.append(there)
        return []

    def _neighbours(self) -> Mapping[Row, set[tuple[Row, str]]]:
        pairs: dict[Row, set[tuple[Row, str]]] = defaultdict(set)
        for one, other, why in [*self._by_name(), *self._by_value()]:
            pairs[one].add((other, why))
            pairs[other].add((one, why))
        return pairs

    def _by_name(self) -> Iterator[tuple[Row, Row, str]]:
        for table in SQLModel.metadata.sorted_tables:
            for key in table.foreign_keys:
                named = defaultdict(list)
                for number, row in enumerate(self.tables[key.column.table.name]):
                    named[row[key.column.name]].append((key.column.table.name, number))
                for number, row in enumerate(self.tables[table.name]):
                    for other in named.get(row[key.parent.name], []):
                        yield (table.name, number), other, key.parent.name

    def _by_value(self) -> Iterator[tuple[Row, Row, str]]:
        among: dict[Any, list[tuple[Row, str]]] = defaultdict(list)
        for name, rows in self.tables.items():
            for number, row in enumerate(rows):
                for column, value in row.items():
                    for telling in _telling(column, value):
                        among[telling].append(((name, number), column))
        for shared in among.values():
            if len({row for row, _ in shared}) > CROWD:
                continue
            for one, column in shared:
                for other, _ in shared:
                    if one != other:
                        yield one, other, column


def _telling(column: str, value: Any) -> Iterator[Any]:
    """Return what a value may be recognized by in another row."""
    if column in ("_xmin", "_xmax"):  # who wrote it, and who locked it last
        if value != "0":
            yield ("transaction", value)
        return
    if isinstance(value, str) and (moment := _moment(value)) is not None:
        value = moment
    if isinstance(value, dt.datetime):
        if value.time() != dt.time():
            yield ("moment", value.replace(microsecond=0, tzinfo=None))
        yield ("day", value.date())
    elif isinstance(value, dt.date):
        yield ("day", value)
    elif isinstance(value, bytes | str) and len(value) >= 8:
        yield ("text", bytes(value) if isinstance(value, bytes) else value)


def _moment(text: str) -> dt.datetime | dt.date | None:
    if len(text) < 10 or text[4:5] != "-":
        return None
    try:
        return dt.date.fromisoformat(text) if len(text) == 10 else dt.datetime.fromisoformat(text)
    except ValueError:
        return None
