"""Cells that a spreadsheet would run, made harmless without losing a character."""

import re

# Spreadsheets set to Japanese take the full-width signs, too. What a user has written
# with an apostrophe gets one more, so that taking one away always gives the text back.
_WOULD_RUN = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_MARK = "'"


def harmless(cell: str) -> str:
    """Return a cell that every spreadsheet takes for text."""
    return _MARK + cell if _WOULD_RUN.match(cell) else cell


def as_meant(cell: str) -> str:
    """Return what a cell said before it was made harmless."""
    is_marked = cell.startswith(_MARK) and _WOULD_RUN.match(cell)
    return cell.removeprefix(_MARK) if is_marked else cell
