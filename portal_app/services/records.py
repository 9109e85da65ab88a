"""Everything a patron may see of one record (K-22)."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from portal_app.data.database import persisted, reading
from portal_app.data.summaries import Summary, summaries
from portal_app.data.tables import (
    BibliographicRecord,
    Branch,
    Hold,
    Item,
    Loan,
    RecordClassification,
    RecordCreator,
    RecordIdentifier,
    RecordSubject,
)
from portal_app.domain import availability
from portal_app.domain.catalogue import Availability, Classification, Creator, Identifier

# No record has more; a page could not show them.
MOST_PARTS = 200
MOST_ITEMS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelvedItem:
    """A copy, and where it is. ``due_on`` is set while it is on loan."""

    item_id: int
    barcode: str
    place: str
    call_number: str
    for_loan: bool
    availability: Availability
    due_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchItems:
    """The copies of one branch."""

    branch: str
    shelved: tuple[ShelvedItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDetail:
    """A record with all its parts. ``open_holds`` counts those who wait and who fetch."""

    summary: Summary
    title_reading: str
    series_reading: str
    series_volume: str
    creators: tuple[Creator, ...]
    publisher: str
    published_on: str
    language: str
    extent: str
    identifiers: tuple[Identifier, ...]
    classifications: tuple[Classification, ...]
    subjects: tuple[str, ...]
    notes: tuple[str, ...]
    added_on: dt.date
    branches: tuple[BranchItems, ...]
    open_holds: int


@reading
def show(tx: Session, *, record_id: int) -> RecordDetail | None:
    """Return a record with its items, or None where there is no such record."""
    record = tx.get(BibliographicRecord, record_id)
    if record is None:
        return None
    return RecordDetail(
        summary=summaries(tx, record_ids=[record_id])[record_id],
        title_reading=record.title_reading,
        series_reading=record.series_reading,
        series_volume=record.series_volume,
        creators=_creators(tx, record_id),
        publisher=record.publisher,
        published_on=record.published_on,
        language=record.language,
        extent=record.extent,
        identifiers=_identifiers(tx, record_id),
        classifications=_classifications(tx, record_id),
        subjects=_subjects(tx, record_id),
        notes=tuple(filter(None, record.notes.split("\n"))),
        added_on=record.added_on,
        branches=_branches(tx, record_id),
        open_holds=tx.exec(
            select(func.count())
            .select_from(Hold)
            .where(Hold.record_id == record_id, col(Hold.ended_at).is_(None))
        ).one(),
    )


def _creators(tx: Session, record_id: int) -> tuple[Creator, ...]:
    rows = tx.exec(
        select(RecordCreator)
        .where(RecordCreator.record_id == record_id)
        .order_by(col(RecordCreator.position))
        .limit(MOST_PARTS)
    )
    return tuple(Creator(name=row.name, reading=row.reading, role=row.role) for row in rows)


def _identifiers(tx: Session, record_id: int) -> tuple[Identifier, ...]:
    rows = tx.exec(
        select(RecordIdentifier)
        .where(RecordIdentifier.record_id == record_id)
        .order_by(col(RecordIdentifier.position))
        .limit(MOST_PARTS)
    )
    return tuple(Identifier(kind=row.kind, value=row.value) for row in rows)


def _classifications(tx: Session, record_id: int) -> tuple[Classification, ...]:
    rows = tx.exec(
        select(RecordClassification)
        .where(RecordClassification.record_id == record_id)
        .order_by(col(RecordClassification.position))
        .limit(MOST_PARTS)
    )
    return tuple(Classification(scheme=row.scheme, number=row.number) for row in rows)


def _subjects(tx: Session, record_id: int) -> tuple[str, ...]:
    return tuple(
        tx.exec(
            select(RecordSubject.term)
            .where(RecordSubject.record_id == record_id)
            .order_by(col(RecordSubject.position))
            .limit(MOST_PARTS)
        )
    )


def _branches(tx: Session, record_id: int) -> tuple[BranchItems, ...]:
    """Return the items in the order in which the library lists its branches."""
    rows = tx.exec(
        select(Item, Loan)
        .join(Branch, col(Branch.code) == Item.branch_code)
        .join(Loan, (col(Loan.item_id) == Item.id) & col(Loan.returned_at).is_(None), isouter=True)
        .where(Item.record_id == record_id)
        .order_by(col(Branch.position), col(Item.call_number), col(Item.id))
        .limit(MOST_ITEMS)
    )
    branches: dict[str, list[ShelvedItem]] = {}
    for item, loan in rows:
        branches.setdefault(item.branch_code, []).append(_shelved(item, loan))
    return tuple(BranchItems(branch=code, shelved=tuple(items)) for code, items in branches.items())


def _shelved(item: Item, loan: Loan | None) -> ShelvedItem:
    return ShelvedItem(
        item_id=persisted(item.id),
        barcode=item.barcode,
        place=item.place,
        call_number=item.call_number,
        for_loan=item.for_loan,
        availability=availability.of_item(
            state=item.state, for_loan=item.for_loan, is_on_loan=loan is not None
        ),
        due_on=None if loan is None else loan.due_on,
    )
