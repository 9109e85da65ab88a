"""Catalogues in tables of text (CSV, TSV), with one row or several for a record."""

import hashlib
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from portal_app.domain.catalogue import IdentifierKind
from portal_app.exchange.columns import ColumnMapping, columns_of, folded
from portal_app.exchange.encodings import encoding_of
from portal_app.exchange.numbers import isbn_of
from portal_app.exchange.outcomes import Catalogued, NotReadable, Outcome, Reason, Rejected
from portal_app.exchange.rows import BadRow, Row, Table
from portal_app.exchange.spool import Spool
from portal_app.exchange.table_records import joined, record_of
from portal_app.exchange.wording import tidy

# Without a number of its own, a record is what these say.
_DESCRIPTION = (
    "title",
    "subtitle",
    "volume",
    "creators",
    "family_name",
    "publisher",
    "published_on",
)
_HEADINGS_SHOWN = 12
_BATCH = 1_000


class TableSource:
    """A table of text. Rows with the same key are one record."""

    def __init__(self, stream: BinaryIO, mapping: ColumnMapping) -> None:
        """Read the headings, or say why the file cannot be a catalogue."""
        self._mapping = mapping
        self._table = Table(stream, encoding=encoding_of(stream))
        self._columns = columns_of(self._table.headings, mapping)
        self._records = self._given = 0
        if not self._columns.places["title"]:
            shown = ", ".join(self._table.headings[:_HEADINGS_SHOWN])[:200]
            message = f"no heading is known to stand for the title (headings: {shown})"
            raise NotReadable(message)

    def outcomes(self) -> Iterator[Outcome]:
        """Return what becomes of each record, and of each row that belongs to none."""
        with Spool() as spool:
            yield from self._put_aside(spool)
            for rows in spool.records():
                self._given += 1
                yield from self._joined(rows)

    def share_read(self) -> float:
        """Return how much of the table has been given out."""
        return self._given / self._records if self._records else 0.0

    def _put_aside(self, spool: Spool) -> Iterator[Rejected]:
        rows = self._table.rows()
        while batch := list(islice(rows, _BATCH)):
            good = (row for row in batch if isinstance(row, Row))
            spool.put([(self._key(row), row) for row in good])
            for row in batch:
                if isinstance(row, BadRow):
                    yield Rejected(number=row.number, reason=row.reason, detail=row.detail)
        self._records = spool.count()

    def _key(self, row: Row) -> str:
        """Return the name of the record that a row is about, for this import and all later ones."""
        columns, cells = self._columns, row.cells
        if key := tidy(columns.cell("key", cells)):
            return f"{columns.source}:{key}" if columns.source else key
        isbn = isbn_of(columns.cell("isbn", cells))
        if isbn and isbn.kind == IdentifierKind.ISBN:
            # The volumes of a set may share one.
            return f"isbn:{isbn.value}:{tidy(columns.cell('volume', cells))}".rstrip(":")
        said = "\x1f".join(folded(columns.cell(meaning, cells)) for meaning in _DESCRIPTION)
        return f"content:{hashlib.sha256(said.encode()).hexdigest()}"

    def _joined(self, rows: list[Row]) -> Iterator[Outcome]:
        """Return the record that rows describe together, and the rows that describe another."""
        first, *others = rows
        record = record_of(first.cells, self._columns, self._mapping, key=self._key(first))
        if not record.title:
            yield from (Rejected(number=row.number, reason=Reason.NO_TITLE) for row in rows)
            return
        for row in others:
            other = record_of(row.cells, self._columns, self._mapping, key=record.key)
            if other.title == record.title:
                record = joined(record, other)
            else:
                reason = Reason.OTHER_TITLE if other.title else Reason.NO_TITLE
                yield Rejected(number=row.number, reason=reason)
        yield Catalogued(number=first.number, record=record)
