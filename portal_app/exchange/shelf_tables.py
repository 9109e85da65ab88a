"""Shelves as tables: CSV, and Excel."""

import datetime as dt
import io
import re
from collections.abc import Sequence
from itertools import chain, count
from typing import TYPE_CHECKING

from portal_app.exchange.display_width import width_of
from portal_app.exchange.formulas import harmless
from portal_app.exchange.shelf_columns import COLUMNS, cells_of, headings
from portal_app.exchange.shelf_files import ShelfFile, TakenShelf, file_name, on_one_line
from portal_app.text import Lang, say

if TYPE_CHECKING:
    import pandas as pd

CSV_TYPE = "text/csv; charset=utf-8"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# What Excel allows: in a cell, in the name of a sheet, and for that name.
_LONGEST_CELL = 32_767
_LONGEST_SHEET_NAME = 31
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_RESERVED_SHEET_NAME = "history"

_NARROWEST, _WIDEST = 6, 48
_CUT = "…"
# Neither a formula, nor a link, nor a number is ever made of what somebody has written.
_ONLY_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def as_csv(shelves: Sequence[TakenShelf], *, name: str, lang: Lang) -> ShelfFile:
    """Return shelves as one table that Excel opens as it is, and that we can read again."""
    import pandas as pd  # noqa: PLC0415  it takes half a second, and few take shelves away

    rows = [
        tuple(map(harmless, cells_of(shelf, line, lang)))
        for shelf in shelves
        for line in shelf.lines
    ]
    frame = pd.DataFrame(rows, columns=list(headings(lang)), dtype=object)
    table = frame.to_csv(index=False, lineterminator="\r\n")
    return ShelfFile(
        name=file_name(name, ending="csv", lang=lang),
        media_type=CSV_TYPE,
        content=table.encode("utf-8-sig"),
    )


def as_excel(
    shelves: Sequence[TakenShelf], *, name: str, taken_on: dt.date, lang: Lang
) -> ShelfFile:
    """Return shelves as a workbook with a sheet for each."""
    import pandas as pd  # noqa: PLC0415  as above

    book = io.BytesIO()
    with pd.ExcelWriter(
        book, engine="xlsxwriter", date_format="yyyy-mm-dd", engine_kwargs={"options": _ONLY_TEXT}
    ) as writer:
        # Excel wants a sheet, even of nothing.
        shown = shelves or (TakenShelf(name=name, lines=()),)
        for shelf, sheet_name in zip(shown, _sheet_names(shown, lang), strict=True):
            frame = _frame(shelf, lang)
            frame.to_excel(writer, sheet_name=sheet_name, index=False)
            sheet = writer.sheets[sheet_name]
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(frame), len(COLUMNS) - 1)
            for place, heading in enumerate(frame.columns):
                cells = (str(cell) for cell in frame[heading])
                width = max(map(width_of, (heading, *cells)))
                sheet.set_column(place, place, min(max(width + 2, _NARROWEST), _WIDEST))
        midnight = dt.datetime.combine(taken_on, dt.time(), tzinfo=dt.UTC)
        writer.book.set_properties({"created": midnight})
    return ShelfFile(
        name=file_name(name, ending="xlsx", lang=lang),
        media_type=EXCEL_TYPE,
        content=book.getvalue(),
    )


def _frame(shelf: TakenShelf, lang: Lang) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415  as above

    rows = [[_fitting(cell) for cell in cells_of(shelf, line, lang)] for line in shelf.lines]
    frame = pd.DataFrame(rows, columns=list(headings(lang)), dtype=object)
    # So that they sort as days and numbers do.
    days = pd.Series([line.added_on for line in shelf.lines], dtype=object)
    years = pd.Series([line.published_year for line in shelf.lines], dtype=object)
    frame.isetitem(COLUMNS.index("added_on"), days)
    frame.isetitem(COLUMNS.index("published_year"), years)
    return frame


def _fitting(cell: str, longest: int = _LONGEST_CELL, *, end: str = _CUT) -> str:
    """Return a text that Excel takes. It counts rare characters as two."""
    if len(cell.encode("utf-16-le")) // 2 <= longest:
        return cell
    room = (longest - len(end)) * 2
    return cell.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + end


def _sheet_names(shelves: Sequence[TakenShelf], lang: Lang) -> list[str]:
    """Return a name for each sheet that Excel takes, no two alike."""
    names: dict[str, str] = {_RESERVED_SHEET_NAME: ""}
    for shelf in shelves:
        plain = _NOT_IN_A_SHEET_NAME.sub("_", on_one_line(shelf.name)).strip("' ")
        plain = plain or say("shelves.unsorted", lang)
        ends = chain([""], (f" ({number})" for number in count(2)))
        attempts = (_fitting(plain + end, _LONGEST_SHEET_NAME, end=end or _CUT) for end in ends)
        name = next(attempt for attempt in attempts if attempt.casefold() not in names)
        names[name.casefold()] = name
    return list(names.values())[1:]
