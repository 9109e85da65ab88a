"""The patron's own page: how much is at home, on hold and in the cart."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from portal_app.data.database import reading
from portal_app.data.tables import CartLine, Hold, Loan
from portal_app.domain.holds import HoldState


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The counts of the tiles of K-07, and what needs doing first."""

    loans: int = 0
    due_dates: tuple[dt.date, ...] = ()
    next_due_on: dt.date | None = None
    holds: int = 0
    ready: int = 0
    pickup_by: dt.date | None = None
    in_cart: int = 0


@reading
def overview(tx: Session, *, patron_id: int) -> Overview:
    """Return what a patron has at home, on hold and in the cart."""
    due_dates = tx.exec(
        select(col(Loan.due_on))
        .where(Loan.patron_id == patron_id, col(Loan.returned_at).is_(None))
        .order_by(col(Loan.due_on))
    ).all()
    open_holds = (Hold.patron_id == patron_id, col(Hold.ended_at).is_(None))
    holds = tx.exec(select(func.count()).select_from(Hold).where(*open_holds)).one()
    ready, pickup_by = tx.exec(
        select(func.count(), func.min(Hold.pickup_by))
        .select_from(Hold)
        .where(*open_holds, Hold.state == HoldState.READY)
    ).one()
    in_cart = tx.exec(
        select(func.count()).select_from(CartLine).where(CartLine.patron_id == patron_id)
    ).one()
    return Overview(
        loans=len(due_dates),
        due_dates=tuple(due_dates),
        next_due_on=due_dates[0] if due_dates else None,
        holds=holds,
        ready=ready,
        pickup_by=pickup_by,
        in_cart=in_cart,
    )
