"""Whose turn it is to do what is done every now and then: a lease for each piece of work.

Whoever holds a lease renews it while they work. A worker that has died does not, so another
one takes over when it has run out.
"""

import datetime as dt

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select, update

from portal_app.data.database import reading, transactional
from portal_app.data.tables import Job

LEASE = dt.timedelta(minutes=1)


@reading
def is_due(tx: Session, *, name: str, every: dt.timedelta, now: dt.datetime) -> bool:
    """Tell whether the time has come, and nobody is at it."""
    if tx.get(Job, name) is None:
        return True
    return (
        tx.exec(select(Job.name).where(Job.name == name, _is_free(every, now))).first() is not None
    )


@transactional
def take(tx: Session, *, name: str, every: dt.timedelta, worker: str, now: dt.datetime) -> bool:
    """Take the lease for a piece of work, and tell whether it is this worker's now."""
    if tx.get(Job, name) is None:
        tx.add(Job(name=name))
        tx.flush()  # two may do this at once: then the second one sees the row and tries again
    taken = tx.exec(
        update(Job)
        .where(col(Job.name) == name, _is_free(every, now))
        .values(leased_by=worker, leased_until=now + LEASE)
    )
    return bool(taken.rowcount)


@transactional
def renew(tx: Session, *, name: str, worker: str, now: dt.datetime) -> None:
    """Keep the lease for longer, if it is still this worker's."""
    tx.exec(update(Job).where(_is_held(name, worker)).values(leased_until=now + LEASE))


@transactional
def finish(tx: Session, *, name: str, worker: str, now: dt.datetime) -> None:
    """Write down that the work was done to its end, and give the lease back."""
    tx.exec(
        update(Job)
        .where(_is_held(name, worker))
        .values(leased_by="", leased_until=None, ran_at=now)
    )


def _is_held(name: str, worker: str) -> ColumnElement[bool]:
    return and_(col(Job.name) == name, col(Job.leased_by) == worker)


def _is_free(every: dt.timedelta, now: dt.datetime) -> ColumnElement[bool]:
    # What lies much further ahead than we ever write was written before the clock was set back;
    # a little further is what another worker has just written, who looked at the clock later.
    until, ran_at = col(Job.leased_until), col(Job.ran_at)
    return and_(
        or_(until.is_(None), until <= now, until > now + 2 * LEASE),
        or_(ran_at.is_(None), ran_at <= now - every, ran_at > now + LEASE),
    )
