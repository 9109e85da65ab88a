"""Signing in and out, and who is signed in."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, delete, func, select

from portal_app.data import guesses, notices, push, received, signed_in
from portal_app.data.database import persisted, reading, transactional, within
from portal_app.data.passwords import hash_password
from portal_app.data.tables import (
    CartLine,
    Patron,
    PatronSession,
    SessionTab,
    SignInAttempt,
    StaffTab,
)
from portal_app.domain import display, policies
from portal_app.domain import sessions as rules
from portal_app.domain.cards import masked
from portal_app.services.history import Relocked, relock
from portal_app.text import offered


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A guess at a password, counted before it is checked."""

    is_heard: bool
    attempts: tuple[int, ...] = ()
    patron_id: int | None = None
    staff_id: int | None = None
    password_is_initial: bool = False
    # Empty when nothing can match: nobody is called so, no password, too many wrong birth dates.
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
    unread_count: int
    display: Mapping[str, str]
    created_at: dt.datetime
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
    """Count a guess, and return what it must match, unless there have been too many."""
    attempts = guesses.count(tx, buckets=buckets, now=now)
    if attempts is None:
        return Guess(is_heard=False)
    patron = tx.exec(select(Patron).where(Patron.card_number == card_number)).one_or_none()
    return Guess(
        is_heard=True,
        attempts=attempts,
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
        unread_count=received.count_unread(tx, patron, today=now.date()),
        display=display.read(patron.display, languages=offered()),
        created_at=session.created_at,
        seen_at=session.seen_at,
    )


@transactional
def note_activity(tx: Session, *, id_hash: str, policy: policies.Session, now: dt.datetime) -> bool:
    """Start the idle hour anew, and return whether the session still lasted."""
    return signed_in.note_activity(tx, PatronSession, id_hash=id_hash, policy=policy, now=now)


@transactional
def remember_tab(tx: Session, *, id_hash: str, token: str) -> bool:
    """Remember that a tab shows a session, and return whether the session still lasts."""
    return signed_in.remember_tab(tx, PatronSession, SessionTab, id_hash=id_hash, token=token)


@reading
def tabs_of(tx: Session, *, id_hashes: Sequence[str]) -> tuple[str, ...]:
    """Return the tabs that show any of these sessions, of patrons or at desks."""
    return tuple(
        token
        for tab in (SessionTab, StaffTab)
        for token in tx.exec(
            select(tab.token).where(col(tab.id_hash).in_(id_hashes)).limit(signed_in.AT_ONCE)
        )
    )


@reading
def all_tabs(tx: Session) -> tuple[str, ...]:
    """Return the tabs that show any session at all."""
    return tuple(token for tab in (SessionTab, StaffTab) for token in tx.exec(select(tab.token)))


@transactional
def forget_tabs(tx: Session, *, tokens: Sequence[str]) -> None:
    """Forget tabs that have been emptied."""
    for tab in (SessionTab, StaffTab):
        tx.exec(delete(tab).where(col(tab.token).in_(tokens)))


@transactional
def end_session(tx: Session, *, id_hash: str, now: dt.datetime) -> None:
    """End a session: the patron signs out."""
    signed_in.end(tx, PatronSession, col(PatronSession.id_hash) == id_hash, now=now)


@transactional
def end_overdue(tx: Session, *, policy: policies.Session, now: dt.datetime) -> tuple[str, ...]:
    """End the sessions whose time is up, and return those that this call has ended."""
    return tuple(signed_in.end_overdue(tx, PatronSession, policy=policy, now=now))


@reading
def ended_between(tx: Session, *, since: dt.datetime, until: dt.datetime) -> tuple[str, ...]:
    """Return the sessions that ended then: a desk, or a command, ends some, too."""
    return tuple(signed_in.ended_between(tx, PatronSession, since=since, until=until))


@transactional
def forget_the_past(tx: Session, *, now: dt.datetime) -> None:
    """Delete ended sessions with their tabs, and the guesses that no limit counts any more."""
    signed_in.forget_the_past(tx, PatronSession, now=now)
    tx.exec(delete(SignInAttempt).where(col(SignInAttempt.tried_at) < now - rules.FORGOTTEN_AFTER))


