"""Those who work at a desk: who they are, and signing in and out there."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from portal_app.data import guesses, signed_in
from portal_app.data.database import persisted, reading, transactional
from portal_app.data.passwords import hash_password
from portal_app.data.tables import Branch, StaffMember, StaffSession, StaffTab
from portal_app.domain import sessions as rules
from portal_app.domain.staff import DESK_SESSION
from portal_app.services.sessions import Guess

MOST_MEMBERS = 1_000


class Refusal(StrEnum):
    """Why a command about staff does nothing."""

    LOGIN_IS_TAKEN = "login_is_taken"
    UNKNOWN_LOGIN = "unknown_login"
    UNKNOWN_BRANCH = "unknown_branch"


@dataclass(frozen=True, slots=True, kw_only=True)
class AtDesk:
    """Who is signed in at a desk, and at which."""

    id_hash: str
    staff_id: int
    login: str
    name: str
    branch_code: str
    created_at: dt.datetime
    seen_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A desk that somebody opens. Without a branch it is the one where they mostly are."""

    id_hash: str
    branch_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who works or has worked at a desk."""

    login: str
    name: str
    branch_code: str
    left_on: dt.date | None


@transactional
def count_guess(tx: Session, *, login: str, buckets: rules.Buckets, now: dt.datetime) -> Guess:
    """Count a guess, and return what it must match, unless there have been too many."""
    attempts = guesses.count(tx, buckets=buckets, now=now)
    if attempts is None:
        return Guess(is_heard=False)
    member = tx.exec(
        select(StaffMember).where(StaffMember.login == login, col(StaffMember.left_on).is_(None))
    ).one_or_none()
    return Guess(
        is_heard=True,
        attempts=attempts,
        staff_id=member.id if member else None,
        password_hash=member.password_hash if member else "",
    )


@transactional
def open_session(
    tx: Session,
    *,
    guess: Guess,
    password_hash: str,
    opening: Opening,
    now: dt.datetime,
) -> bool:
    """Open a desk to whoever's password was right, and return whether that was still so."""
    member = _whose_password(tx, guess)
    if member is None:
        return False
    branch_code = _branch_for(tx, member, opening.branch_code)
    if branch_code is None:
        return False
    guesses.forget(tx, attempts=guess.attempts)
    member.password_hash = password_hash
    tx.add(_new_session(member, opening.id_hash, branch_code, now))
    return True


@reading
def find(tx: Session, *, id_hash: str, now: dt.datetime) -> AtDesk | None:
    """Return who is signed in at a desk by this session, or None when it is no longer one."""
    row = tx.exec(
        select(StaffSession, StaffMember)
        .join(StaffMember, col(StaffMember.id) == col(StaffSession.staff_id))
        .where(
            StaffSession.id_hash == id_hash,
            col(StaffSession.ended_at).is_(None),
            col(StaffMember.left_on).is_(None),
        )
    ).one_or_none()
    if row is None:
        return None
    session, member = row
    if rules.is_over(
        created_at=session.created_at, seen_at=session.seen_at, now=now, policy=DESK_SESSION
    ):
        return None
    return AtDesk(
        id_hash=id_hash,
        staff_id=session.staff_id,
        login=member.login,
        name=member.name,
        branch_code=session.branch_code,
        created_at=session.created_at,
        seen_at=session.seen_at,
    )


@transactional
def note_activity(tx: Session, *, id_hash: str, now: dt.datetime) -> bool:
    """Start the idle time anew, and return whether the session still lasted."""
    return signed_in.note_activity(tx, StaffSession, id_hash=id_hash, policy=DESK_SESSION, now=now)


@transactional
def remember_tab(tx: Session, *, id_hash: str, token: str) -> bool:
    """Remember that a tab shows a desk, and return whether its session still lasts."""
    return signed_in.remember_tab(tx, StaffSession, StaffTab, id_hash=id_hash, token=token)


@transactional
def end_session(tx: Session, *, id_hash: str, now: dt.datetime) -> None:
    """End a session: somebody leaves the desk."""
    signed_in.end(tx, StaffSession, col(StaffSession.id_hash) == id_hash, now=now)


@transactional
def end_overdue(tx: Session, *, now: dt.datetime) -> tuple[str, ...]:
    """End the sessions whose time is up, and return those that this call has ended."""
    return tuple(signed_in.end_overdue(tx, StaffSession, policy=DESK_SESSION, now=now))


