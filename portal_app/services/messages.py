"""What the library writes to a patron, and what they have read of it (K-13)."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select, update

from portal_app.data import messages, received
from portal_app.data.database import persisted, reading, transactional
from portal_app.data.received import MOST_SHOWN
from portal_app.data.tables import GroupMessage, GroupMessageReading, Message, Patron
from portal_app.domain.messages import Letter, Problem, problem_with


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A message as a patron sees it. One ``is_to_many`` has a number of its own kind."""

    message_id: int
    is_to_many: bool
    subject: str
    body: str
    sent_at: dt.datetime
    is_read: bool


@transactional
def send(tx: Session, *, patron_id: int, letter: Letter, now: dt.datetime) -> Problem | None:
    """Write to a patron, and return None, or why that cannot be sent."""
    problem = problem_with(letter)
    if problem is None:
        subject, body = letter.subject, letter.body
        messages.put(tx, patron_id=patron_id, subject=subject, body=body, now=now)
    return problem


@reading
def look(tx: Session, *, patron_id: int, today: dt.date) -> tuple[Received, ...]:
    """Return what a patron has been written, alone and among others, newest first."""
    patron = tx.get_one(Patron, patron_id)
    found = [*_alone(tx, patron), *_among_many(tx, patron, today)]
    found.sort(key=lambda one: (one.sent_at, one.message_id), reverse=True)
    return tuple(found[:MOST_SHOWN])


@transactional
def mark_read(tx: Session, *, patron_id: int, message_id: int, now: dt.datetime) -> None:
    """Write down that a patron has read one of their own messages. Once is enough."""
    tx.exec(
        update(Message)
        .where(
            col(Message.id) == message_id,
            col(Message.patron_id) == patron_id,
            col(Message.read_at).is_(None),
        )
        .values(read_at=now)
    )


@transactional
def mark_group_read(tx: Session, *, patron_id: int, message_id: int, now: dt.datetime) -> None:
    """Write down that a patron has read a message to many that they are among. Once is enough.

    One that the library has withdrawn meanwhile has been read by nobody.
    """
    patron = tx.get_one(Patron, patron_id)
    unread = select(GroupMessage.id).where(
        GroupMessage.id == message_id,
        received.is_to(patron, today=now.date()),
        ~received.was_read_by(patron),
    )
    if tx.exec(unread).one_or_none() is not None:
        tx.add(GroupMessageReading(message_id=message_id, patron_id=patron_id, read_at=now))


def _alone(tx: Session, patron: Patron) -> list[Received]:
    mine = select(Message).where(Message.patron_id == patron.id)
    newest_first = mine.order_by(col(Message.sent_at).desc(), col(Message.id).desc())
    return [
        Received(
            message_id=persisted(message.id),
            is_to_many=False,
            subject=message.subject,
            body=message.body,
            sent_at=message.sent_at,
            is_read=message.read_at is not None,
        )
        for message in tx.exec(newest_first.limit(MOST_SHOWN))
    ]


def _among_many(tx: Session, patron: Patron, today: dt.date) -> list[Received]:
    ours = select(GroupMessage, received.was_read_by(patron)).where(
        received.is_to(patron, today=today)
    )
    newest_first = ours.order_by(col(GroupMessage.sent_at).desc(), col(GroupMessage.id).desc())
    return [
        Received(
            message_id=persisted(message.id),
            is_to_many=True,
            subject=message.subject,
            body=message.body,
            sent_at=message.sent_at,
            is_read=bool(is_read),
        )
        for message, is_read in tx.exec(newest_first.limit(MOST_SHOWN))
    ]
