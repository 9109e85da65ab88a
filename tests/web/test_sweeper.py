import datetime as dt

from sqlmodel import Session, select

from portal_app import clock
from portal_app.data.tables import DeliveredOperation, Shelf, SignInAttempt
from portal_app.web import sweeper


async def test_what_nobody_asks_for_again_is_forgotten(library, taro):
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

    await sweeper.forget()

    with Session(library) as tx:
        assert tx.exec(select(DeliveredOperation)).all() == []
        assert tx.exec(select(SignInAttempt)).all() == []
        assert tx.exec(select(Shelf)).all() == []