@reading
def ended_between(tx: Session, *, since: dt.datetime, until: dt.datetime) -> tuple[str, ...]:
    """Return the sessions that ended then: a command ends some, too."""
    return tuple(signed_in.ended_between(tx, StaffSession, since=since, until=until))


@transactional
def forget_the_past(tx: Session, *, now: dt.datetime) -> None:
    """Delete ended sessions with their tabs."""
    signed_in.forget_the_past(tx, StaffSession, now=now)


@transactional
def change_password(
    tx: Session, *, guess: Guess, password_hash: str, opening: Opening, now: dt.datetime
) -> tuple[str, ...] | None:
    """Give somebody a new password, end every session of theirs, and open a new one.

    Return the sessions that have ended, or None when the password guessed is no
    longer the current one.
    """
    member = _whose_password(tx, guess)
    if member is None:
        return None
    guesses.forget(tx, attempts=guess.attempts)
    member.password_hash = password_hash
    ended = _end_all(tx, member, now)
    tx.add(_new_session(member, opening.id_hash, opening.branch_code, now))
    return ended


@transactional
def add(
    tx: Session, *, login: str, name: str, branch_code: str | None, password: str
) -> Refusal | None:
    """Let somebody work at a desk, and return None, or why not."""
    if branch_code is not None and tx.get(Branch, branch_code) is None:
        return Refusal.UNKNOWN_BRANCH
    if _called(tx, login) is not None:
        return Refusal.LOGIN_IS_TAKEN
    tx.add(
        StaffMember(
            login=login,
            name=name,
            branch_code=branch_code,
            password_hash=hash_password(password),
        )
    )
    return None


@transactional
def reset(tx: Session, *, login: str, password: str, now: dt.datetime) -> Refusal | None:
    """Give somebody another first password and end their sessions. Who had left is back."""
    member = _called(tx, login)
    if member is None:
        return Refusal.UNKNOWN_LOGIN
    member.password_hash, member.left_on = hash_password(password), None
    _end_all(tx, member, now)
    return None


@transactional
def leave(tx: Session, *, login: str, now: dt.datetime) -> Refusal | None:
    """Write down that somebody no longer works here, and end their sessions at once."""
    member = _called(tx, login)
    if member is None:
        return Refusal.UNKNOWN_LOGIN
    member.left_on = member.left_on or now.date()
    member.password_hash = ""
    _end_all(tx, member, now)
    return None


@reading
def everybody(tx: Session) -> tuple[Colleague, ...]:
    """Return all who work or have worked at a desk, by login."""
    members = tx.exec(select(StaffMember).order_by(col(StaffMember.login)).limit(MOST_MEMBERS))
    return tuple(
        Colleague(
            login=member.login,
            name=member.name,
            branch_code=member.branch_code or "",
            left_on=member.left_on,
        )
        for member in members
    )


def _whose_password(tx: Session, guess: Guess) -> StaffMember | None:
    """Return whose password was guessed, if it is still theirs and they are still here."""
    if guess.staff_id is None:
        return None
    member = tx.get_one(StaffMember, guess.staff_id, with_for_update=True)
    return None if member.left_on or member.password_hash != guess.password_hash else member


def _called(tx: Session, login: str) -> StaffMember | None:
    return tx.exec(
        select(StaffMember).where(StaffMember.login == login).with_for_update()
    ).one_or_none()


def _branch_for(tx: Session, member: StaffMember, branch_code: str) -> str | None:
    known = tx.exec(select(Branch.code).order_by(col(Branch.position))).all()
    if branch_code:
        return branch_code if branch_code in known else None
    return member.branch_code or next(iter(known), None)


def _new_session(
    member: StaffMember, id_hash: str, branch_code: str, now: dt.datetime
) -> StaffSession:
    return StaffSession(
        id_hash=id_hash,
        staff_id=persisted(member.id),
        branch_code=branch_code,
        created_at=now,
        seen_at=now,
    )


def _end_all(tx: Session, member: StaffMember, now: dt.datetime) -> tuple[str, ...]:
    return tuple(signed_in.end(tx, StaffSession, col(StaffSession.staff_id) == member.id, now=now))
