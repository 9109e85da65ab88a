"""Listing what is new in the catalogue, the newest first."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal_app.data.database import reading
from portal_app.data.summaries import Summary, summaries
from portal_app.data.tables import BibliographicRecord, Item, RecordClassification
from portal_app.domain.new_arrivals import MOST_LOOKED_THROUGH, PAGE_SIZE, Asked
from portal_app.domain.search import MOST_RESULTS


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """A record, and when it came into the catalogue."""

    added_on: dt.date
    record: Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of new records. ``is_at_least`` says that there are more than are counted."""

    rows: tuple[NewRecord, ...] = ()
    count: int = 0
    is_at_least: bool = False
    page: int = 1
    pages: int = 0


@reading
def find(tx: Session, *, asked: Asked, weeks: tuple[dt.date, ...]) -> Found:
    """Return the page that is asked for, or the last one when there are fewer.

    However much came in, only the newest of it is looked through.
    """
    new = _new(asked, weeks)
    counted = sa.select(new.c.id).limit(MOST_RESULTS + 1).subquery()
    count = tx.exec(select(sa.func.count()).select_from(counted)).one()
    number = min(count, MOST_RESULTS)
    pages = -(-number // PAGE_SIZE)
    page = max(1, min(asked.page, pages))
    newest_first = (
        sa.select(new.c.id, new.c.added_on)
        .order_by(new.c.added_on.desc(), new.c.id.desc())
        .offset((page - 1) * PAGE_SIZE)
        .limit(min(PAGE_SIZE, MOST_RESULTS - (page - 1) * PAGE_SIZE))
    )
    found = tx.execute(newest_first).all()
    records = summaries(tx, record_ids=[record_id for record_id, _ in found])
    return Found(
        rows=tuple(
            NewRecord(added_on=added_on, record=records[record_id]) for record_id, added_on in found
        ),
        count=number,
        is_at_least=count > MOST_RESULTS,
        page=page,
        pages=pages,
    )


def _new(asked: Asked, weeks: tuple[dt.date, ...]) -> sa.Subquery:
    first, last = asked.days(weeks)
    newest = (
        sa.select(
            col(BibliographicRecord.id),
            col(BibliographicRecord.added_on),
            col(BibliographicRecord.material),
        )
        .where(
            col(BibliographicRecord.added_on).between(first, last),
            col(BibliographicRecord.left_on).is_(None),
        )
        .order_by(col(BibliographicRecord.added_on).desc(), col(BibliographicRecord.id).desc())
        .limit(MOST_LOOKED_THROUGH)
        .subquery()
    )
    chosen = sa.select(newest.c.id, newest.c.added_on)
    if asked.material is not None:
        chosen = chosen.where(newest.c.material == asked.material)
    if asked.ndc:
        chosen = chosen.where(
            sa.exists().where(
                col(RecordClassification.record_id) == newest.c.id,
                col(RecordClassification.scheme).startswith("ndc"),
                col(RecordClassification.number).startswith(asked.ndc),
            )
        )
    if asked.branch:
        chosen = chosen.where(
            sa.exists().where(
                col(Item.record_id) == newest.c.id, col(Item.branch_code) == asked.branch
            )
        )
    return chosen.subquery()
