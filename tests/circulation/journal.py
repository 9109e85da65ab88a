"""What was seen before a deed, so that what it did can be judged: rules about changes."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Engine, RowMapping

from portal_app.domain.policies import NextInSeries
from tests.circulation import invariants

_HOLDS = """
    SELECT id, patron_id, record_id, state, queue_number, placed_at, suspended_until, expires_on,
           item_id, ended_at FROM hold"""
_LOANS = """
    SELECT loan.id, patron_id, record_id, due_on, renewals, item_id, returned_at
    FROM loan JOIN item ON item.id = loan.item_id"""
_ITEMS = "SELECT id, record_id, state, for_loan FROM item"

_SERVED = ("in_transit", "ready")
_OPEN = ("waiting", *_SERVED)
_NEXT_STATES = {
    "waiting": {"waiting", "in_transit", "ready", "lent", "cancelled"},
    "in_transit": {"in_transit", "ready", "waiting", "lent", "cancelled"},
    "ready": {"ready", "in_transit", "waiting", "lent", "lapsed", "cancelled"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Holds, loans and items at one moment, and the waiting holds whose turn it is."""

    holds: Mapping[int, RowMapping]
    loans: Mapping[int, RowMapping]
    items: Mapping[int, RowMapping]
    turns: set[int]

    def in_line(self, record_id: int, today: dt.date) -> list[int]:
        """Return who is next for a record, and who after that."""
        waiting = [
            hold
            for hold in self.holds.values()
            if hold["record_id"] == record_id
            and hold["id"] in self.turns
            and not _is_suspended(hold, today)
            and not _is_too_late(hold, today)
        ]
        return [hold["id"] for hold in sorted(waiting, key=lambda hold: hold["queue_number"])]

    def kept(self) -> set[int]:
        """Return the items that are set aside for somebody."""
        return {hold["item_id"] for hold in self.holds.values() if hold["item_id"]}

    def out(self) -> set[int]:
        """Return the items that somebody has at home."""
        return {loan["item_id"] for loan in self.loans.values() if loan["returned_at"] is None}


def read(engine: Engine, next_when: NextInSeries) -> Page:
    """Return what there is now."""
    with engine.connect() as connection:
        holds, loans, items = (
            {row["id"]: row for row in connection.execute(sa.text(query)).mappings()}
            for query in (_HOLDS, _LOANS, _ITEMS)
        )
        return Page(
            holds=holds,
            loans=loans,
            items=items,
            turns=invariants.in_turn(connection, next_when),
        )


def wrong(before: Page, after: Page, today: dt.date) -> list[str]:
    """Return what must not have happened between two pages, in words."""
    return [
        *_wrong_with_holds(before, after),
        *_wrong_with_loans(before, after),
        *_wrong_with_order(before, after, today),
        *_passed_over(before, after, today),
    ]


def _wrong_with_holds(before: Page, after: Page) -> Iterator[str]:
    for hold_id, old in before.holds.items():
        new = after.holds.get(hold_id)
        if new is None:
            yield f"hold {hold_id} has vanished"
        elif old["ended_at"] is not None:
            if (new["state"], new["ended_at"]) != (old["state"], old["ended_at"]):
                yield f"hold {hold_id} had ended and has changed"
        elif new["state"] not in _NEXT_STATES[old["state"]]:
            yield f"hold {hold_id} went from {old['state']} to {new['state']}"
        elif new["placed_at"] != old["placed_at"]:
            yield f"hold {hold_id} was placed at another time"


def _wrong_with_loans(before: Page, after: Page) -> Iterator[str]:
    for loan_id, old in before.loans.items():
        new = after.loans.get(loan_id)
        if new is None:
            yield f"loan {loan_id} has vanished"
        elif new["due_on"] != old["due_on"]:
            yield from _wrong_with_renewal(before, old, new)


def _wrong_with_renewal(before: Page, old: RowMapping, new: RowMapping) -> Iterator[str]:
    if old["returned_at"] is not None:
        yield f"loan {old['id']} was back and is due another day"
    if str(new["due_on"]) < str(old["due_on"]):
        yield f"loan {old['id']} is due earlier than it was"
    if new["renewals"] != old["renewals"] + 1:
        yield f"loan {old['id']} is due another day without a renewal"
    if any(
        hold["state"] == "waiting"
        and hold["record_id"] == old["record_id"]
        and hold["patron_id"] != old["patron_id"]
        for hold in before.holds.values()
    ):
        yield f"loan {old['id']} was renewed while somebody waited"


def _wrong_with_order(before: Page, after: Page, today: dt.date) -> Iterator[str]:
    for hold_id, new in after.holds.items():
        old = before.holds.get(hold_id)
        if old is None or old["state"] != "waiting" or new["state"] not in _SERVED:
            continue
        if _is_suspended(old, today):
            yield f"hold {hold_id} was served while it was suspended"
        # One deed may serve several: an earlier volume may have ended just before.
        if hold_id not in before.turns and not _has_come_in_turn(hold_id, before, after):
            yield f"hold {hold_id} was served out of turn"
        line = before.in_line(old["record_id"], today)
        in_front = line[: line.index(hold_id)] if hold_id in line else []
        for other in set(in_front) & set(after.in_line(old["record_id"], today)):
            yield f"hold {hold_id} was served before hold {other}"


def _has_come_in_turn(hold_id: int, before: Page, after: Page) -> bool:
    """Return whether a deed that served a hold has also ended another of the same patron."""
    patron_id = before.holds[hold_id]["patron_id"]
    return any(
        hold["patron_id"] == patron_id
        and hold["ended_at"] is None
        and after.holds[other]["ended_at"] is not None
        for other, hold in before.holds.items()
    )


def _passed_over(before: Page, after: Page, today: dt.date) -> Iterator[str]:
    """Yield the items that a deed has set free although somebody is in line for them."""
    held = before.kept() | before.out()
    for item_id in held - after.kept() - after.out():
        item = after.items[item_id]
        if item["state"] in ("missing", "in_repair") or not item["for_loan"]:
            continue
        record_id = item["record_id"]
        both = set(before.in_line(record_id, today)) & set(after.in_line(record_id, today))
        if both:
            yield f"item {item_id} has become free while holds {sorted(both)} were in line"


def _is_suspended(hold: RowMapping, today: dt.date) -> bool:
    return hold["suspended_until"] is not None and str(hold["suspended_until"]) >= str(today)


def _is_too_late(hold: RowMapping, today: dt.date) -> bool:
    return hold["expires_on"] is not None and str(hold["expires_on"]) < str(today)
