"""Shelves that stand there already when a journey begins."""

from collections.abc import Sequence

from sqlalchemy import inspect

from e2e.serving import Serving
from portal_app.data.tables import BibliographicRecord

SHELF = "5e1f0000-0000-4000-8000-000000000001"
NAME = "こんど読む本"

_SHELF = """
INSERT INTO shelf (patron_id, id, name, rank, created_at)
SELECT id, :shelf_id, :name, 1024, '2026-11-01 10:00:00.000000' FROM patron
WHERE card_number = :card_number
"""
_BOOK = """
INSERT INTO shelf_book (patron_id, shelf_id, record_id, added_at, rank, note, is_read)
SELECT patron.id, :shelf_id, record.id, '2026-11-01 10:00:00.000000', :rank, '', 0
FROM patron JOIN bibliographic_record record ON TRIM(record.title || ' ' || record.volume) = :title
WHERE patron.card_number = :card_number
"""
# A shelf as full as somebody likes, of records that are there only for that.
_NUMBERS = """
WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :count)
"""
_MORE_RECORDS = """
INSERT INTO bibliographic_record ({columns})
SELECT {values} FROM number JOIN bibliographic_record original ON original.title = :title
"""
_MORE_BOOKS = """
INSERT INTO shelf_book (patron_id, shelf_id, record_id, added_at, rank, note, is_read)
SELECT shelf.patron_id, shelf.id, :first + n, '2020-11-01 10:00:00.000000', n - :count, '', 0
FROM number JOIN shelf ON shelf.name = :name
JOIN patron ON patron.id = shelf.patron_id AND patron.card_number = :card_number
"""
_FIRST = 100_000


def stock_shelf(portal: Serving, *, patron: str, titles: Sequence[str]) -> None:
    """Let somebody of the cast have a shelf with these books, in this order."""
    whose = {"card_number": portal.cast[patron].card_number, "shelf_id": SHELF}
    portal.meanwhile(_SHELF, name=NAME, **whose)
    for number, title in enumerate(titles, start=1):
        portal.meanwhile(_BOOK, rank=1024 * number, title=title, **whose)


def fill_shelf(portal: Serving, *, patron: str, name: str, count: int) -> None:
    """Let so many more books stand before the others on a shelf of somebody of the cast."""
    new = {"id": ":first + n", "key": "'more:' || n", "title": "original.title || ' ' || n"}
    columns = [column.name for column in inspect(BibliographicRecord).local_table.columns]
    statement = _MORE_RECORDS.format(
        columns=", ".join(columns),
        values=", ".join(new.get(column, f"original.{column}") for column in columns),
    )
    numbers = {"first": _FIRST, "count": count}
    portal.meanwhile(_NUMBERS + statement, title="こころ", **numbers)
    card_number = portal.cast[patron].card_number
    portal.meanwhile(_NUMBERS + _MORE_BOOKS, name=name, card_number=card_number, **numbers)
