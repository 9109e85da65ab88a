"""What a shelf knows of a record beyond a row of a list: how it is sorted, printed and found."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from portal_app.data.statements import Statements
from portal_app.domain.catalogue import Creator

_RECORDS = """
    SELECT id, title_reading, publisher, published_on, published_year, title_sort, author_sort
    FROM bibliographic_record WHERE id IN ({among})"""
_CREATORS = """
    SELECT record_id, name, reading, role FROM record_creator WHERE record_id IN ({among})
    ORDER BY record_id, position"""
_ISBNS = """
    SELECT record_id, min(value) FROM record_identifier
    WHERE record_id IN ({among}) AND kind = 'isbn' GROUP BY record_id"""
_PLACES = """
    SELECT record_id, branch_code, place, call_number, state = 'on_shelf' AND NOT EXISTS (
      SELECT 1 FROM loan WHERE loan.item_id = item.id AND loan.returned_at IS NULL)
    FROM item WHERE record_id IN ({among}) ORDER BY record_id, id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where copies of a record belong, and whether one of them stands there now."""

    branch_code: str
    room: str
    call_number: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What is known of a record. ``title_sort`` and ``author_sort`` order by reading."""

    title_reading: str = ""
    creators: tuple[Creator, ...] = ()
    publisher: str = ""
    published_on: str = ""
    published_year: int | None = None
    isbn: str = ""
    title_sort: str = ""
    author_sort: str = ""
    places: tuple[Place, ...] = ()


def details(tx: Session, *, record_ids: Collection[int]) -> Mapping[int, Detail]:
    """Return the details of each of these records that exists, in four queries."""
    if not record_ids:
        return {}
    statements = Statements(tx)
    creators: dict[int, list[Creator]] = defaultdict(list)
    for record_id, name, reading, role in statements.rows_among(_CREATORS, record_ids):
        creators[record_id].append(Creator(name=name, reading=reading, role=role))
    isbns: dict[int, str] = dict(statements.rows_among(_ISBNS, record_ids))
    places = _places(statements, record_ids)
    return {
        row[0]: _detail(row, creators[row[0]], isbns.get(row[0], ""), places[row[0]])
        for row in statements.rows_among(_RECORDS, record_ids)
    }


def _places(
    statements: Statements, record_ids: Collection[int]
) -> Mapping[int, dict[tuple[str, str, str], bool]]:
    """Return each place of a record once, with whether a copy stands there."""
    places: dict[int, dict[tuple[str, str, str], bool]] = defaultdict(dict)
    for record_id, *place, is_here in statements.rows_among(_PLACES, record_ids):
        branch_code, room, call_number = place
        of_record, key = places[record_id], (branch_code, room, call_number)
        of_record[key] = of_record.get(key, False) or bool(is_here)
    return places


def _detail(
    row: tuple[Any, ...],
    creators: Sequence[Creator],
    isbn: str,
    places: Mapping[tuple[str, str, str], bool],
) -> Detail:
    _, title_reading, publisher, published_on, published_year, title_sort, author_sort = row
    return Detail(
        title_reading=title_reading,
        creators=tuple(creators),
        publisher=publisher,
        published_on=published_on,
        published_year=published_year,
        isbn=isbn,
        title_sort=title_sort,
        author_sort=author_sort,
        places=tuple(
            Place(branch_code=branch_code, room=room, call_number=call_number, is_here=is_here)
            for (branch_code, room, call_number), is_here in places.items()
        ),
    )
