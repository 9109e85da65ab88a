"""A patron's shelves with all that is known of their books, to be taken away as files (K-58)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from portal_app.data import shelf_books
from portal_app.data.database import reading, within
from portal_app.data.shelf_books import open_shelf
from portal_app.data.shelf_details import Place
from portal_app.data.tables import Shelf
from portal_app.domain.policies import Library
from portal_app.domain.shelves import Refusal, ShelfKey, Sorting
from portal_app.exchange.shelf_files import ShelfLine, TakenShelf
from portal_app.services import shelf_copies
from portal_app.services.shelf_copies import Copy
from portal_app.text import Lang, say

_NOWHERE = Place(branch_code="", room="", call_number="", is_here=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How shelves are taken away: in which order, and in whose words."""

    sorting: Sorting
    library: Library
    lang: Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Shelves in the patron's order, or why there are none to take."""

    shelves: tuple[TakenShelf, ...] = ()
    refused: Refusal | None = None


@reading
def take(tx: Session, *, key: ShelfKey, manner: Manner) -> Taken:
    """Return a shelf of the patron's as files have it."""
    shelf = open_shelf(tx, key=key)
    if isinstance(shelf, Refusal):
        return Taken(refused=shelf)
    return Taken(shelves=(_taken(tx, shelf, manner),))


@reading
def take_all(tx: Session, *, patron_id: int, manner: Manner) -> Taken:
    """Return everything on a patron's shelves."""
    shelves = tx.exec(
        select(Shelf)
        .where(Shelf.patron_id == patron_id, col(Shelf.deleted_at).is_(None))
        .order_by(col(Shelf.rank), col(Shelf.id))
        .limit(manner.library.shelf.shelves_max + 1)  # and what has no category
    ).all()
    return Taken(shelves=tuple(_taken(tx, shelf, manner) for shelf in shelves))


def _taken(tx: Session, shelf: Shelf, manner: Manner) -> TakenShelf:
    """Return a shelf. One at a time, since all of them may have more books than one query asks."""
    patron_id, shelf_id, sorting = shelf.patron_id, shelf.id, manner.sorting
    key = ShelfKey(patron_id=patron_id, shelf_id=shelf_id)
    books = within(tx, shelf_copies.books)(key=key)
    copies = {copy.record.record_id: copy for copy in books}
    standing = shelf_books.in_order(tx, patron_id=patron_id, shelf_id=shelf_id, sorting=sorting)
    branches = {branch.code: branch.name[manner.lang] for branch in manner.library.branches}
    return TakenShelf(
        name=shelf.name,
        lines=tuple(_line(copies[record_id], branches, manner.lang) for _, record_id in standing),
    )


def _line(copy: Copy, branches: Mapping[str, str], lang: Lang) -> ShelfLine:
    """Return a book as files have it. Its twin is portal_app/browser/shelves/lines.js."""
    record, detail = copy.record, copy.detail
    place = next((one for one in detail.places if one.call_number), None)
    place = place or next(iter(detail.places), _NOWHERE)
    return ShelfLine(
        record_id=record.record_id,
        title=record.title,
        volume=record.volume,
        title_reading=detail.title_reading,
        creators=detail.creators,
        publisher=detail.publisher,
        published_on=detail.published_on,
        published_year=detail.published_year,
        isbn=detail.isbn,
        material=record.material,
        call_number=place.call_number,
        # A branch that has left the library's file has no name any more.
        branch=branches.get(place.branch_code, place.branch_code),
        availability=say(f"availability.{record.availability}", lang),
        added_on=copy.added_at.date(),
        is_read=copy.is_read,
        note=copy.note,
    )
