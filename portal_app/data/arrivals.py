"""Records that are new in the catalogue and were not yet compared with any alert."""

from collections import defaultdict
from collections.abc import Collection, Iterator

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal_app.data.fitting import table_of
from portal_app.data.statements import Statements
from portal_app.data.tables import Alert, Arrival
from portal_app.domain.alert_matching import Texts, texts_of
from portal_app.domain.catalogue import Creator

# Some weeks' worth of a large library. Whoever fills a catalogue anew has no news for anybody.
MOST_WAITING = 20_000

# What has left the catalogue again is not told of.
_RECORDS = """
    SELECT id, title, title_reading, publisher FROM bibliographic_record
    WHERE left_on IS NULL AND id IN ({among})"""
_CREATORS = """
    SELECT record_id, name, reading FROM record_creator WHERE record_id IN ({among})
    ORDER BY record_id, position"""
_SUBJECTS = """
    SELECT record_id, term FROM record_subject WHERE record_id IN ({among})
    ORDER BY record_id, position"""


def note(tx: Session, *, record_ids: Collection[int]) -> None:
    """Remember records that were never in the catalogue before, if any alert waits.

    A record that is imported again is not new, so it arrives once and never again.
    """
    if not record_ids or not _somebody_waits(tx):
        return
    waiting = tx.exec(select(sa.func.count()).select_from(Arrival)).one()
    rows = [{"record_id": number} for number in record_ids][: max(0, MOST_WAITING - waiting)]
    if rows:
        tx.execute(sa.insert(table_of(Arrival)), rows)


def texts(tx: Session, *, record_ids: Collection[int]) -> Iterator[tuple[int, Texts]]:
    """Yield what alerts look through, for those of these records that are in the catalogue."""
    if not record_ids:
        return
    statements = Statements(tx)
    creators: dict[int, list[Creator]] = defaultdict(list)
    for record_id, name, reading in statements.rows_among(_CREATORS, record_ids):
        creators[record_id].append(Creator(name=name, reading=reading))
    subjects: dict[int, list[str]] = defaultdict(list)
    for record_id, term in statements.rows_among(_SUBJECTS, record_ids):
        subjects[record_id].append(term)
    for record_id, title, reading, publisher in statements.rows_among(_RECORDS, record_ids):
        found = texts_of(
            title=title,
            title_reading=reading,
            creators=creators[record_id],
            subjects=subjects[record_id],
            publisher=publisher,
        )
        yield record_id, found


def _somebody_waits(tx: Session) -> bool:
    return tx.exec(select(Alert.id).where(col(Alert.is_active)).limit(1)).first() is not None
