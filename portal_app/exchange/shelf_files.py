"""Shelves as files that a patron takes away: what goes in, and what comes out."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from portal_app.domain.catalogue import (
    Creator,
    MaterialClass,
    bibliographic_line,
    credit,
)
from portal_app.exchange.wording import tidy
from portal_app.text import Lang, say

# Windows takes none of these in a name; the last ones turn the text around, so that
# ``txt.exe`` can look like ``exe.txt``.
_NOT_IN_A_NAME = re.compile(
    r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+'
)
_NAMES_OF_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
_MOST_BYTES_IN_A_NAME = 200
_LINE_ENDS = re.compile(r"[\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfLine:
    """A book on a shelf, with all that is known of it when the file is written.

    ``record_id`` is None where the book is known only by what a file says of it.
    ``availability`` is said in words.
    """

    record_id: int | None
    title: str
    volume: str = ""
    title_reading: str = ""
    creators: tuple[Creator, ...] = ()
    publisher: str = ""
    published_on: str = ""
    published_year: int | None = None
    isbn: str = ""
    material: MaterialClass = MaterialClass.BOOK
    call_number: str = ""
    branch: str = ""
    availability: str = ""
    added_on: dt.date | None = None
    is_read: bool = False
    note: str = ""

    @property
    def full_title(self) -> str:
        """The title with the volume, on one line."""
        return on_one_line(f"{self.title} {self.volume}")

    @property
    def line(self) -> str:
        """The bibliographic line of K-23."""
        return on_one_line(
            bibliographic_line(
                people=[credit(creator.name, creator.role) for creator in self.creators],
                publisher=self.publisher,
                published_on=self.published_on,
                call_number=self.call_number,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenShelf:
    """A shelf that is taken away, its books in the order in which they stand."""

    name: str
    lines: tuple[ShelfLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwritten:
    """Characters of one book that an encoding does not have. Number 0 is the shelf's own name."""

    shelf: str
    number: int
    characters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfFile:
    """A file for a patron. ``name`` is plain text: whoever sends it writes it for HTTP."""

    name: str
    media_type: str
    content: bytes
    unwritten: tuple[Unwritten, ...] = ()


def file_name(name: str, *, ending: str, lang: Lang) -> str:
    """Return a name that every system takes, with the ending of its format."""
    plain = _NOT_IN_A_NAME.sub("_", tidy(name)).strip(". ~-")
    plain = plain.encode("utf-8")[:_MOST_BYTES_IN_A_NAME].decode("utf-8", "ignore").rstrip(". ")
    if not plain.strip("_"):
        plain = say("downloads.column.shelf", lang)
    if _NAMES_OF_WINDOWS.match(plain):
        plain = f"_{plain}"
    return f"{plain}.{ending}"


def on_one_line(text: str) -> str:
    """Return a text as a catalogue prints it, whatever ends of lines are in it."""
    return tidy(_LINE_ENDS.sub(" ", text))


def each_record_once(shelves: Sequence[TakenShelf]) -> dict[ShelfLine, tuple[str, ...]]:
    """Return each book with the names of the shelves on which it stands.

    A book on two shelves is one entry of a bibliography.
    """
    first: dict[int, ShelfLine] = {}
    names: dict[ShelfLine, dict[str, None]] = {}
    for shelf in shelves:
        for line in shelf.lines:
            known = line if line.record_id is None else first.setdefault(line.record_id, line)
            names.setdefault(known, {})[shelf.name] = None
    return {line: tuple(shelf_names) for line, shelf_names in names.items()}
