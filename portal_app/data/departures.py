"""Records that leave the catalogue: nobody finds them, and whoever keeps one still knows it."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal_app.data import search_index
from portal_app.data.catalogue import fitting_key
from portal_app.data.database import persisted
from portal_app.data.tables import BibliographicRecord

# No file of records has this digest, so that a record that comes again is written anew.
_OF_NO_FILE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A record that the catalogue knows, whether it is there still or has left."""

    record_id: int
    has_left: bool


def standing(tx: Session, *, keys: Collection[str]) -> Mapping[str, Standing]:
    """Return how those of the keys stand that name a record."""
    asked = {fitting_key(key): key for key in keys}
    rows = tx.exec(
        select(
            BibliographicRecord.key, BibliographicRecord.id, col(BibliographicRecord.left_on)
        ).where(col(BibliographicRecord.key).in_(asked))
    )
    return {
        asked[key]: Standing(record_id=persisted(number), has_left=left_on is not None)
        for key, number, left_on in rows
    }


def leave(tx: Session, *, record_ids: Collection[int], today: dt.date) -> None:
    """Take records out of what is found, and keep what is known of them.

    Their numbers are not given again: a shelf, a hold or a loan of long ago still
    means the same. What comes again with a later import is in the catalogue again.
    """
    if not record_ids:
        return
    search_index.remove(tx, record_ids=record_ids)
    tx.execute(
        sa.update(BibliographicRecord)
        .where(
            col(BibliographicRecord.id).in_(record_ids), col(BibliographicRecord.left_on).is_(None)
        )
        .values(left_on=today, digest=_OF_NO_FILE)
    )
