"""How titles and names are read, for those who cannot read them yet."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from portal_app.data.statements import Statements

_TITLES = "SELECT id, title_reading FROM bibliographic_record WHERE id IN ({among})"
_CREATORS = """
    SELECT record_id, reading FROM record_creator
    WHERE record_id IN ({among}) AND reading <> '' ORDER BY record_id, position"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """How the title of a record is read, and those who made it, in katakana."""

    title: str = ""
    creators: str = ""


def readings(tx: Session, *, record_ids: Collection[int]) -> Mapping[int, Readings]:
    """Return how each of these records is read, as far as the catalogue says."""
    if not record_ids:
        return {}
    statements = Statements(tx)
    people: dict[int, list[str]] = defaultdict(list)
    for record_id, reading in statements.rows_among(_CREATORS, record_ids):
        people[record_id].append(reading.replace(",", ""))
    return {
        record_id: Readings(title=title, creators="、".join(people[record_id]))
        for record_id, title in statements.rows_among(_TITLES, record_ids)
    }
