"""What the columns of a shelf's table are, and how a book becomes a row and comes back."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from portal_app.domain.catalogue import Creator, MaterialClass
from portal_app.exchange.columns import default_mapping, folded
from portal_app.exchange.formulas import as_meant
from portal_app.exchange.shelf_files import ShelfLine, TakenShelf
from portal_app.exchange.wording import without_controls
from portal_app.text import Lang, offered, say

COLUMNS = (
    "shelf",
    "record_id",
    "title",
    "volume",
    "title_reading",
    "creators",
    "roles",
    "creators_reading",
    "publisher",
    "published_on",
    "published_year",
    "isbn",
    "material",
    "call_number",
    "branch",
    "availability",
    "added_on",
    "is_read",
    "note",
)
# Columns of other people's tables that mean the same as ours.
_SHARED = ("title", "volume", "title_reading", "creators", "publisher", "published_on", "isbn")
# A semicolon inside a name is doubled; ``; `` parts two names.
_PARTS = re.compile(r";;|; |[^;]+|;")
_YES = frozenset({"1", "true", "yes", "○", "〇"})
_MOST_DIGITS = 18  # what a database takes for a number


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """A book that a file names, and the shelf that it names. ``number`` counts rows from one."""

    number: int
    shelf: str
    line: ShelfLine


def headings(lang: Lang) -> tuple[str, ...]:
    """Return what stands above the columns."""
    return tuple(say(f"downloads.column.{name}", lang) for name in COLUMNS)


def cells_of(shelf: TakenShelf, line: ShelfLine, lang: Lang) -> tuple[str, ...]:
    """Return a book as a row."""
    cells = (
        shelf.name,
        "" if line.record_id is None else str(line.record_id),
        line.title,
        line.volume,
        line.title_reading,
        _listed(creator.name for creator in line.creators),
        _listed(creator.role for creator in line.creators),
        _listed(creator.reading for creator in line.creators),
        line.publisher,
        line.published_on,
        "" if line.published_year is None else str(line.published_year),
        line.isbn,
        say(f"material.{line.material}", lang),
        line.call_number,
        line.branch,
        line.availability,
        "" if line.added_on is None else line.added_on.isoformat(),
        say("downloads.column.is_read", lang) if line.is_read else "",
        line.note,
    )
    return tuple(map(without_controls, cells))


def meanings_of(row: Iterable[str]) -> tuple[str, ...]:
    """Return what each heading means, in whichever language it is; an empty text if unknown."""
    ours = {
        folded(say(f"downloads.column.{name}", lang)): name
        for lang in offered()
        for name in COLUMNS
    }
    known = default_mapping().columns
    theirs = {folded(heading): name for name in _SHARED for heading in known[name]}
    meanings: dict[str, None] = {}
    found: list[str] = []
    for heading in row:
        meaning = ours.get(folded(heading)) or theirs.get(folded(heading), "")
        found.append("" if meaning in meanings else meaning)
        meanings[meaning] = None
    return tuple(found)


def line_of(cells: Mapping[str, str], *, number: int) -> ReadLine:
    """Return the book of a row whose cells are named by what they mean."""
    said = {name: as_meant(cells.get(name, "")) for name in COLUMNS}
    line = ShelfLine(
        record_id=_number(said["record_id"]),
        title=said["title"],
        volume=said["volume"],
        title_reading=said["title_reading"],
        creators=_creators(said),
        publisher=said["publisher"],
        published_on=said["published_on"],
        published_year=_number(said["published_year"]),
        isbn=said["isbn"],
        material=_materials().get(folded(said["material"]), MaterialClass.BOOK),
        call_number=said["call_number"],
        branch=said["branch"],
        availability=said["availability"],
        added_on=_day(said["added_on"]),
        is_read=folded(said["is_read"]) in _read_marks(),
        note=said["note"],
    )
    return ReadLine(number=number, shelf=said["shelf"], line=line)


def _listed(parts: Iterable[str]) -> str:
    listed = [part.replace(";", ";;") for part in parts]
    return "; ".join(listed) if any(listed) else ""


def _unlisted(cell: str) -> list[str]:
    parts = [""]
    for piece in _PARTS.findall(cell):
        if piece in {"; ", ";"}:
            parts.append("")
        else:
            parts[-1] += ";" if piece == ";;" else piece
    return parts


def _creators(said: Mapping[str, str]) -> tuple[Creator, ...]:
    names, roles, readings = (
        _unlisted(said[name]) for name in ("creators", "roles", "creators_reading")
    )
    people: Iterator[tuple[str, str, str]] = zip_longest(names, roles, readings, fillvalue="")
    return tuple(
        Creator(name=name, role=role, reading=reading) for name, role, reading in people if name
    )


def _materials() -> dict[str, MaterialClass]:
    return {
        folded(say(f"material.{one}", lang)): one for lang in offered() for one in MaterialClass
    }


def _read_marks() -> frozenset[str]:
    return _YES | {folded(say("downloads.column.is_read", lang)) for lang in offered()}


def _number(cell: str) -> int | None:
    plain = unicodedata.normalize("NFKC", cell).strip()
    is_number = plain.isascii() and plain.isdigit() and len(plain) <= _MOST_DIGITS
    return int(plain) if is_number else None


def _day(cell: str) -> dt.date | None:
    """Return a day as we write it or as spreadsheets write it again: 2026/11/1."""
    parts = re.split(r"[-/]", unicodedata.normalize("NFKC", cell).strip())
    try:
        year, month, day = map(int, parts)
        return dt.date(year, month, day)
    except ValueError:
        return None
