"""Taking holds out of their series, and what is left of a series then."""

from collections.abc import Collection

from sqlmodel import Session, col, delete, func, select, update

from portal_app.data.queues import lock_series
from portal_app.data.tables import Hold, HoldSeries, Loan
from portal_app.domain.hold_series import holds_together
from portal_app.domain.holds import HoldState
from portal_app.domain.policies import NextInSeries


def leave(tx: Session, holds: Collection[Hold], *, next_when: NextInSeries) -> None:
    """Take holds out of their series. A series that says nothing any more is dissolved."""
    left = {hold.series_id for hold in holds if hold.series_id is not None}
    lock_series(tx, series_ids=left)
    for hold in holds:
        hold.series_id = hold.series_place = None
        tx.add(hold)
    tx.flush()  # what is left is counted
    for series_id in sorted(left):
        dissolve_if_alone(tx, series_id=series_id, next_when=next_when)


def dissolve_if_alone(tx: Session, *, series_id: int, next_when: NextInSeries) -> None:
    """Dissolve a series of one hold that only waits, or of none."""
    states = tx.exec(select(Hold.state).where(Hold.series_id == series_id)).all()
    # A loan only matters where the next one waits for it to come back.
    is_one_on_loan = next_when is NextInSeries.RETURNED and bool(
        tx.exec(
            select(func.count()).where(Loan.series_id == series_id, col(Loan.returned_at).is_(None))
        ).one()
    )
    if states and holds_together([HoldState(one) for one in states], is_one_on_loan=is_one_on_loan):
        return
    dissolve(tx, series_id=series_id)


def dissolve(tx: Session, *, series_id: int) -> None:
    """Let the holds of a series wait each for itself."""
    tx.exec(
        update(Hold)
        .where(col(Hold.series_id) == series_id)
        .values(series_id=None, series_place=None)
    )
    tx.exec(update(Loan).where(col(Loan.series_id) == series_id).values(series_id=None))
    tx.exec(delete(HoldSeries).where(col(HoldSeries.id) == series_id))
