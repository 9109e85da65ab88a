"""What a list shows of a record, wherever the list comes from."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from portal_app.data.database import persisted
from portal_app.data.tables import BibliographicRecord, Hold, Item, Loan, RecordCreator
from portal_app.domain import availability
from portal_app.domain.catalogue import (
    Audience,
    Availability,
    Creator,
    MaterialClass,
    bibliographic_line,
)
from portal_app.domain.holds import HoldState, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One row of a list of records. ``line`` is the bibliographic line of K-23."""

    record_id: int
    title: str
    volume: str
    series: str
    line: str
    material: MaterialClass
    audience: Audience
    availability: Availability
    waiting: int

    @property
    def wanted(self) -> Wanted:
        """What the hold rules need to know about it."""
        return Wanted(
            record_id=self.record_id, material=self.material, availability=self.availability
        )


def summaries(tx: Session, *, record_ids: Collection[int]) -> Mapping[int, Summary]:
    """Return a summary for each of these records that exists. A page of them takes four queries."""
    creators = _creators_of(tx, record_ids)
    waiting = _waiting_for(tx, record_ids)
    items = _items_of(tx, record_ids)
    records = tx.exec(
        select(BibliographicRecord).where(col(BibliographicRecord.id).in_(record_ids))
    )
    found: dict[int, Summary] = {}
    for record in records:
        record_id = persisted(record.id)
        found[record_id] = Summary(
            record_id=record_id,
            title=record.title,
            volume=record.volume,
            series=record.series,
            line=bibliographic_line(
                creators=creators[record_id],
                publisher=record.publisher,
                published_on=record.published_on,
                call_number=next((call for call, _ in items[record_id] if call), ""),
            ),
            material=record.material,
            audience=record.audience,
            availability=availability.of_record(
                [state for _, state in items[record_id]], waiting=waiting[record_id]
            ),
            waiting=waiting[record_id],
        )
    return found


def _creators_of(tx: Session, record_ids: Collection[int]) -> Mapping[int, list[Creator]]:
    creators: dict[int, list[Creator]] = defaultdict(list)
    rows = tx.exec(
        select(RecordCreator)
        .where(col(RecordCreator.record_id).in_(record_ids))
        .order_by(col(RecordCreator.record_id), col(RecordCreator.position))
    )
    for row in rows:
        creators[row.record_id].append(Creator(name=row.name, reading=row.reading, role=row.role))
    return creators


def _waiting_for(tx: Session, record_ids: Collection[int]) -> Mapping[int, int]:
    counts = tx.exec(
        select(Hold.record_id, func.count())
        .where(col(Hold.record_id).in_(record_ids), Hold.state == HoldState.WAITING)
        .group_by(col(Hold.record_id))
    )
    return defaultdict(int, [(record_id, count) for record_id, count in counts])


def _items_of(
    tx: Session, record_ids: Collection[int]
) -> Mapping[int, list[tuple[str, Availability]]]:
    items: dict[int, list[tuple[str, Availability]]] = defaultdict(list)
    rows = tx.exec(
        select(Item, Loan.id)
        .join(Loan, (col(Loan.item_id) == Item.id) & col(Loan.returned_at).is_(None), isouter=True)
        .where(col(Item.record_id).in_(record_ids))
        .order_by(col(Item.record_id), col(Item.id))
    )
    for item, loan_id in rows:
        state = availability.of_item(
            state=item.state, for_loan=item.for_loan, is_on_loan=loan_id is not None
        )
        items[item.record_id].append((item.call_number, state))
    return items
