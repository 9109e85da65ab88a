"""Shelves as BibTeX, sorted by reading as pBibTeX does it."""

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence

import jaconv

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
from portal_app.exchange.wording import is_japanese, katakana
from portal_app.text import Lang

MEDIA_TYPE = "application/x-bibtex; charset=utf-8"

# BibTeX counts braces and does not know of backslashes before them.
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
_WRITTEN_BY_FAMILY = re.compile(r"[^,]*[^\s,][^,]*,[^,]*[^\s,][^,]*")
_SAYS_AND = re.compile(r"(?:^|\s)(?:and|others)(?:\s|$)", re.IGNORECASE)


def as_bibtex(shelves: Sequence[TakenShelf], *, name: str, lang: Lang) -> ShelfFile:
    """Return each book of these shelves as an entry of a bibliography."""
    entries = [_entry(line, names) for line, names in each_record_once(shelves).items()]
    return ShelfFile(
        name=file_name(name, ending="bib", lang=lang),
        media_type=MEDIA_TYPE,
        content="\n".join(entries).encode("utf-8"),
    )


def _entry(line: ShelfLine, shelf_names: Iterable[str]) -> str:
    kind = "book" if line.material is MaterialClass.BOOK else "misc"
    fields = "".join(
        f"  {field} = {value},\n" for field, value in _fields(line, shelf_names) if value
    )
    return f"@{kind}{{{key_of(line)},\n{fields}}}\n"


def _fields(line: ShelfLine, shelf_names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Return the fields of an entry. A note is ``annote``: styles print what stands in ``note``."""
    people = credits_of(line.creators)
    reading = _hiragana(line.title_reading)
    year = line.published_on if line.published_year is None else str(line.published_year)
    month = month_of(line.published_on)
    keywords = ", ".join(on_one_line(name).replace(",", " ") for name in shelf_names)
    # The second pair of braces keeps the capitals as the catalogue has them.
    yield "title", f"{{{_quoted(line.title)}}}"
    yield "author", _people(people.authors)
    yield "editor", _people(people.editors)
    yield "translator", _people(people.translators)
    yield "yomi", _quoted(_readings(people.authors or people.editors) or reading)
    yield "sorttitle", _quoted(reading)
    yield "volume", _quoted(line.volume)
    yield "publisher", _quoted(line.publisher)
    yield "year", _quoted(year)
    yield "month", "" if month is None else calendar.month_abbr[month].lower()
    yield "isbn", _quoted(line.isbn)
    yield "library", _quoted(f"{line.branch} {line.call_number}")
    yield "keywords", _quoted(keywords)
    yield "readstatus", _quoted("read" if line.is_read else "")
    yield "annote", _quoted(line.note)


def _quoted(text: str) -> str:
    plain = _escaped(text)
    return f"{{{plain}}}" if plain else ""


def _escaped(text: str) -> str:
    return on_one_line(text).translate(_ESCAPES)


def _people(creators: Iterable[Creator]) -> str:
    names = " and ".join(filter(None, (_name(name_of(creator)) for creator in creators)))
    return f"{{{names}}}" if names else ""


def _name(name: str) -> str:
    """Return a name in the order in which BibTeX takes it apart.

    Styles of pBibTeX write the two parts of a Japanese name as they stand, so the
    family name comes first, without a comma. A name that cannot be taken apart is one word.
    """
    is_by_family = _WRITTEN_BY_FAMILY.fullmatch(name)
    if is_by_family and is_japanese(name):
        name = on_one_line(name.replace(",", " "))
    plain = _escaped(name)
    can_be_parted = ("," not in name or is_by_family) and not _SAYS_AND.search(name)
    return plain if can_be_parted else f"{{{plain}}}"


def _readings(creators: Iterable[Creator]) -> str:
    readings = (_hiragana(creator.reading) for creator in creators)
    return " and ".join(filter(None, readings))


def _hiragana(reading: str) -> str:
    """Return a reading as the lists of pBibTeX users have it: ``なつめ そうせき``."""
    return jaconv.kata2hira(on_one_line(katakana(reading).replace(",", " ")))
