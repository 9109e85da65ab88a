"""Rows of a table of text, and what is wrong with those that are none."""

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from portal_app.exchange.outcomes import NotReadable, Reason

DELIMITERS = (",", "\t", ";", "|")
_LONGEST_LINE = 1 << 20
_MOST_LINES_IN_A_ROW = 500
_REPLACED = "\ufffd"
_ENDED = ("\n", "\r")
_QUOTE = '"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row. ``number`` counts from one below the headings."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """What stands where a row should."""

    number: int
    reason: Reason
    detail: str = ""


class Table:
    """A table of text, read from its headings to its end."""

    def __init__(self, stream: BinaryIO, *, encoding: str) -> None:
        """Read the headings of ``stream``, and guess by which character cells are parted."""
        # Quoted cells keep their own line ends, so Python may not translate them.
        self._text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
        self._waiting: deque[str] = deque()
        self._breaks_off = False
        self.headings: tuple[str, ...] = ()
        first = self._line()
        while first and not first.strip():
            first = self._line()
        if not first or len(first) >= _LONGEST_LINE:
            message = "it has no headings"
            raise NotReadable(message)
        self.delimiter = max(DELIMITERS, key=first.count)
        self._waiting.append(first)
        headings = self._cells()
        if headings is None or isinstance(headings, Reason):
            message = "its headings cannot be read"
            raise NotReadable(message)
        self.headings = tuple(heading.strip() for heading in headings)

    def rows(self) -> Iterator[Row | BadRow]:
        """Return each row that is not empty."""
        number = 0
        while True:
            cells = self._cells()
            if cells is None:
                return
            if isinstance(cells, tuple) and not any(cell.strip() for cell in cells):
                continue
            number += 1
            yield self._row(number, cells)

    def _row(self, number: int, cells: tuple[str, ...] | Reason) -> Row | BadRow:
        if isinstance(cells, Reason):
            return BadRow(number=number, reason=cells)
        width = len(self.headings)
        if any(cells[width:]):
            counts = f"{len(cells)} cells, {width} headings"
            return BadRow(number=number, reason=Reason.TOO_MANY_CELLS, detail=counts)
        if len(cells) < width and self._breaks_off:
            return BadRow(number=number, reason=Reason.TRUNCATED)
        if any(_REPLACED in cell for cell in cells):
            return BadRow(number=number, reason=Reason.BAD_TEXT)
        # Spreadsheets leave out the empty cells at the end of a row.
        return Row(number=number, cells=(*cells, *[""] * width)[:width])

    def _cells(self) -> tuple[str, ...] | Reason | None:
        """Return the cells of the next row, which may take several lines."""
        lines = [self._line()]
        if not lines[0]:
            return None
        if len(lines[0]) >= _LONGEST_LINE and not lines[0].endswith(_ENDED):
            return self._skip_line()
        cells = self._parsed(lines)
        while cells is None:
            line = self._line()
            lines.append(line)
            is_too_much = len(lines) > _MOST_LINES_IN_A_ROW or sum(map(len, lines)) > _LONGEST_LINE
            if not line or is_too_much:
                return self._without_quote(lines)
            if _QUOTE in line:
                cells = self._parsed(lines)
        if len(lines) > 1 and not isinstance(cells, Reason) and self._is_too_wide(cells):
            # A quotation mark without its fellow has swallowed the rows below.
            return self._without_quote(lines)
        self._breaks_off = not lines[-1].endswith(_ENDED)
        return cells

    def _is_too_wide(self, cells: tuple[str, ...]) -> bool:
        return bool(self.headings) and len(cells) > len(self.headings)

    def _parsed(self, lines: list[str]) -> tuple[str, ...] | Reason | None:
        """Return the cells of these lines, or nothing when a quoted cell goes on."""
        if len(lines) > 1 and sum(line.count(_QUOTE) for line in lines) % 2:
            return None
        try:
            return tuple(next(self._reader(lines, strict=True), ()))
        except csv.Error as mistake:
            if "unexpected end of data" in str(mistake):
                return None
        try:  # a quotation mark inside a cell that has none around it
            return tuple(next(self._reader(lines, strict=False), ()))
        except csv.Error:
            return Reason.TOO_LONG

    def _reader(self, lines: list[str], *, strict: bool) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self.delimiter, strict=strict)

    def _without_quote(self, lines: list[str]) -> Reason:
        """Give up the first of these lines, and read the others again."""
        self._waiting.extendleft(line for line in reversed(lines[1:]) if line)
        return Reason.QUOTE_NOT_CLOSED

    def _skip_line(self) -> Reason:
        while (more := self._line()) and not more.endswith(_ENDED):
            pass
        return Reason.TOO_LONG

    def _line(self) -> str:
        if self._waiting:
            return self._waiting.popleft()
        return self._text.readline(_LONGEST_LINE)
