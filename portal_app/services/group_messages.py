"""What the library writes to many patrons at once: of a branch, of an age, or to all (K-13)."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, func, select

from portal_app.data import push
from portal_app.data.database import persisted, reading, transactional
from portal_app.data.tables import (
    Branch,
    GroupMessage,
    GroupMessageReading,
    Patron,
    PushSubscription,
)
from portal_app.domain.messages import (
    Group,
    Letter,
    Problem,
    born_between,
    problem_with,
    problem_with_days,
    problem_with_group,
)
from portal_app.domain.push import PushKind

MOST_LISTED = 100
# Whoever has not looked by then no longer does.
KEPT_FOR = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A message to many as a desk sees it, and how many have read it."""

    message_id: int
    subject: str
    body: str
    sent_at: dt.datetime
    branch_code: str
    born_from: dt.date | None
    born_until: dt.date | None
    shown_until: dt.date
    readers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """How many a message would go to, or why it cannot be sent."""

    patrons: int = 0
    problem: Problem | None = None


@reading
def preview(
    tx: Session, *, letter: Letter, group: Group, shown_until: dt.date, today: dt.date
) -> Addressed:
    """Return how many patrons would get a message, or why it cannot be sent."""
    problem = _problem_with(tx, letter, group, shown_until, today)
    if problem is not None:
        return Addressed(problem=problem)
    return Addressed(patrons=_count(tx, group, today))


@transactional
def send(
    tx: Session, *, letter: Letter, group: Group, shown_until: dt.date, now: dt.datetime
) -> Problem | None:
    """Write to a group, and return None, or why that cannot be sent.

    Who is of an age is decided now: nobody grows into a group or out of it afterwards.
    """
    problem = _problem_with(tx, letter, group, shown_until, now.date())
    if problem is not None:
        return problem
    born_from, born_until = born_between(group, today=now.date())
    tx.add(
        GroupMessage(
            subject=letter.subject,
            body=letter.body,
            sent_at=now,
            branch_code=group.branch_code or None,
            born_from=born_from,
            born_until=born_until,
            shown_until=shown_until,
        )
    )
    theirs = select(Patron.id).where(*_addressed(group, now.date()))
    whose = col(PushSubscription.patron_id).in_(theirs)
    push.put(tx, whose, kind=PushKind.MESSAGES, now=now)
    return None


@reading
def written(tx: Session, *, today: dt.date) -> tuple[Written, ...]:
    """Return the messages that are shown, newest first."""
    readers = (
        select(func.count())
        .where(col(GroupMessageReading.message_id) == col(GroupMessage.id))
        .scalar_subquery()
    )
    shown = select(GroupMessage, readers).where(col(GroupMessage.shown_until) >= today)
    newest_first = shown.order_by(col(GroupMessage.sent_at).desc(), col(GroupMessage.id).desc())
    return tuple(
        Written(
            message_id=persisted(message.id),
            subject=message.subject,
            body=message.body,
            sent_at=message.sent_at,
            branch_code=message.branch_code or "",
            born_from=message.born_from,
            born_until=message.born_until,
            shown_until=message.shown_until,
            readers=read_by,
        )
        for message, read_by in tx.exec(newest_first.limit(MOST_LISTED))
    )


@transactional
def withdraw(tx: Session, *, message_id: int) -> bool:
    """Take a message back, also from those who have read it, and return whether it was there."""
    gone = tx.exec(delete(GroupMessage).where(col(GroupMessage.id) == message_id))
    return gone.rowcount > 0


@transactional
def forget_the_past(tx: Session, *, now: dt.datetime) -> None:
    """Delete the messages that have long been shown to nobody, and who has read them."""
    long_ago = now.date() - KEPT_FOR
    tx.exec(delete(GroupMessage).where(col(GroupMessage.shown_until) < long_ago))


def _problem_with(
    tx: Session, letter: Letter, group: Group, shown_until: dt.date, today: dt.date
) -> Problem | None:
    if group.branch_code and tx.get(Branch, group.branch_code) is None:
        return Problem.UNKNOWN_BRANCH
    return (
        problem_with(letter)
        or problem_with_group(group)
        or problem_with_days(today, shown_until, today=today)
    )


def _count(tx: Session, group: Group, today: dt.date) -> int:
    addressed = select(func.count()).select_from(Patron).where(*_addressed(group, today))
    return tx.exec(addressed).one()


def _addressed(group: Group, today: dt.date) -> list[ColumnElement[bool]]:
    """Return who is meant now by a group."""
    born_from, born_until = born_between(group, today=today)
    return [
        *([col(Patron.pickup_branch) == group.branch_code] if group.branch_code else []),
        *([col(Patron.born_on) >= born_from] if born_from is not None else []),
        *([col(Patron.born_on) <= born_until] if born_until is not None else []),
    ]
