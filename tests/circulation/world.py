"""A library so small that everybody is in everybody's way."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from portal_app import libraries
from portal_app.data import tables
from portal_app.domain.catalogue import Audience, MaterialClass
from portal_app.domain.policies import (
    Hours,
    Library,
    NextInSeries,
    RenewalBase,
    Renewals,
    Series,
)
from tests.conftest import TODAY

PATRONS = HANAKO, KEN, YUKI, MEI = (1, 3, 4, 5)
# Three volumes, one of them in two copies, and a CD, of which a patron may have one.
RECORDS = FIRST, SECOND, THIRD, CD = (1, 2, 3, 4)
ITEMS = {11: FIRST, 21: SECOND, 22: SECOND, 31: THIRD, 41: CD}
BRANCHES = MAIN, WEST = ("main", "west")

MOST_HOLDS, MOST_LOANS, MOST_RENEWALS, MOST_CDS = 3, 3, 2, 1
PICKUP_DAYS = 2

_OPEN_DAYS = {
    MAIN: ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    WEST: ("mon", "tue", "wed", "thu", "fri"),
}
# What deeds change; all else stays as it was built.
_CHANGING = frozenset(
    {
        "cart_line",
        "delivered_operation",
        "history_entry",
        "hold",
        "hold_series",
        "item",
        "loan",
        "message",
    }
)
Snapshot = Mapping[str, Sequence[Mapping[str, Any]]]


@cache
def library_of(next_when: NextInSeries = NextInSeries.LENT) -> Library:
    """Return a library with tight limits."""
    kagoshima = libraries.load("kagoshima")
    hours = Hours(opens=dt.time(10), closes=dt.time(17))
    branches = tuple(
        kagoshima.branches[0].model_copy(update={"code": code, "hours": dict.fromkeys(days, hours)})
        for code, days in _OPEN_DAYS.items()
    )
    holds = kagoshima.holds.model_copy(
        update={
            "limits": _limits(MOST_HOLDS),
            "block_if_overdue": False,
            "available_items": True,
            "pickup_days": PICKUP_DAYS,
            "series": Series(any_one=True, next_when=next_when),
        }
    )
    loans = kagoshima.loans.model_copy(
        update={
            "limits": _limits(MOST_LOANS),
            "renewals": Renewals(
                base=RenewalBase.DUE_DATE, days=7, limit=MOST_RENEWALS, closes_days_after_due=30
            ),
        }
    )
    return kagoshima.model_copy(update={"branches": branches, "holds": holds, "loans": loans})


def _limits(total: int) -> Any:
    return libraries.load("koganei").holds.limits.model_copy(
        update={"total": total, "by_class": {MaterialClass.CD: MOST_CDS}}
    )


def build(engine: Engine) -> None:
    """Put branches, patrons, records and items into an empty database."""
    with Session(engine) as tx, tx.begin():
        for position, code in enumerate(BRANCHES, start=1):
            tx.add(tables.Branch(code=code, name=code, position=position))
        tx.flush()  # hours need their branch first
        for code, days in _OPEN_DAYS.items():
            for weekday in range(len(days)):
                tx.add(
                    tables.BranchHours(
                        branch_code=code,
                        weekday=weekday,
                        opens_at=dt.time(10),
                        closes_at=dt.time(17),
                    )
                )
        for patron_id in PATRONS:
            tx.add(_patron(patron_id))
        for record_id in RECORDS:
            tx.add(_record(record_id))
        tx.flush()  # items need their record first
        for item_id, record_id in ITEMS.items():
            branch = BRANCHES[item_id % 10 - 1]
            tx.add(
                tables.Item(
                    id=item_id,
                    record_id=record_id,
                    barcode=f"B{item_id}",
                    branch_code=branch,
                )
            )


def _patron(patron_id: int) -> tables.Patron:
    return tables.Patron(
        id=patron_id,
        card_number=f"2000000{patron_id:07d}",
        card_expires_on=TODAY + dt.timedelta(days=3650),
        name=f"利用者{patron_id}",
        born_on=dt.date(1990, 4, 1),
    )


def _record(record_id: int) -> tables.BibliographicRecord:
    return tables.BibliographicRecord(
        id=record_id,
        key=f"test:{record_id}",
        digest="",
        title=f"巻{record_id}",
        title_sort="",
        author_sort="",
        material=MaterialClass.CD if record_id == CD else MaterialClass.BOOK,
        audience=Audience.GENERAL,
        added_on=TODAY,
    )


def remember(engine: Engine) -> Snapshot:
    """Return every row that deeds may change."""
    with engine.connect() as connection:
        return {
            table.name: [
                dict(row)
                for row in connection.execute(
                    sa.select(table).order_by(*table.primary_key)
                ).mappings()
            ]
            for table in _changing()
        }


def put_back(engine: Engine, remembered: Snapshot) -> None:
    """Make the database again what it was."""
    with engine.begin() as connection:
        for table in reversed(_changing()):
            if table.name != "item":
                connection.execute(sa.delete(table))
        for table in _changing():
            rows = remembered[table.name]
            if table.name == "item":
                for row in rows:
                    changed = sa.update(table).where(table.c.id == row["id"])
                    connection.execute(changed.values(dict(row)))
            elif rows:
                connection.execute(sa.insert(table), [dict(row) for row in rows])


def _changing() -> list[sa.Table]:
    return [table for table in SQLModel.metadata.sorted_tables if table.name in _CHANGING]


# What it is about, then what there is: without ids, which differ with who came first, and
# with places for queue numbers.
_HOLDS = """
    SELECT hold.record_id, hold.patron_id, hold.state, hold.end_reason, hold.item_id,
           hold.pickup_branch, hold.contact_method, hold.expires_on, hold.pickup_by,
           hold.suspended_until, hold_series.number, hold_series.kind,
           CASE WHEN hold.cancel_asked_at IS NULL THEN '' ELSE 'cancel' END,
           CASE WHEN hold.ended_at IS NULL THEN
             (SELECT count(*) FROM hold AS other WHERE other.record_id = hold.record_id
              AND other.ended_at IS NULL AND other.queue_number <= hold.queue_number) END,
           CASE WHEN hold.series_id IS NOT NULL THEN
             (SELECT count(*) FROM hold AS other WHERE other.series_id = hold.series_id
              AND other.series_place <= hold.series_place) END
    FROM hold LEFT JOIN hold_series ON hold_series.id = hold.series_id"""
_LOANS = """
    SELECT record_id, patron_id, item_id, loan.branch_code, lent_on, due_on, renewals,
           CASE WHEN returned_at IS NULL THEN 'out' ELSE 'back' END
    FROM loan JOIN item ON item.id = loan.item_id"""
_ITEMS = "SELECT record_id, id, state, at_branch FROM item"
_CARTS = "SELECT record_id, patron_id FROM cart_line"


def outcome(engine: Engine, *, of: Collection[int] = RECORDS) -> tuple[tuple[str, ...], ...]:
    """Return what has become of records, in words that are the same whoever came first."""
    with engine.connect() as connection:
        return tuple(
            tuple(sorted(str(tuple(row)) for row in rows if row[0] in of))
            for rows in (
                connection.execute(sa.text(query)) for query in (_HOLDS, _LOANS, _ITEMS, _CARTS)
            )
        )
