"""What a patron's list or photograph names, in the form in which the catalogue is asked."""

from dataclasses import dataclass

from portal_app.domain.catalogue import IdentifierKind
from portal_app.exchange.isbn_lists import ReadIsbns, read_isbn_file
from portal_app.exchange.isbn_photos import read_photo
from portal_app.exchange.numbers import isbn_of
from portal_app.exchange.shelf_columns import ReadLine
from portal_app.exchange.shelf_files import on_one_line
from portal_app.exchange.shelf_reading import ListRefusal, ReadTable, read_table
from portal_app.services.shelf_imports import MOST_BOOKS, Description, Named

LARGEST_RECORD_ID = 2**31 - 1

_HEADINGS = 1  # of a table, which stand above its first row

# What may still be a list without headings.
_NO_TABLE = frozenset({ListRefusal.NO_BOOK_COLUMN, ListRefusal.NOT_A_TABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A line that names no book. Of a table only its number is told."""

    number: int
    written: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookList:
    """The books that are named, and the lines that name none; or the key of why nothing is read.

    Lines are counted from one, as a spreadsheet does with the headings of a table.
    """

    named: tuple[Named, ...] = ()
    unread: tuple[Unread, ...] = ()
    refusal: str = ""


def list_in(content: bytes) -> BookList:
    """Return what a file or a pasted text names: a table first, else a list of ISBNs."""
    table = read_table(content)
    if table.refusal in _NO_TABLE:
        return _within_reason(_of_isbns(read_isbn_file(content)))
    return _within_reason(_of_table(table))


def photo_in(content: bytes) -> BookList:
    """Return the ISBNs on a photograph."""
    photo = read_photo(content)
    if photo.refusal is not None:
        return BookList(refusal=f"shelf_import.photo_refusal.{photo.refusal}")
    return BookList(named=tuple(Named(number=0, written=one, isbn=one) for one in photo.isbns))


def _of_isbns(read: ReadIsbns) -> BookList:
    if read.refusal is not None:
        return _refused(read.refusal)
    if not read.found and not read.unread:
        return _refused(ListRefusal.NO_BOOK_COLUMN)
    return BookList(
        named=tuple(
            Named(number=one.number, written=one.isbn, isbn=one.isbn) for one in read.found
        ),
        unread=tuple(Unread(number=one.number, written=one.written) for one in read.unread),
    )


def _of_table(table: ReadTable) -> BookList:
    if table.refusal is not None:
        return _refused(table.refusal)
    return BookList(
        named=tuple(map(_named, table.lines)),
        unread=tuple(Unread(number=number + _HEADINGS) for number in table.unread),
    )


def _named(read: ReadLine) -> Named:
    line = read.line
    number = line.record_id or 0
    known = isbn_of(line.isbn)
    creators = tuple(creator.name for creator in line.creators)
    return Named(
        number=read.number + _HEADINGS,
        written=on_one_line(f"{line.full_title} {line.isbn}") or str(number),
        record_id=number if 0 < number <= LARGEST_RECORD_ID else None,
        isbn=known.value if known and known.kind == IdentifierKind.ISBN else "",
        book=Description(title=line.title, volume=line.volume, creators=creators)
        if line.title.strip()
        else None,
        note=line.note,
        is_read=line.is_read,
    )


def _within_reason(read: BookList) -> BookList:
    if len(read.named) + len(read.unread) > MOST_BOOKS:
        return _refused(ListRefusal.TOO_LARGE)
    return read


def _refused(refusal: ListRefusal) -> BookList:
    return BookList(refusal=f"shelf_import.list_refusal.{refusal}")
