import datetime as dt

from sqlmodel import Session, select

from portal_app import clock
from portal_app.data.tables import DeliveredOperation, Hold, Shelf, SignInAttempt
from portal_app.domain.holds import HoldState
from portal_app.jobs import tidying
from tests.services.queues import OUR_LIBRARY


def test_what_nobody_asks_for_again_is_forgotten(library, taro):
    long_ago = clock.now() - dt.timedelta(days=31)
    answer = DeliveredOperation(patron_id=taro, id="1", delivered_at=long_ago, is_done=True)
    with Session(library) as tx, tx.begin():
        tx.add(answer)
        tx.add(SignInAttempt(bucket="card", tried_at=long_ago))
        tx.add(
            Shelf(
                patron_id=taro,
                id="1",
                name="本棚",
                rank=1,
                created_at=long_ago,
                deleted_at=long_ago,
            )
        )

    tidying.forget(OUR_LIBRARY, clock.now())

    with Session(library) as tx:
        assert tx.exec(select(DeliveredOperation)).all() == []
        assert tx.exec(select(SignInAttempt)).all() == []
        assert tx.exec(select(Shelf)).all() == []


def test_holds_whose_time_is_up_end_although_nobody_touches_anything(library, taro, ginga):
    yesterday = clock.now().date() - dt.timedelta(days=1)
    with Session(library) as tx, tx.begin():
        tx.add(
            Hold(
                patron_id=taro,
                record_id=ginga,
                slot=1,
                queue_number=1,
                pickup_branch="main",
                contact_method="none",
                placed_at=clock.now(),
                expires_on=yesterday,
            )
        )

    tidying.lapse(OUR_LIBRARY, clock.now())

    with Session(library) as tx:
        assert tx.exec(select(Hold.state)).all() == [HoldState.CANCELLED]
