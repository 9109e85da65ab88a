"""Shelves as RIS, which Zotero, EndNote and Mendeley read."""

import re
from collections.abc import Iterable, Iterator, Sequence

from portal_app.domain.catalogue import Creator, MaterialClass
from portal_app.exchange.citations import credits_of, key_of, month_of, name_of
from portal_app.exchange.shelf_files import (
    ShelfFile,
    ShelfLine,
    TakenShelf,
    each_record_once,
    file_name,
    on_one_line,
)
from portal_app.exchange.wording import is_japanese
from portal_app.text import Lang

MEDIA_TYPE = "application/x-research-info-systems; charset=utf-8"
LINE_END = "\r\n"

_KINDS = {
    MaterialClass.BOOK: "BOOK",
    MaterialClass.MAGAZINE: "SER",
    MaterialClass.CD: "SOUND",
    MaterialClass.DVD: "VIDEO",
    MaterialClass.OTHER: "GEN",
}
_TWO_PARTS = re.compile(r"[^ ,]+ [^ ,]+")


def as_ris(shelves: Sequence[TakenShelf], *, name: str, lang: Lang) -> ShelfFile:
    """Return each book of these shelves as a reference."""
    lines = [
        f"{tag}  - {value}{LINE_END}"
        for line, names in each_record_once(shelves).items()
        for tag, value in _tags(line, names)
    ]
    return ShelfFile(
        name=file_name(name, ending="ris", lang=lang),
        media_type=MEDIA_TYPE,
        content="".join(lines).encode("utf-8"),
    )


def _tags(line: ShelfLine, shelf_names: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield "TY", _KINDS[line.material]
    for tag, text in _texts(line, shelf_names):
        if value := on_one_line(text):
            yield tag, value
    yield "ER", ""


def _texts(line: ShelfLine, shelf_names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Return what is said of a book. RIS has no tag for readings, so they are C1 and C2."""
    people = credits_of(line.creators)
    yield "ID", key_of(line)
    yield "TI", line.title
    for tag, creators in (
        ("AU", people.authors),
        ("A2", people.editors),
        ("A4", people.translators),
    ):
        yield from ((tag, _name(creator)) for creator in creators)
    yield "C1", line.title_reading
    yield "C2", "; ".join(filter(None, (creator.reading for creator in line.creators)))
    yield "VL", line.volume
    yield "PB", line.publisher
    yield from _days(line)
    yield "SN", line.isbn
    yield "CN", line.call_number
    yield "AV", line.branch
    yield from (("KW", shelf_name) for shelf_name in shelf_names)
    yield "N1", line.note


def _days(line: ShelfLine) -> Iterator[tuple[str, str]]:
    if line.published_year is not None:
        yield "PY", f"{line.published_year:04}"
        month = month_of(line.published_on)
        yield "DA", "" if month is None else f"{line.published_year:04}/{month:02}//"


def _name(creator: Creator) -> str:
    """Return a name with the comma that RIS wants behind the family name."""
    name = name_of(creator)
    if is_japanese(name) and _TWO_PARTS.fullmatch(name):
        return name.replace(" ", ", ")
    return name
