"""An item on the desk, beside everybody who may want it, and what its loan changes for them."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from portal_app.data.database import persisted
from portal_app.data.queues import any_one_instead, lock_records, other_copies_on_shelf
from portal_app.data.serving import Desk, Ending, end_hold, hand_on, kept_for, whose_turn
from portal_app.data.summaries import Summary
from portal_app.data.tables import Hold, HoldSeries, Item, Loan
from portal_app.domain.circulation import Copy
from portal_app.domain.hold_series import SeriesKind
from portal_app.domain.holds import EndReason, HoldState
from portal_app.domain.queues import Waiting


def lock_with_any_one(tx: Session, *, patron_id: int, record_id: int) -> None:
    """Lock a record, and those that its reader wants no more when it is lent."""
    instead = select(Hold.series_id).where(
        Hold.patron_id == patron_id, Hold.record_id == record_id, col(Hold.series_id).is_not(None)
    )
    records = tx.exec(
        select(Hold.record_id)
        .join(HoldSeries, col(HoldSeries.id) == Hold.series_id)
        .where(HoldSeries.kind == SeriesKind.ANY_ONE, col(Hold.series_id).in_(instead))
    )
    lock_records(tx, record_ids={record_id, *records})


def open_loan(tx: Session, *, item: Item) -> Loan | None:
    """Return the loan of an item that somebody has, locked."""
    return tx.exec(
        select(Loan)
        .where(Loan.item_id == item.id, col(Loan.returned_at).is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def copy_on_desk(
    tx: Session, *, item: Item, record: Summary, hold: Hold | None, desk: Desk
) -> Copy:
    """Return what the rules of lending need to know about an item."""
    turns = whose_turn(tx, record_id=item.record_id, library=desk.library, today=desk.today)
    kept = kept_for(tx, item=item)
    return Copy(
        state=item.state,
        for_loan=item.for_loan,
        material=record.material,
        is_on_loan=open_loan(tx, item=item) is not None,
        is_kept_for_another=kept is not None and kept is not hold,
        before_reader=_before(hold, turns),
        free=1 + other_copies_on_shelf(tx, item=item),
    )


def fulfil(tx: Session, *, hold: Hold, item: Item, desk: Desk) -> None:
    """End a hold that has led to a loan. What was kept for it or instead of it goes on."""
    free: list[int] = []
    for other in any_one_instead(tx, hold=hold):
        free += [other.item_id] if other.item_id is not None else []
        ending = Ending(state=HoldState.CANCELLED, reason=EndReason.ANOTHER_OF_SERIES, at=desk.now)
        end_hold(tx, hold=other, ending=ending, library=desk.library)
    if hold.item_id is not None and hold.item_id != item.id:
        free.append(hold.item_id)
    ending = Ending(state=HoldState.LENT, reason=None, at=desk.now)
    end_hold(tx, hold=hold, ending=ending, library=desk.library)
    for item_id in free:
        hand_on(tx, item=tx.get_one(Item, item_id), library=desk.library, now=desk.now)


def _before(hold: Hold | None, turns: Sequence[Waiting]) -> int:
    if hold is None:
        return len(turns)
    if hold.item_id is not None:  # what is kept for them goes on instead of this one
        return 0
    return sum(one.queue_number < persisted(hold.queue_number) for one in turns)
