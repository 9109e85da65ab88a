"""The files that a shelf can be, by the names under which they are asked for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal_app.exchange.bibtex import as_bibtex
from portal_app.exchange.ris import as_ris
from portal_app.exchange.shelf_files import ShelfFile, TakenShelf
from portal_app.exchange.shelf_tables import as_csv, as_excel
from portal_app.exchange.shelf_text import as_text, as_text_in_cp932
from portal_app.text import Lang
from portal_app.text.dates import Years, written_day


class Format(StrEnum):
    """A kind of file. Each value names its texts: ``shelf_downloads.format.<value>``."""

    TEXT = "text"
    TEXT_CP932 = "text-cp932"
    CSV = "csv"
    EXCEL = "excel"
    BIBTEX = "bibtex"
    RIS = "ris"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a file is called, and how it says when it was taken."""

    name: str
    taken_on: dt.date
    lang: Lang
    years: Years

    @property
    def day(self) -> str:
        """The day as a reader writes it."""
        return written_day(self.taken_on, self.lang, self.years)


def written_as(kind: Format, shelves: Sequence[TakenShelf], heading: Heading) -> ShelfFile:
    """Return shelves as a file of this kind."""
    name, taken_on, lang = heading.name, heading.taken_on, heading.lang
    match kind:
        case Format.TEXT:
            return as_text(shelves, name=name, day=heading.day, lang=lang)
        case Format.TEXT_CP932:
            return as_text_in_cp932(shelves, name=name, day=heading.day, lang=lang)
        case Format.CSV:
            return as_csv(shelves, name=name, lang=lang)
        case Format.EXCEL:
            return as_excel(shelves, name=name, taken_on=taken_on, lang=lang)
        case Format.BIBTEX:
            return as_bibtex(shelves, name=name, lang=lang)
        case Format.RIS:
            return as_ris(shelves, name=name, lang=lang)
