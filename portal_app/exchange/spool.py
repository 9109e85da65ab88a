"""Rows put aside on disk, so that those of one record can be brought together."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Self

from portal_app.exchange.rows import Row


class Spool:
    """Rows by key. Keys keep the order in which they first came, rows of a key too.

    Rows of one work may stand far apart, as in the catalogue of Aozora Bunko, and
    a file may be larger than memory.
    """

    def __init__(self) -> None:
        """Open an empty spool."""
        self._folder = tempfile.TemporaryDirectory(prefix="portal-import-")
        self._database = sqlite3.connect(Path(self._folder.name) / "rows.db")
        self._database.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000;"
            "CREATE TABLE record (place INTEGER PRIMARY KEY, key TEXT UNIQUE);"
            "CREATE TABLE row (place INTEGER, number INTEGER, cells TEXT,"
            " PRIMARY KEY (place, number)) WITHOUT ROWID;"
        )

    def __enter__(self) -> Self:
        """Use the spool."""
        return self

    def __exit__(self, *_: object) -> None:
        """Throw the spool away."""
        self._database.close()
        self._folder.cleanup()

    def put(self, keyed_rows: Sequence[tuple[str, Row]]) -> None:
        """Put rows aside."""
        self._database.executemany(
            "INSERT INTO record (key) VALUES (?) ON CONFLICT DO NOTHING",
            [(key,) for key, _ in keyed_rows],
        )
        self._database.executemany(
            "INSERT INTO row SELECT place, ?, ? FROM record WHERE key = ?",
            [(row.number, json.dumps(row.cells), key) for key, row in keyed_rows],
        )

    def count(self) -> int:
        """Return how many records the rows make."""
        return self._database.execute("SELECT count(*) FROM record").fetchone()[0]

    def records(self) -> Iterator[list[Row]]:
        """Return the rows of each record."""
        found = self._database.execute(
            "SELECT place, number, cells FROM row ORDER BY place, number"
        )
        for _, rows in groupby(found, key=itemgetter(0)):
            yield [Row(number=number, cells=tuple(json.loads(cells))) for _, number, cells in rows]
