"""Ending holds whose time is up: not fetched, or waited for long enough."""

import datetime as dt

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, or_, select

from portal_app.data.database import transactional
from portal_app.data.queues import lock_records
from portal_app.data.serving import Ending, end_hold, hand_on
from portal_app.data.tables import Hold, Item
from portal_app.domain import policies
from portal_app.domain.holds import EndReason, HoldState

PORTION = 100

# No month is longer, so nothing goes that a patron may still see (G-36).
LONGEST_MONTH = dt.timedelta(days=31)


@transactional
def lapse(tx: Session, *, library: policies.Library, now: dt.datetime, limit: int = PORTION) -> int:
    """End at most ``limit`` holds whose time is up, and return how many.

    What was not fetched goes to the next in line. Called until it returns 0, no such
    hold is left; whoever calls it at the same time may have ended the others.
    """
    late = _time_is_up(now.date())
    rows = tx.exec(select(Hold.id, Hold.record_id).where(late).order_by(col(Hold.id)).limit(limit))
    found = dict(rows.all())
    lock_records(tx, record_ids=set(found.values()))
    # Read only now: somebody may have come for it, or another process been here, meanwhile.
    holds = tx.exec(
        select(Hold)
        .where(col(Hold.id).in_(found), late)
        .order_by(col(Hold.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for hold in holds:
        item_id = hold.item_id
        end_hold(tx, hold=hold, ending=_ending(hold, now), library=library)
        if item_id is not None:
            hand_on(tx, item=tx.get_one(Item, item_id), library=library, now=now)
    return len(holds)


@transactional
def forget_the_past(tx: Session, *, policy: policies.Holds, now: dt.datetime) -> None:
    """Delete ended holds that are shown no more: they would only say who wanted what (G-36)."""
    before = now - policy.ended_shown_months * LONGEST_MONTH
    tx.exec(delete(Hold).where(col(Hold.patron_id).is_not(None), col(Hold.ended_at) < before))


def _time_is_up(today: dt.date) -> ColumnElement[bool]:
    return or_(
        (col(Hold.state) == HoldState.READY) & (col(Hold.pickup_by) < today),
        (col(Hold.state) == HoldState.WAITING) & (col(Hold.expires_on) < today),
    )


def _ending(hold: Hold, now: dt.datetime) -> Ending:
    if hold.state is HoldState.READY:
        return Ending(state=HoldState.LAPSED, reason=EndReason.NOT_PICKED_UP, at=now)
    return Ending(state=HoldState.CANCELLED, reason=EndReason.WAITED_LONG_ENOUGH, at=now)
