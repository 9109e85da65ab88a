"""Records that come from outside, written into the tables."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from portal_app.data import arrivals, catalogue_items, search_index
from portal_app.data.catalogue_items import LeftOut
from portal_app.data.fitting import fitted, length_of, table_of
from portal_app.data.tables import (
    BibliographicRecord,
    RecordClassification,
    RecordCreator,
    RecordIdentifier,
    RecordSubject,
)
from portal_app.domain.catalogue import CataloguedRecord
from portal_app.domain.digests import digest_of
from portal_app.domain.search_key import search_key, sort_key

_AT_ONCE = 1_000  # keys in one question; SQLite takes 32,766
_PARTS = (RecordCreator, RecordSubject, RecordClassification, RecordIdentifier)

_DIGITS = re.compile("[0-9]+")
_DIGITS_OF_VOLUME = 6
_LENGTH_OF_VOLUME = 40
_LENGTH_OF_TITLE = 159  # with a space and the volume 200, as the column


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """What became of records that were put into the catalogue."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    left_out: tuple[LeftOut, ...] = ()


def put_records(tx: Session, *, records: Sequence[CataloguedRecord], today: dt.date) -> Put:
    """Add records that are new, and write over those that say something else than before.

    Records are known by their keys. A record that names no items keeps those it
    has: many files describe titles only.
    """
    total = Put()
    for some in _without_repeats(records):
        total = _sum(total, _put(tx, some, today))
    return total


def _put(tx: Session, records: Sequence[CataloguedRecord], today: dt.date) -> Put:
    records = [replace(record, key=fitting_key(record.key)) for record in records]
    known = _known(tx, [record.key for record in records])
    numbers = {key: number for key, (number, _) in known.items()}
    placed = catalogue_items.place(tx, records=records)
    digests = {record.key: digest_of(record) for record in placed.records}
    new = [record for record in placed.records if record.key not in known]
    changed = [
        record
        for record in placed.records
        if record.key in known and known[record.key][1] != digests[record.key]
    ]
    _insert(tx, new, digests, today)
    numbers |= {key: number for key, (number, _) in _known(tx, [one.key for one in new]).items()}
    _update(tx, changed, digests, numbers)
    written = [(numbers[record.key], record) for record in (*new, *changed)]
    _put_parts(tx, written, replaced=[numbers[record.key] for record in changed])
    catalogue_items.put(tx, records=written, named=placed.named)
    search_index.put(tx, records=catalogue_items.with_those_there(tx, records=written))
    arrivals.note(tx, record_ids=[numbers[record.key] for record in new])
    return Put(
        new=len(new),
        updated=len(changed),
        unchanged=len(records) - len(written),
        left_out=placed.left_out,
    )


def _without_repeats(records: Sequence[CataloguedRecord]) -> Iterator[list[CataloguedRecord]]:
    """Yield runs of records in which no key comes twice, and which are not too long."""
    run: dict[str, CataloguedRecord] = {}
    for record in records:
        if record.key in run or len(run) == _AT_ONCE:
            yield list(run.values())
            run = {}
        run[record.key] = record
    if run:
        yield list(run.values())


def _sum(one: Put, other: Put) -> Put:
    return Put(
        new=one.new + other.new,
        updated=one.updated + other.updated,
        unchanged=one.unchanged + other.unchanged,
        left_out=one.left_out + other.left_out,
    )


def _known(tx: Session, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Return number and digest of the records that are in the catalogue already."""
    if not keys:
        return {}
    table = table_of(BibliographicRecord)
    found = sa.select(table.c.key, table.c.id, table.c.digest).where(table.c.key.in_(keys))
    return {key: (number, digest) for key, number, digest in tx.execute(found)}


def _insert(
    tx: Session,
    records: Sequence[CataloguedRecord],
    digests: Mapping[str, str],
    today: dt.date,
) -> None:
    if records:
        rows = [
            {"key": record.key, "added_on": today, **_row(record, digests[record.key])}
            for record in records
        ]
        tx.execute(sa.insert(table_of(BibliographicRecord)), rows)


def _update(
    tx: Session,
    records: Sequence[CataloguedRecord],
    digests: Mapping[str, str],
    numbers: Mapping[str, int],
) -> None:
    if records:
        table = table_of(BibliographicRecord)
        change = sa.update(table).where(table.c.id == sa.bindparam("number"))
        rows = [
            {"number": numbers[record.key], **_row(record, digests[record.key])}
            for record in records
        ]
        tx.execute(change, rows)


def _row(record: CataloguedRecord, digest: str) -> dict[str, Any]:
    return fitted(
        BibliographicRecord,
        digest=digest,
        title=record.title,
        title_reading=record.title_reading,
        title_sort=_title_sort(record),
        author_sort=_author_sort(record),
        volume=record.volume,
        series=record.series,
        series_reading=record.series_reading,
        series_volume=record.series_volume,
        publisher=record.publisher,
        published_on=record.published_on,
        published_year=record.published_year,
        material=record.material,
        audience=record.audience,
        language=record.language,
        extent=record.extent,
        notes="\n".join(record.notes),
        left_on=None,  # whatever had left is here again
    )


def _title_sort(record: CataloguedRecord) -> str:
    """Return the key of the reading, and behind it the volume, so that 2 comes before 10."""
    volume = _DIGITS.sub(lambda found: found[0].zfill(_DIGITS_OF_VOLUME), search_key(record.volume))
    volume = volume.replace(" ", "")[:_LENGTH_OF_VOLUME]
    title = sort_key(record.title_reading or record.title, length=_LENGTH_OF_TITLE)
    return f"{title} {volume}".rstrip()


def _author_sort(record: CataloguedRecord) -> str:
    first = next(iter(record.creators), None)
    return sort_key(first.reading or first.name) if first else ""


def _put_parts(
    tx: Session, records: Sequence[tuple[int, CataloguedRecord]], *, replaced: Sequence[int]
) -> None:
    """Write what a record has several of, instead of what it had."""
    rows: dict[type[SQLModel], list[dict[str, Any]]] = {kind: [] for kind in _PARTS}
    for number, record in records:
        for kind, parts in _parts(record).items():
            rows[kind].extend(
                {"record_id": number, "position": position, **part}
                for position, part in enumerate(parts, start=1)
            )
    for kind in _PARTS:
        table = table_of(kind)
        if replaced:
            tx.execute(sa.delete(table).where(table.c.record_id.in_(replaced)))
        if rows[kind]:
            tx.execute(sa.insert(table), rows[kind])


def _parts(record: CataloguedRecord) -> dict[type[SQLModel], list[dict[str, Any]]]:
    return {
        RecordCreator: [
            fitted(RecordCreator, name=one.name, reading=one.reading, role=one.role)
            for one in record.creators
        ],
        RecordSubject: [{"term": term} for term in record.subjects],
        RecordClassification: [
            fitted(RecordClassification, scheme=one.scheme, number=one.number)
            for one in record.classifications
        ],
        RecordIdentifier: [
            fitted(RecordIdentifier, kind=one.kind, value=one.value) for one in record.identifiers
        ],
    }


def fitting_key(key: str) -> str:
    """Return a key that fits its column and is still like no other."""
    longest = length_of(BibliographicRecord, "key")
    if len(key) <= longest:
        return key
    mark = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: longest - len(mark) - 1]}:{mark}"
