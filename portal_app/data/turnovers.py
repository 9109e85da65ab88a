"""How fast the library's own loans come back: what an estimate of a wait rests on."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlmodel import Session, col

from portal_app.data.moments import LIBRARY_TIME
from portal_app.data.tables import BibliographicRecord, Item, Loan
from portal_app.domain.catalogue import MaterialClass
from portal_app.domain.queues import LOANS_COUNT_FOR, Turnover, turnover

# The latest loans tell enough: nobody waits for a page while years of them are counted.
MOST_LOANS_OF_RECORD = 100
LATEST_LOANS = 2_000


def turnovers_of(
    tx: Session, *, record_ids: Collection[int], today: dt.date
) -> Mapping[int, Turnover | None]:
    """Return how fast each of these records turns, or None where too little is known."""
    since = dt.datetime.combine(today - LOANS_COUNT_FOR, dt.time(), tzinfo=LIBRARY_TIME)
    materials = _materials_of(tx, record_ids)
    of_record = _loans_of_records(tx, record_ids, since)
    unsure = {materials[one] for one in materials if turnover(of_record[one], ()) is None}
    of_class = _loans_of_classes(tx, unsure, since)
    return {
        record_id: turnover(of_record[record_id], of_class[material])
        for record_id, material in materials.items()
    }


def _materials_of(tx: Session, record_ids: Collection[int]) -> Mapping[int, MaterialClass]:
    rows = tx.execute(
        sa.select(col(BibliographicRecord.id), col(BibliographicRecord.material)).where(
            col(BibliographicRecord.id).in_(record_ids)
        )
    )
    return {record_id: MaterialClass(material) for record_id, material in rows}


def _loans_of_records(
    tx: Session, record_ids: Collection[int], since: dt.datetime
) -> defaultdict[int, list[int]]:
    from_the_latest = sa.func.row_number().over(
        partition_by=col(Item.record_id), order_by=col(Loan.id).desc()
    )
    loans = (
        sa.select(
            col(Item.record_id),
            col(Loan.lent_on),
            col(Loan.returned_at),
            from_the_latest.label("number"),
        )
        .join(Item, col(Item.id) == col(Loan.item_id))
        .where(col(Item.record_id).in_(record_ids), col(Loan.returned_at) >= since)
        .subquery()
    )
    rows = tx.execute(
        sa.select(loans.c.record_id, loans.c.lent_on, loans.c.returned_at).where(
            loans.c.number <= MOST_LOANS_OF_RECORD
        )
    )
    lasted: defaultdict[int, list[int]] = defaultdict(list)
    for record_id, lent_on, returned_at in rows:
        lasted[record_id].append((returned_at.date() - lent_on).days)
    return lasted


def _loans_of_classes(
    tx: Session, materials: Collection[MaterialClass], since: dt.datetime
) -> defaultdict[MaterialClass, list[int]]:
    lasted: defaultdict[MaterialClass, list[int]] = defaultdict(list)
    if not materials:
        return lasted
    latest = (
        sa.select(col(Loan.item_id), col(Loan.lent_on), col(Loan.returned_at))
        .order_by(col(Loan.id).desc())
        .limit(LATEST_LOANS)
        .subquery()
    )
    rows = tx.execute(
        sa.select(col(BibliographicRecord.material), latest.c.lent_on, latest.c.returned_at)
        .join(Item, col(Item.record_id) == col(BibliographicRecord.id))
        .join(latest, latest.c.item_id == col(Item.id))
        .where(col(BibliographicRecord.material).in_(materials), latest.c.returned_at >= since)
    )
    for material, lent_on, returned_at in rows:
        lasted[MaterialClass(material)].append((returned_at.date() - lent_on).days)
    return lasted
