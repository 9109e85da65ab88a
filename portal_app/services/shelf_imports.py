"""Looking up the books that a patron's list or photograph names, before they go on a shelf."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from portal_app.data.database import reading
from portal_app.data.recognition import Description, described, titles_of, with_isbns
from portal_app.data.summaries import Summary, summaries
from portal_app.domain import shelves as rules
from portal_app.domain.search_key import search_key

MOST_BOOKS = 5_000  # of one list
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A book as a list names it. ``number`` is its line, ``written`` what it is called there."""

    number: int
    written: str
    record_id: int | None = None
    isbn: str = ""
    book: Description | None = None
    note: str = ""
    is_read: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognized:
    """A record that a list names, with what the patron has written about it there."""

    record: Summary
    note: str = ""
    is_read: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """What the catalogue has of a list, each record once, and what it has not."""

    found: tuple[Recognized, ...]
    missing: tuple[Named, ...]


@reading
def look_up(tx: Session, *, named: Sequence[Named]) -> LookedUp:
    """Return which records are meant, in the order of the list, and what is not in the catalogue.

    A record's number counts where the title beside it agrees, since a list may come from
    another library; then the ISBN, then title and creator where only one record has both.
    """
    if len(named) > MOST_BOOKS:
        raise ValueError(len(named))
    numbers = _numbers(tx, named)
    records = _summaries(tx, list(dict.fromkeys(filter(None, numbers))))
    found: dict[int, Recognized] = {}
    missing: list[Named] = []
    for one, number in zip(named, numbers, strict=True):
        if number is None:
            missing.append(one)
        elif number in found:
            found[number] = _also(found[number], one)
        else:
            found[number] = _also(Recognized(record=records[number]), one)
    return LookedUp(found=tuple(found.values()), missing=tuple(missing))


def _numbers(tx: Session, named: Sequence[Named]) -> list[int | None]:
    titles = titles_of(tx, record_ids={one.record_id for one in named if one.record_id})
    of_isbn = with_isbns(tx, isbns={one.isbn for one in named if one.isbn})
    return [
        next(filter(None, _ways(tx, one, titles=titles, of_isbn=of_isbn)), None) for one in named
    ]


def _ways(
    tx: Session, one: Named, *, titles: Mapping[int, str], of_isbn: Mapping[str, int]
) -> Iterator[int | None]:
    """Yield what each way leads to, the surest first."""
    if one.record_id is not None and _agrees(titles.get(one.record_id), one):
        yield one.record_id
    yield of_isbn.get(one.isbn)
    if one.book is not None:
        yield described(tx, book=one.book)


def _agrees(title: str | None, one: Named) -> bool:
    if title is None:
        return False
    if one.book is None:
        return not one.isbn  # nothing else says which book it is
    return search_key(title) == search_key(one.book.title)


def _also(known: Recognized, one: Named) -> Recognized:
    """Return a book with what another line says of it, too."""
    note = rules.joined(there=known.note, seen="", written=rules.tidy_note(one.note)).note
    return replace(known, note=note[: rules.MOST_IN_NOTE], is_read=known.is_read or one.is_read)


def _summaries(tx: Session, record_ids: Sequence[int]) -> Mapping[int, Summary]:
    found: dict[int, Summary] = {}
    for start in range(0, len(record_ids), _AT_ONCE):
        found |= summaries(tx, record_ids=record_ids[start : start + _AT_ONCE])
    return found
