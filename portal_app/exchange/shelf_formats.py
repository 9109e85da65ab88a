"""The files that a shelf can be, by the names under which they are asked for."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from portal_app.exchange.bibtex import as_bibtex
from portal_app.exchange.ris import as_ris
from portal_app.exchange.shelf_files import ShelfFile, TakenShelf
from portal_app.exchange.shelf_tables import as_csv, as_excel
from portal_app.exchange.shelf_text import as_text, as_text_in_cp932
from portal_app.text import Lang


class Format(StrEnum):
    """A kind of file. Each value names its texts: ``shelf_downloads.format.<value>``."""

    TEXT = "text"
    TEXT_CP932 = "text-cp932"
    CSV = "csv"
    EXCEL = "excel"
    BIBTEX = "bibtex"
    RIS = "ris"


def written_as(
    kind: Format, shelves: Sequence[TakenShelf], *, name: str, taken_on: dt.date, lang: Lang
) -> ShelfFile:
    """Return shelves as a file of this kind."""
    match kind:
        case Format.TEXT:
            return as_text(shelves, name=name, taken_on=taken_on, lang=lang)
        case Format.TEXT_CP932:
            return as_text_in_cp932(shelves, name=name, taken_on=taken_on, lang=lang)
        case Format.CSV:
            return as_csv(shelves, name=name, lang=lang)
        case Format.EXCEL:
            return as_excel(shelves, name=name, taken_on=taken_on, lang=lang)
        case Format.BIBTEX:
            return as_bibtex(shelves, name=name, lang=lang)
        case Format.RIS:
            return as_ris(shelves, name=name, lang=lang)
