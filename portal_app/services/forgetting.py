"""Blurring what could still tell whose a loan was, although its row says so no longer (K-18).

Two rows that were written at the same moment belong together, and so do two that name the
same unusual due date. Hourly, what is over keeps no more than the day.
"""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, update

from portal_app.data.database import transactional
from portal_app.data.tables import DeliveredOperation, Hold, Loan
from portal_app.domain.holds import HoldState

# In PostgreSQL every row tells which transaction wrote it, and which locked it last: that
# which returned the loan wrote the entry and locked the patron, the item and the record.
# Written anew together, those of an hour look alike.
_MIX_ROWS = (
    "UPDATE patron SET name = name WHERE xmax::text <> '0'",
    """UPDATE history_entry SET patron_id = patron_id
    WHERE xmin IN (SELECT xmin FROM loan WHERE returned_at IS NOT NULL)""",
)


@transactional
def blur_the_past(tx: Session, *, now: dt.datetime) -> None:
    """Let loans that are back, and holds that were lent, say the day and no more."""
    if tx.get_bind().dialect.name == "postgresql":
        for mix in _MIX_ROWS:
            tx.execute(sa.text(mix))
    _blur_loans(tx)
    _blur_holds(tx)
    _blur_answers(tx, now)


def _blur_loans(tx: Session) -> None:
    returned_on = _day_of(tx, col(Loan.returned_at))
    is_exact = sa.or_(
        col(Loan.renewals) > 0,
        col(Loan.due_on) != col(Loan.lent_on),
        col(Loan.returned_at) != returned_on,
    )
    # The answer to a renewal, kept for a while, names the due date as it became.
    plain = {"renewals": 0, "due_on": col(Loan.lent_on), "returned_at": returned_on}
    tx.exec(
        update(Loan)
        .where(col(Loan.returned_at).is_not(None), is_exact)
        .values(plain)
        .execution_options(synchronize_session=False)
    )


def _blur_holds(tx: Session) -> None:
    lent_on = _day_of(tx, col(Hold.ended_at))
    is_exact = sa.or_(col(Hold.placed_at) != lent_on, col(Hold.ended_at) != lent_on)
    # Its patron was signed in when it was placed, and somewhere it says when.
    plain = {"placed_at": lent_on, "ended_at": lent_on, "sent_at": None, "ready_at": None}
    tx.exec(
        update(Hold)
        .where(col(Hold.state) == HoldState.LENT, is_exact)
        .values(plain)
        .execution_options(synchronize_session=False)
    )


def _blur_answers(tx: Session, now: dt.datetime) -> None:
    # Whoever has a place in line has placed a hold, and holds are numbered in that order.
    today = dt.datetime.combine(now.date(), dt.time(), now.tzinfo)
    tx.exec(
        update(DeliveredOperation)
        .where(
            col(DeliveredOperation.place).is_not(None),
            col(DeliveredOperation.delivered_at) < today,
        )
        .values(place=None)
    )


def _day_of(tx: Session, moment: Any) -> sa.ColumnElement[Any]:  # noqa: ANN401  a column
    """Return the beginning of the day of a moment, as each kind of database says it."""
    if tx.get_bind().dialect.name == "postgresql":
        return sa.func.date_trunc("day", moment)
    return sa.func.strftime("%Y-%m-%d 00:00:00.000000", moment)