@reading
def credentials_of(tx: Session, *, patron_id: int) -> Credentials:
    """Return what the new password of a patron is compared with."""
    patron = tx.get_one(Patron, patron_id)
    return Credentials(card_number=patron.card_number, born_on=patron.born_on)


@transactional
def change_password(  # noqa: PLR0913  a password opens that much
    tx: Session,
    *,
    guess: Guess,
    password_hash: str,
    id_hash: str,
    library: policies.Library,
    now: dt.datetime,
    history: Relocked | None = None,
) -> tuple[str, ...] | None:
    """Give a patron a new password, end every session of theirs, and open a new one.

    Return the sessions that have ended, or None when the password guessed is no
    longer the current one. ``history`` is the lock of their reading history, which the
    new password opens from now on.
    """
    patron = tx.get(Patron, guess.patron_id, with_for_update=True)
    if patron is None or patron.password_hash != guess.password_hash:
        return None
    _forget(tx, guess)
    patron.password_is_initial = False
    ended = _give(tx, patron, password_hash, library, now)
    tx.add(_new_session(guess.patron_id, id_hash, now))
    if history is not None:
        tx.flush()  # what opens it belongs to the new session
        within(tx, relock)(patron_id=persisted(patron.id), relocked=history)
    return ended


@transactional
def issue_password(
    tx: Session, *, patron_id: int, password: str, library: policies.Library, now: dt.datetime
) -> tuple[str, ...]:
    """Give a patron a first password at the desk, and end every session of theirs.

    Return the sessions that have ended. What was sealed stays sealed: only the patron's
    recovery code opens the reading history again.
    """
    patron = tx.get_one(Patron, patron_id, with_for_update=True)
    patron.password_is_initial = True
    return _give(tx, patron, hash_password(password), library, now)


@transactional
def replace_password(
    tx: Session,
    *,
    patron_id: int,
    password_hash: str,
    library: policies.Library,
    now: dt.datetime,
) -> tuple[str, ...]:
    """Give a patron the password that they have chosen without the one before (G-02).

    As at the desk, every session ends, and what was sealed stays sealed.
    """
    patron = tx.get_one(Patron, patron_id, with_for_update=True)
    patron.password_is_initial = False
    return _give(tx, patron, password_hash, library, now)


def _give(
    tx: Session, patron: Patron, password_hash: str, library: policies.Library, now: dt.datetime
) -> tuple[str, ...]:
    """Change a password, tell its patron so by mail, and end every session of theirs.

    No device gets their notices any more: a lost one may be why.
    """
    patron.password_hash = password_hash
    patron.initial_failures = 0
    notices.password_changed(tx, patron=patron, library=library, now=now)
    push.forget_all(tx, patron_id=persisted(patron.id))
    return _end_all(tx, patron.id, now)


def _password_to_match(patron: Patron, policy: policies.SignIn) -> str:
    if not patron.password_is_initial:
        return patron.password_hash
    if patron.initial_failures >= policy.initial_failures_max:
        return ""  # whoever knows the patron could try every birthday; now only the desk helps
    patron.initial_failures += 1  # taken back when the guess was not wrong
    return patron.password_hash


def _forget(tx: Session, guess: Guess) -> None:
    guesses.forget(tx, attempts=guess.attempts)
    if guess.password_is_initial and guess.password_hash:
        patron = tx.get_one(Patron, guess.patron_id, with_for_update=True)
        patron.initial_failures = max(patron.initial_failures - 1, 0)


def _end_all(tx: Session, patron_id: int | None, now: dt.datetime) -> tuple[str, ...]:
    return tuple(
        signed_in.end(tx, PatronSession, col(PatronSession.patron_id) == patron_id, now=now)
    )


def _new_session(patron_id: int | None, id_hash: str, now: dt.datetime) -> PatronSession:
    return PatronSession(
        id_hash=id_hash, patron_id=persisted(patron_id), created_at=now, seen_at=now
    )
