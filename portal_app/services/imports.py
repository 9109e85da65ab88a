"""Putting the records of a file into the catalogue, a batch at a time."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import DataError, IntegrityError
from sqlmodel import Session

from portal_app.data import departures, search_index
from portal_app.data.catalogue import Put, put_records
from portal_app.data.catalogue_items import LeftOut
from portal_app.data.database import transactional
from portal_app.domain.catalogue import CataloguedRecord

_REFUSALS = (DataError, IntegrityError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A record that the database would not take. ``place`` counts in the batch from nought."""

    place: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of the records of a batch."""

    new: int
    updated: int
    unchanged: int
    left_out: tuple[LeftOut, ...] = ()
    refused: tuple[Refused, ...] = ()


@transactional
def import_batch(tx: Session, *, records: Sequence[CataloguedRecord], today: dt.date) -> Imported:
    """Put a batch of records into the catalogue.

    A record that the database refuses would take the whole batch with it, so then
    each is tried by itself.
    """
    try:
        with tx.begin_nested():
            return _imported(put_records(tx, records=records, today=today))
    except _REFUSALS:
        return _one_by_one(tx, records, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Departed:
    """What became of records that a file marks as deleted.

    ``unchanged`` had left before. ``unknown`` are places in the batch, as in ``Refused``.
    """

    left: int
    unchanged: int
    unknown: tuple[int, ...] = ()


@transactional
def let_leave(tx: Session, *, keys: Sequence[str], today: dt.date) -> Departed:
    """Take the records with these keys out of the catalogue; whoever keeps one still knows it."""
    standing = departures.standing(tx, keys=keys)
    there = {one.record_id for one in standing.values() if not one.has_left}
    departures.leave(tx, record_ids=there, today=today)
    unknown = tuple(place for place, key in enumerate(keys) if key not in standing)
    return Departed(
        left=len(there),
        unchanged=len(keys) - len(there) - len(unknown),
        unknown=unknown,
    )


@transactional
def finish(tx: Session) -> None:
    """Put the search index in order after an import."""
    search_index.tidy(tx)


def _one_by_one(tx: Session, records: Sequence[CataloguedRecord], today: dt.date) -> Imported:
    puts: list[Put] = []
    refused: list[Refused] = []
    for place, record in enumerate(records):
        try:
            with tx.begin_nested():
                puts.append(put_records(tx, records=[record], today=today))
        except _REFUSALS as refusal:
            reason = str(refusal.orig).strip().partition("\n")[0]
            refused.append(Refused(place=place, reason=reason))
    return Imported(
        new=sum(put.new for put in puts),
        updated=sum(put.updated for put in puts),
        unchanged=sum(put.unchanged for put in puts),
        left_out=tuple(one for put in puts for one in put.left_out),
        refused=tuple(refused),
    )


def _imported(put: Put) -> Imported:
    return Imported(
        new=put.new, updated=put.updated, unchanged=put.unchanged, left_out=put.left_out
    )
