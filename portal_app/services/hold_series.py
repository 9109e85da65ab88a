"""Making, changing and dissolving series of holds (K-28, G-33)."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from portal_app.data.database import persisted, transactional
from portal_app.data.hold_series import dissolve, dissolve_if_alone
from portal_app.data.queues import lock_records, lock_series
from portal_app.data.standings import lock_patron
from portal_app.data.tables import Hold, HoldSeries
from portal_app.domain import hold_series as rules
from portal_app.domain import policies
from portal_app.domain.hold_series import Refusal, Wish
from portal_app.domain.holds import HoldState, lowest_free


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """What became of a series. With a refusal, nothing changed.

    ``left_out`` counts what was to be placed with the others and is not on hold.
    """

    refused: Refusal | None = None
    left_out: int = 0


@transactional
def arrange(
    tx: Session, *, patron_id: int, wish: Wish, policy: policies.Holds, now: dt.datetime
) -> Arranged:
    """Let exactly these of a patron's waiting holds belong together, in this order.

    What is set aside stays where it is: in front of those that wait.
    """
    refused = rules.not_offered(wish, policy.series)
    if refused is not None:
        return Arranged(refused=refused)
    lock_patron(tx, patron_id=patron_id)
    mine = _open_holds(tx, patron_id)
    series = _series(tx, patron_id, wish)
    if isinstance(series, Refusal):
        return Arranged(refused=series)
    chosen = rules.members(wish, {one: hold.state for one, hold in mine.items()})
    if isinstance(chosen, Refusal):
        return Arranged(refused=chosen)
    if series is None:
        series = _new_series(tx, patron_id, wish, now)
    series_id = persisted(series.id)
    if not chosen:
        dissolve(tx, series_id=series_id)
        return Arranged()
    series.kind = wish.kind
    tx.add(series)
    touched = {series_id, *(hold.series_id for hold in mine.values() if hold.series_id)}
    lock_series(tx, series_ids=touched)  # a loan from one of them may be coming back
    _put_in_order(tx, series_id, [mine[one] for one in chosen], mine.values())
    for one in sorted(touched):
        dissolve_if_alone(tx, series_id=one, next_when=policy.series.next_when)
    return Arranged(left_out=len(set(wish.record_ids)) - len(chosen))


def _series(tx: Session, patron_id: int, wish: Wish) -> HoldSeries | Refusal | None:
    """Return the series to change, None for one to make, or that it is gone."""
    if wish.series_id is None:
        return None
    found = tx.exec(
        select(HoldSeries)
        .where(HoldSeries.id == wish.series_id, HoldSeries.patron_id == patron_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    return Refusal.SERIES_IS_GONE if found is None else found


def _open_holds(tx: Session, patron_id: int) -> Mapping[int, Hold]:
    """Return a patron's open holds by record, as they stay until this transaction ends."""
    mine = (Hold.patron_id == patron_id, col(Hold.ended_at).is_(None))
    lock_records(tx, record_ids=tx.exec(select(Hold.record_id).where(*mine)).all())
    # Read only now: items may have come for some of them while we waited.
    holds = tx.exec(
        select(Hold)
        .where(*mine)
        .order_by(col(Hold.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {hold.record_id: hold for hold in holds}


def _new_series(tx: Session, patron_id: int, wish: Wish, now: dt.datetime) -> HoldSeries:
    taken = tx.exec(select(HoldSeries.number).where(HoldSeries.patron_id == patron_id)).all()
    series = HoldSeries(patron_id=patron_id, number=lowest_free(taken), kind=wish.kind, made_at=now)
    tx.add(series)
    tx.flush()  # holds need its number
    return series


def _put_in_order(
    tx: Session, series_id: int, chosen: Sequence[Hold], mine: Collection[Hold]
) -> None:
    """Put holds behind what is set aside of a series. Who else waits in it leaves it."""
    members = [hold for hold in mine if hold.series_id == series_id]
    # Behind every place of before, so that no two holds have the same one for a moment.
    behind = max((hold.series_place or 0 for hold in members), default=0) + 1
    for hold in members:
        if hold.state is HoldState.WAITING:
            hold.series_id = hold.series_place = None
    for place, hold in enumerate(chosen, start=behind):
        hold.series_id, hold.series_place = series_id, place
    tx.add_all(mine)
    tx.flush()  # what is left of each series is counted
