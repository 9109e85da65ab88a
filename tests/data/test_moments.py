import datetime as dt

import sqlalchemy as sa
from sqlmodel import Session, select

from portal_app.data.moments import LIBRARY_TIME
from portal_app.data.tables import SignInAttempt

NOON_IN_TOKYO = dt.datetime(2026, 11, 22, 12, tzinfo=LIBRARY_TIME)


def test_a_moment_comes_back_as_it_was_written(library):
    with Session(library) as tx, tx.begin():
        tx.add(SignInAttempt(bucket="door", tried_at=NOON_IN_TOKYO.astimezone(dt.UTC)))

    with Session(library) as tx:
        attempt = tx.exec(select(SignInAttempt)).one()
        assert attempt.tried_at == NOON_IN_TOKYO
        assert attempt.tried_at.utcoffset() == dt.timedelta(hours=9)


def test_moments_are_compared_across_zones(library):
    with Session(library) as tx, tx.begin():
        tx.add(SignInAttempt(bucket="door", tried_at=NOON_IN_TOKYO))

    earlier = NOON_IN_TOKYO.astimezone(dt.UTC) - dt.timedelta(minutes=1)
    with Session(library) as tx:
        later_ones = select(sa.func.count()).where(SignInAttempt.tried_at > earlier)
        assert tx.exec(later_ones).one() == 1
