"""The patron's own page: how much is at home, on hold, in the cart and on shelves."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from portal_app.data.database import reading
from portal_app.data.tables import Alert, CartLine, HistoryKey, Hold, Loan, Shelf, ShelfBook
from portal_app.domain import policies
from portal_app.domain.holds import HoldState, ended_shown_since
from portal_app.domain.policies import MOST_ALERTS


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """An alert as the patron's own page names it (K-12)."""

    name: str
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The counts of the tiles of K-07 and K-09, what needs doing first, and the alerts of K-12."""

    loans: int = 0
    due_dates: tuple[dt.date, ...] = ()
    next_due_on: dt.date | None = None
    holds: int = 0
    ready: int = 0
    pickup_by: dt.date | None = None
    holds_ended: int = 0
    in_cart: int = 0
    on_shelves: int = 0
    keeps_history: bool = False
    alerts: tuple[AlertLine, ...] = ()


@reading
def overview(tx: Session, *, patron_id: int, policy: policies.Holds, now: dt.datetime) -> Overview:
    """Return what a patron has at home, on hold, in the cart and on shelves."""
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
    since = ended_shown_since(now.date(), policy.ended_shown_months)
    holds_ended = tx.exec(
        select(func.count())
        .select_from(Hold)
        .where(
            Hold.patron_id == patron_id,
            col(Hold.ended_at) >= dt.datetime.combine(since, dt.time(), now.tzinfo),
        )
    ).one()
    in_cart = tx.exec(
        select(func.count()).select_from(CartLine).where(CartLine.patron_id == patron_id)
    ).one()
    on_shelves = tx.exec(
        select(func.count())
        .select_from(ShelfBook)
        .join(
            Shelf,
            (col(Shelf.patron_id) == ShelfBook.patron_id) & (col(Shelf.id) == ShelfBook.shelf_id),
        )
        .where(
            ShelfBook.patron_id == patron_id,
            col(ShelfBook.removed_at).is_(None),
            col(Shelf.deleted_at).is_(None),
        )
    ).one()
    return Overview(
        loans=len(due_dates),
        due_dates=tuple(due_dates),
        next_due_on=due_dates[0] if due_dates else None,
        holds=holds,
        ready=ready,
        pickup_by=pickup_by,
        holds_ended=holds_ended,
        in_cart=in_cart,
        on_shelves=on_shelves,
        keeps_history=tx.get(HistoryKey, patron_id) is not None,
        alerts=_alerts(tx, patron_id),
    )


def _alerts(tx: Session, patron_id: int) -> tuple[AlertLine, ...]:
    rows = tx.exec(
        select(Alert.name, Alert.is_active)
        .where(Alert.patron_id == patron_id)
        .order_by(col(Alert.made_at), col(Alert.id))
        .limit(MOST_ALERTS)
    )
    return tuple(AlertLine(name=name, is_active=is_active) for name, is_active in rows)
