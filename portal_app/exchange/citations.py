"""What bibliographies want to know of a book: who did what, when, and how it is sorted."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from portal_app.domain.catalogue import Creator
from portal_app.exchange.shelf_files import ShelfLine, on_one_line

_WROTE = re.compile(r"[著作文詩]|author", re.IGNORECASE)
_TRANSLATED = re.compile(r"訳|transl", re.IGNORECASE)
_EDITED = re.compile(r"編|監修|edit", re.IGNORECASE)
_YEARS_OF_A_LIFE = re.compile(r"[,，]?\s*[0-9]{4}\s*-\s*(?:[0-9]{4})?\s*$")
_YEAR_AND_MONTH = re.compile(r"(?<![0-9])([0-9]{4})\s*[./年-]\s*(1[0-2]|0?[1-9])(?![0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """The people of a book by what they did."""

    authors: tuple[Creator, ...]
    editors: tuple[Creator, ...]
    translators: tuple[Creator, ...]


def credits_of(creators: Iterable[Creator]) -> Credits:
    """Return who wrote, who edited and who translated. Whoever did something else is an author."""
    authors: list[Creator] = []
    editors: list[Creator] = []
    translators: list[Creator] = []
    for creator in creators:
        if _WROTE.search(creator.role):
            authors.append(creator)
        elif _TRANSLATED.search(creator.role):
            translators.append(creator)
        elif _EDITED.search(creator.role):
            editors.append(creator)
        else:
            authors.append(creator)
    return Credits(authors=tuple(authors), editors=tuple(editors), translators=tuple(translators))


def name_of(creator: Creator) -> str:
    """Return a name without the years of a life, which no bibliography prints."""
    name = on_one_line(creator.name)
    return _YEARS_OF_A_LIFE.sub("", name) or name


def key_of(line: ShelfLine) -> str:
    """Return a key that a book keeps, so that what cites it goes on doing so.

    Names and years would read better, but catalogues are corrected.
    """
    if line.record_id is not None:
        return f"record{line.record_id}"
    said = f"{line.title}\x1f{line.volume}\x1f{line.isbn}\x1f{line.publisher}"
    return f"book{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:12]}"


def month_of(published_on: str) -> int | None:
    """Return the month of publication, where the book prints one."""
    found = _YEAR_AND_MONTH.search(unicodedata.normalize("NFKC", published_on))
    return None if found is None else int(found[2])
