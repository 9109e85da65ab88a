"""Items that come from outside with their records."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from portal_app.data.fitting import fitted, length_of, table_of
from portal_app.data.tables import BibliographicRecord, Branch, Hold, Item, Loan
from portal_app.domain.catalogue import CataloguedItem, CataloguedRecord, ItemState
from portal_app.domain.search_key import search_key

_AT_ONCE = 1_000
_COLUMNS = ("record_id", "barcode", "branch_code", "place", "call_number", "for_loan")


class LeftOutReason(StrEnum):
    """Why an item of a record that was taken did not come along."""

    UNKNOWN_BRANCH = "no branch of this library has this name"
    OTHER_RECORD = "the barcode belongs to an item of another record"
    LONG_BARCODE = "the barcode is longer than a barcode may be"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An item that stayed outside though its record was taken."""

    key: str
    barcode: str
    branch: str
    reason: LeftOutReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Records with the items that can be taken. ``named`` holds all barcodes of each key."""

    records: tuple[CataloguedRecord, ...]
    named: Mapping[str, frozenset[str]]
    left_out: tuple[LeftOut, ...]


def place(tx: Session, *, records: Sequence[CataloguedRecord]) -> Placed:
    """Find the branch of each item, and leave out what has none or is another record's."""
    named = {record.key: frozenset(one.barcode for one in record.items) for record in records}
    shelves = _Shelves(tx, barcodes=frozenset().union(*named.values()))
    kept: list[CataloguedRecord] = []
    left_out: list[LeftOut] = []
    for record in records:
        items: list[CataloguedItem] = []
        for item in record.items:
            found = shelves.place(item, key=record.key)
            if isinstance(found, CataloguedItem):
                items.append(found)
            else:
                left_out.append(
                    LeftOut(key=record.key, barcode=item.barcode, branch=item.branch, reason=found)
                )
        kept.append(replace(record, items=tuple(items)))
    return Placed(records=tuple(kept), named=named, left_out=tuple(left_out))


def put(
    tx: Session,
    *,
    records: Sequence[tuple[int, CataloguedRecord]],
    named: Mapping[str, frozenset[str]],
) -> None:
    """Write the items of records by their barcodes.

    An item that its record no longer names goes, unless someone has or awaits it.
    Where it is while nobody has it is for the desk to say, not for a file.
    """
    table = table_of(Item)
    there = _there(tx, [number for number, record in records if named[record.key]])
    rows = [_row(number, item) for number, record in records for item in record.items]
    new = [{**row, "state": ItemState.ON_SHELF} for row in rows if row["barcode"] not in there]
    changed = [
        {**row, "its_barcode": row["barcode"]}
        for row in rows
        if row["barcode"] in there and row != there[row["barcode"]]
    ]
    if new:
        tx.execute(sa.insert(table), new)
    if changed:
        tx.execute(sa.update(table).where(table.c.barcode == sa.bindparam("its_barcode")), changed)
    all_named = frozenset().union(*(named[record.key] for _, record in records))
    _remove(tx, [barcode for barcode in there if barcode not in all_named])


def with_those_there(
    tx: Session, *, records: Sequence[tuple[int, CataloguedRecord]]
) -> list[tuple[int, CataloguedRecord]]:
    """Return records with all their items, also those of which a file says nothing."""
    items: dict[int, list[CataloguedItem]] = defaultdict(list)
    for row in _there(tx, [number for number, _ in records]).values():
        items[row["record_id"]].append(
            CataloguedItem(
                barcode=row["barcode"],
                branch=row["branch_code"],
                place=row["place"],
                call_number=row["call_number"],
                for_loan=row["for_loan"],
            )
        )
    return [(number, replace(record, items=tuple(items[number]))) for number, record in records]


class _Shelves:
    """Where items may stand: the branches of the library, and whose barcodes are taken."""

    def __init__(self, tx: Session, *, barcodes: frozenset[str]) -> None:
        """Ask for branches and barcodes, when there is an item to ask for."""
        self._longest = length_of(Item, "barcode")
        self._owners: dict[str, str] = {}
        self._branches: dict[str, str] = {}
        if not barcodes:
            return
        for branch in tx.exec(select(Branch)):
            names = (branch.name_en, branch.name, branch.code)
            self._branches |= {_folded(name): branch.code for name in names if name}
        item, record = table_of(Item), table_of(BibliographicRecord)
        taken = sa.select(item.c.barcode, record.c.key).join_from(
            item, record, item.c.record_id == record.c.id
        )
        for some in _portions(sorted(barcodes)):
            self._owners.update(
                (barcode, key) for barcode, key in tx.execute(taken.where(item.c.barcode.in_(some)))
            )

    def place(self, item: CataloguedItem, *, key: str) -> CataloguedItem | LeftOutReason:
        """Return the item in a branch of ours, or why it stays outside."""
        code = self._branches.get(_folded(item.branch))
        if len(item.barcode) > self._longest:
            return LeftOutReason.LONG_BARCODE
        if code is None:
            return LeftOutReason.UNKNOWN_BRANCH
        if self._owners.setdefault(item.barcode, key) != key:
            return LeftOutReason.OTHER_RECORD
        return replace(item, branch=code)


def _row(record_id: int, item: CataloguedItem) -> dict[str, Any]:
    return fitted(
        Item,
        record_id=record_id,
        barcode=item.barcode,
        branch_code=item.branch,
        place=item.place,
        call_number=item.call_number,
        for_loan=item.for_loan,
    )


def _there(tx: Session, record_ids: Sequence[int]) -> dict[str, dict[str, Any]]:
    """Return the items that records have, by barcode, in the order in which they came."""
    table = table_of(Item)
    columns = [table.c[name] for name in _COLUMNS]
    return {
        row["barcode"]: dict(row)
        for some in _portions(record_ids)
        for row in tx.execute(
            sa.select(*columns).where(table.c.record_id.in_(some)).order_by(table.c.id)
        ).mappings()
    }


def _remove(tx: Session, barcodes: Sequence[str]) -> None:
    item, loan, hold = table_of(Item), table_of(Loan), table_of(Hold)
    for some in _portions(barcodes):
        tx.execute(
            sa.delete(item).where(
                item.c.barcode.in_(some),
                ~sa.exists().where(loan.c.item_id == item.c.id),
                ~sa.exists().where(hold.c.item_id == item.c.id),
            )
        )


def _portions(names: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(names), _AT_ONCE):
        yield names[start : start + _AT_ONCE]


def _folded(name: str) -> str:
    return search_key(name).replace(" ", "")
