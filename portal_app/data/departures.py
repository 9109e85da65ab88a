"""Records that leave the catalogue: nobody finds them, and whoever keeps one still knows it."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col

from portal_app.data import search_index
from portal_app.data.tables import BibliographicRecord

# No file of records has this digest, so that a record that comes again is written anew.
_OF_NO_FILE = ""


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
