"""Our own CSV, and tables of books that others wrote, read back onto a shelf."""

import io
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from portal_app.exchange.encodings import encoding_of
from portal_app.exchange.outcomes import NotReadable
from portal_app.exchange.rows import Row, Table
from portal_app.exchange.shelf_columns import ReadLine, line_of, meanings_of

MOST_BYTES = 8 << 20
MOST_ROWS = 20_000

# A row that has none of these names no book.
_NAMES_A_BOOK = ("record_id", "isbn", "title")


class ListRefusal(StrEnum):
    """Why nothing of a file could be read."""

    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    NOT_A_TABLE = "not_a_table"
    NO_BOOK_COLUMN = "no_book_column"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTable:
    """What a file says. ``unread`` are the rows, counted from one, that name no book."""

    lines: tuple[ReadLine, ...] = ()
    unread: tuple[int, ...] = ()
    refusal: ListRefusal | None = None


def read_table(content: bytes) -> ReadTable:
    """Return the books of a table in any encoding in which spreadsheets save it."""
    if len(content) > MOST_BYTES:
        return ReadTable(refusal=ListRefusal.TOO_LARGE)
    stream = io.BytesIO(content)
    try:
        table = Table(stream, encoding=encoding_of(stream))
    except NotReadable:
        return ReadTable(refusal=ListRefusal.NOT_A_TABLE)
    meanings = meanings_of(table.headings)
    if not set(meanings) & set(_NAMES_A_BOOK):
        return ReadTable(refusal=ListRefusal.NO_BOOK_COLUMN)
    rows = list(islice(table.rows(), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        return ReadTable(refusal=ListRefusal.TOO_LARGE)
    lines: list[ReadLine] = []
    unread: list[int] = []
    for row in rows:
        cells = dict(zip(meanings, row.cells, strict=True)) if isinstance(row, Row) else {}
        if any(cells.get(name, "").strip() for name in _NAMES_A_BOOK):
            lines.append(line_of(cells, number=row.number))
        else:
            unread.append(row.number)
    return ReadTable(lines=tuple(lines), unread=tuple(unread))
