"""A library with the branches of the tests, and what happens at its desks."""

import datetime as dt
from typing import Any

from sqlmodel import Session, col, func, select

from portal_app import libraries
from portal_app.data.database import current_engine, persisted
from portal_app.data.tables import Hold, HoldSeries, Item, Loan
from portal_app.domain.hold_series import SeriesKind
from portal_app.domain.holds import HoldState
from portal_app.domain.policies import Hours, Library, NextInSeries
from portal_app.services import circulation
from tests.conftest import NOW

_KAGOSHIMA = libraries.load("kagoshima")
_HOURS = Hours(opens=dt.time(10), closes=dt.time(17))
_OPEN = {
    "main": ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    "west": ("mon", "tue", "wed", "thu", "fri"),
}
LIBRARY = _KAGOSHIMA.model_copy(
    update={
        "branches": tuple(
            _KAGOSHIMA.branches[0].model_copy(
                update={"code": code, "hours": dict.fromkeys(days, _HOURS)}
            )
            for code, days in _OPEN.items()
        )
    }
)


def next_when(when: NextInSeries) -> Library:
    """Return the library, in which the next of a series is asked for at another time."""
    series = LIBRARY.holds.series.model_copy(update={"next_when": when})
    holds = LIBRARY.holds.model_copy(update={"series": series})
    return LIBRARY.model_copy(update={"holds": holds})


def card_of(patron_id: int) -> str:
    return f"2000000{patron_id:07d}"


def hold(patron_id: int, record_id: int, **more: Any) -> int:
    """Let a patron wait for a record, behind whoever waits already."""
    with Session(current_engine()) as tx, tx.begin():
        last = tx.exec(select(func.max(Hold.queue_number)).where(Hold.record_id == record_id)).one()
        mine = tx.exec(
            select(func.count()).where(Hold.patron_id == patron_id, col(Hold.ended_at).is_(None))
        ).one()
        placed = Hold(
            patron_id=patron_id,
            record_id=record_id,
            slot=mine + 1,
            queue_number=(last or 0) + 1,
            contact_method="none",
            placed_at=NOW,
            **{"pickup_branch": "main", **more},
        )
        tx.add(placed)
        tx.flush()
        return persisted(placed.id)


def series(patron_id: int, *record_ids: int, kind: SeriesKind = SeriesKind.IN_ORDER) -> list[int]:
    """Let a patron wait for records that belong together."""
    with Session(current_engine()) as tx, tx.begin():
        made = HoldSeries(patron_id=patron_id, number=1, kind=kind, made_at=NOW)
        tx.add(made)
        tx.flush()
        number = persisted(made.id)
    return [
        hold(patron_id, record_id, series_id=number, series_place=place)
        for place, record_id in enumerate(record_ids, start=1)
    ]


def lend(patron_id: int, barcode: str, *, library: Library = LIBRARY) -> circulation.Lent:
    return circulation.lend(
        card_number=card_of(patron_id),
        barcode=barcode,
        branch_code="main",
        library=library,
        now=NOW,
    )


def check_in(
    barcode: str, *, at: str = "main", library: Library = LIBRARY, now: dt.datetime = NOW
) -> circulation.CheckedIn:
    return circulation.check_in(barcode=barcode, branch_code=at, library=library, now=now)


def hold_now(hold_id: int) -> Hold:
    with Session(current_engine()) as tx:
        return tx.get_one(Hold, hold_id)


def state_of(hold_id: int) -> HoldState:
    return hold_now(hold_id).state


def item_now(barcode: str) -> Item:
    with Session(current_engine()) as tx:
        return tx.exec(select(Item).where(Item.barcode == barcode)).one()


def loan_now(loan_id: int | None) -> Loan:
    with Session(current_engine()) as tx:
        return tx.get_one(Loan, loan_id)
