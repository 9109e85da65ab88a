"""Signing in and out, and who is signed in."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, delete, func, select, update

from portal_app.data.database import persisted, reading, transactional
from portal_app.data.tables import CartLine, Patron, PatronSession, SessionTab, SignInAttempt
from portal_app.domain import policies
from portal_app.domain import sessions as rules
from portal_app.domain.cards import masked

# What ends or is emptied at once; the next sweep takes the rest.
AT_ONCE = 500
KEPT_AFTER_THE_END = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A guess at a password, counted before it is checked."""

    is_heard: bool
    attempts: tuple[int, ...] = ()
    patron_id: int | None = None
    password_is_initial: bool = False
    # Empty when nothing can match: no such card, no password, too many wrong birth dates.
    password_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """The patron of a session, as far as a page may know."""

    id_hash: str
    patron_id: int
    name: str
    card_masked: str
    card_expires_on: dt.date
    must_change_password: bool
    cart_count: int
    seen_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a new password is compared with."""

    card_number: str
    born_on: dt.date


@transactional
def count_guess(
    tx: Session,
    *,
    card_number: str,
    buckets: rules.Buckets,
    policy: policies.SignIn,
    now: dt.datetime,
) -> Guess:
    """Count a guess, and return what it must match, unless there have been too many.

    Counted before the slow check, so that forty guesses at once are not forty checks.
    """
    card, door = buckets.card, buckets.address
    _one_at_a_time(tx, card, door)
    limits = ((card, rules.CARD_LIMITS), (door, rules.ADDRESS_LIMITS))
    if any(rules.too_many(_latest(tx, bucket), limits=most, now=now) for bucket, most in limits):
        return Guess(is_heard=False)
    attempts = [SignInAttempt(bucket=bucket, tried_at=now) for bucket in (card, door)]
    tx.add_all(attempts)
    patron = tx.exec(select(Patron).where(Patron.card_number == card_number)).one_or_none()
    tx.flush()  # the attempts get their numbers
    return Guess(
        is_heard=True,
        attempts=tuple(attempt.id for attempt in attempts if attempt.id is not None),
        patron_id=patron.id if patron else None,
        password_is_initial=patron.password_is_initial if patron else False,
        password_hash=_password_to_match(patron, policy) if patron else "",
    )


@transactional
def forget_guess(tx: Session, *, guess: Guess) -> None:
    """Take back a guess that was no wrong one: it was right, or never checked."""
    _forget(tx, guess)


@transactional
def open_session(
    tx: Session, *, guess: Guess, password_hash: str, id_hash: str, now: dt.datetime
) -> bool:
    """Sign in the patron whose password was right, and return whether that was still so.

    ``password_hash`` is kept from now on: the same password, perhaps hashed anew.
    """
    patron = tx.get(Patron, guess.patron_id, with_for_update=True)
    if patron is None or patron.password_hash != guess.password_hash:
        return False
    _forget(tx, guess)
    patron.password_hash = password_hash
    tx.add(_new_session(guess.patron_id, id_hash, now))
    return True


@reading
def find(
    tx: Session, *, id_hash: str, shown_digits: int, policy: policies.Session, now: dt.datetime
) -> SignedIn | None:
    """Return who is signed in by this session, or None when it is no longer one."""
    row = tx.exec(
        select(PatronSession, Patron)
        .join(Patron, col(Patron.id) == col(PatronSession.patron_id))
        .where(PatronSession.id_hash == id_hash, col(PatronSession.ended_at).is_(None))
    ).one_or_none()
    if row is None:
        return None
    session, patron = row
    if rules.is_over(
        created_at=session.created_at, seen_at=session.seen_at, now=now, policy=policy
    ):
        return None
    in_cart = select(func.count()).where(CartLine.patron_id == session.patron_id)
    return SignedIn(
        id_hash=id_hash,
        patron_id=session.patron_id,
        name=patron.name,
        card_masked=masked(patron.card_number, shown_digits=shown_digits),
        card_expires_on=patron.card_expires_on,
        must_change_password=patron.password_is_initial,
        cart_count=tx.exec(in_cart).one(),
        seen_at=session.seen_at,
    )


@transactional
def note_activity(tx: Session, *, id_hash: str, policy: policies.Session, now: dt.datetime) -> bool:
    """Start the idle hour anew, and return whether the session still lasted.

    The conditions are part of the change, so that nothing wakes a session that
    has ended between the look and the change.
    """
    noted = tx.exec(
        update(PatronSession)
        .where(
            col(PatronSession.id_hash) == id_hash,
            col(PatronSession.ended_at).is_(None),
            col(PatronSession.seen_at) >= rules.idle_since(now, policy=policy),
            col(PatronSession.created_at) >= rules.oldest(now, policy=policy),
        )
        .values(seen_at=now)
    )
    return noted.rowcount == 1


@transactional
def remember_tab(tx: Session, *, id_hash: str, token: str) -> bool:
    """Remember that a tab shows a session, and return whether the session still lasts."""
    lasts = select(PatronSession).where(
        PatronSession.id_hash == id_hash, col(PatronSession.ended_at).is_(None)
    )
    if tx.exec(lasts.with_for_update()).one_or_none() is None:
        return False
    tx.merge(SessionTab(id_hash=id_hash, token=token))
    return True


@reading
def tabs_of(tx: Session, *, id_hashes: Sequence[str]) -> tuple[str, ...]:
    """Return the tabs that show any of these sessions."""
    tabs = select(SessionTab.token).where(col(SessionTab.id_hash).in_(id_hashes))
    return tuple(tx.exec(tabs.limit(AT_ONCE)))


@transactional
def end_session(tx: Session, *, id_hash: str, now: dt.datetime) -> None:
    """End a session: the patron signs out."""
    tx.exec(_ending(now).where(col(PatronSession.id_hash) == id_hash))


@transactional
def end_overdue(tx: Session, *, policy: policies.Session, now: dt.datetime) -> tuple[str, ...]:
    """End the sessions whose time is up, and return those that this call has ended.

    Of several processes that sweep at once, each session is ended by one.
    """
    overdue = (
        select(PatronSession.id_hash)
        .where(
            col(PatronSession.ended_at).is_(None),
            sa.or_(
                col(PatronSession.seen_at) < rules.idle_since(now, policy=policy),
                col(PatronSession.created_at) < rules.oldest(now, policy=policy),
            ),
        )
        .limit(AT_ONCE)
    )
    ended = tx.exec(
        _ending(now)
        .where(col(PatronSession.id_hash).in_(overdue))
        .returning(col(PatronSession.id_hash))
    )
    return tuple(ended.scalars())


@transactional
def forget_the_past(tx: Session, *, now: dt.datetime) -> None:
    """Delete ended sessions with their tabs, and the guesses that no limit counts any more."""
    long_over = col(PatronSession.ended_at) < now - KEPT_AFTER_THE_END
    tx.exec(delete(PatronSession).where(long_over))
    tx.exec(delete(SignInAttempt).where(col(SignInAttempt.tried_at) < now - rules.FORGOTTEN_AFTER))


@reading
def credentials_of(tx: Session, *, patron_id: int) -> Credentials:
    """Return what the new password of a patron is compared with."""
    patron = tx.get_one(Patron, patron_id)
    return Credentials(card_number=patron.card_number, born_on=patron.born_on)


@transactional
def change_password(
    tx: Session, *, guess: Guess, password_hash: str, id_hash: str, now: dt.datetime
) -> tuple[str, ...] | None:
    """Give a patron a new password, end every session of theirs, and open a new one.

    Return the sessions that have ended, or None when the password guessed is no
    longer the current one.
    """
    patron = tx.get(Patron, guess.patron_id, with_for_update=True)
    if patron is None or patron.password_hash != guess.password_hash:
        return None
    _forget(tx, guess)
    patron.password_hash = password_hash
    patron.password_is_initial = False
    patron.initial_failures = 0
    ended = tx.exec(
        _ending(now)
        .where(col(PatronSession.patron_id) == guess.patron_id)
        .returning(col(PatronSession.id_hash))
    )
    tx.add(_new_session(guess.patron_id, id_hash, now))
    return tuple(ended.scalars())


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


def _password_to_match(patron: Patron, policy: policies.SignIn) -> str:
    if not patron.password_is_initial:
        return patron.password_hash
    if patron.initial_failures >= policy.initial_failures_max:
        return ""  # whoever knows the patron could try every birthday; now only the desk helps
    patron.initial_failures += 1  # taken back when the guess was not wrong
    return patron.password_hash


def _forget(tx: Session, guess: Guess) -> None:
    tx.exec(delete(SignInAttempt).where(col(SignInAttempt.id).in_(guess.attempts)))
    if guess.password_is_initial and guess.password_hash:
        patron = tx.get_one(Patron, guess.patron_id, with_for_update=True)
        patron.initial_failures = max(patron.initial_failures - 1, 0)


def _ending(now: dt.datetime) -> sa.Update:
    return (
        update(PatronSession)
        .where(col(PatronSession.ended_at).is_(None))
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )


def _new_session(patron_id: int | None, id_hash: str, now: dt.datetime) -> PatronSession:
    return PatronSession(
        id_hash=id_hash, patron_id=persisted(patron_id), created_at=now, seen_at=now
    )
