"""Which record is meant by what somebody's list says of a book."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session, col, func, select

from portal_app.data.search_lookup import best
from portal_app.data.tables import BibliographicRecord, RecordIdentifier
from portal_app.domain.catalogue import IdentifierKind
from portal_app.domain.search import Condition, Connector, Field, Match, Query
from portal_app.domain.search_key import search_key
from portal_app.domain.search_terms import everything_of

T = TypeVar("T")

_AT_ONCE = 1_000
_MOST_CREATORS = 5
_MOST_ALIKE = 50  # records with one title and author; of more none can be meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a list says of a book in words. Any of its creators may be the one we know."""

    title: str
    volume: str = ""
    creators: tuple[str, ...] = ()


def titles_of(tx: Session, *, record_ids: Collection[int]) -> Mapping[int, str]:
    """Return the titles of those of the records that are in the catalogue."""
    titles: dict[int, str] = {}
    for some in _portions(record_ids):
        rows = tx.exec(
            select(BibliographicRecord.id, BibliographicRecord.title).where(
                col(BibliographicRecord.id).in_(some), col(BibliographicRecord.left_on).is_(None)
            )
        )
        titles |= {number: title for number, title in rows if number is not None}
    return titles


def with_isbns(tx: Session, *, isbns: Collection[str]) -> Mapping[str, int]:
    """Return the record with each ISBN, of several the one that came first to the catalogue."""
    found: dict[str, int] = {}
    for some in _portions(isbns):
        rows = tx.exec(
            select(RecordIdentifier.value, func.min(RecordIdentifier.record_id))
            .join(BibliographicRecord, col(BibliographicRecord.id) == RecordIdentifier.record_id)
            .where(
                RecordIdentifier.kind == IdentifierKind.ISBN,
                col(RecordIdentifier.value).in_(some),
                col(BibliographicRecord.left_on).is_(None),
            )
            .group_by(RecordIdentifier.value)
        )
        found |= dict(rows.all())
    return found


def described(tx: Session, *, book: Description) -> int | None:
    """Return the one record with this title and one of these creators, or None for several."""
    if not search_key(book.title):
        return None
    term = everything_of(Query(conditions=tuple(_conditions(book))))
    if term is None:
        return None
    alike = best(tx, tiers=[term], limit=_MOST_ALIKE + 1)
    if len(alike) > _MOST_ALIKE:
        return None
    rows = tx.exec(
        select(BibliographicRecord.id, BibliographicRecord.title, BibliographicRecord.volume).where(
            col(BibliographicRecord.id).in_(alike)
        )
    ).all()
    volume = search_key(book.volume)
    of_volume = [row for row in rows if not volume or search_key(row[2]) == volume]
    # A subtitle is a title of its own: with it or without, whichever is the only one.
    whole = [row for row in of_volume if search_key(row[1]) == search_key(book.title)]
    for meant in (whole, of_volume):
        if len(meant) == 1:
            return meant[0][0]
    return None


def _conditions(book: Description) -> Iterator[Condition]:
    """Yield: one of the creators, and the title."""
    creators = (name for name in book.creators if search_key(name))
    for _, creator in zip(range(_MOST_CREATORS), creators, strict=False):
        yield Condition(
            text=creator, field=Field.AUTHOR, match=Match.EQUALS, connector=Connector.OR
        )
    yield Condition(text=book.title, field=Field.TITLE, match=Match.EQUALS)


def _portions(some: Collection[T]) -> Iterator[Sequence[T]]:
    remaining = list(some)
    for start in range(0, len(remaining), _AT_ONCE):
        yield remaining[start : start + _AT_ONCE]
