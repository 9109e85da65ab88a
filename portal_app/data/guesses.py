"""Guesses at passwords, counted before they are checked: those of patrons and of staff alike."""

import datetime as dt
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, delete, func, select

from portal_app.data.tables import SignInAttempt
from portal_app.domain import sessions as rules


def count(
    tx: Session,
    *,
    buckets: rules.Buckets,
    now: dt.datetime,
    card_limits: Sequence[rules.Limit] = rules.CARD_LIMITS,
) -> tuple[int, ...] | None:
    """Count a guess and return its numbers, or None when there have been too many.

    Counted before the slow check, so that forty guesses at once are not forty checks.
    """
    card, door = buckets.card, buckets.address
    _one_at_a_time(tx, card, door)
    limits = ((card, card_limits), (door, rules.ADDRESS_LIMITS))
    if any(rules.too_many(_latest(tx, bucket), limits=most, now=now) for bucket, most in limits):
        return None
    attempts = [SignInAttempt(bucket=bucket, tried_at=now) for bucket in (card, door)]
    tx.add_all(attempts)
    tx.flush()  # the attempts get their numbers
    return tuple(attempt.id for attempt in attempts if attempt.id is not None)


def forget(tx: Session, *, attempts: Collection[int]) -> None:
    """Take back a guess that was no wrong one: it was right, or never checked."""
    tx.exec(delete(SignInAttempt).where(col(SignInAttempt.id).in_(attempts)))


def is_heard(tx: Session, *, bucket: str, limits: Sequence[rules.Limit], now: dt.datetime) -> bool:
    """Count something else that is not done for ever, unless it was done too often."""
    _one_at_a_time(tx, bucket)
    if rules.too_many(_latest(tx, bucket), limits=limits, now=now):
        return False
    tx.add(SignInAttempt(bucket=bucket, tried_at=now))
    tx.flush()  # counted by whatever follows in this transaction
    return True


def _one_at_a_time(tx: Session, *buckets: str) -> None:
    # SQLite has one writer anyway. In PostgreSQL two guesses at the same card
    # would not see each other and both be heard.
    if tx.get_bind().dialect.name == "postgresql":
        for bucket in sorted(buckets):
            tx.execute(sa.select(func.pg_advisory_xact_lock(func.hashtext(bucket))))


def _latest(tx: Session, bucket: str) -> Sequence[dt.datetime]:
    guesses = select(SignInAttempt.tried_at).where(SignInAttempt.bucket == bucket)
    newest_first = guesses.order_by(col(SignInAttempt.tried_at).desc())
    return tx.exec(newest_first.limit(rules.MOST_REMEMBERED)).all()
