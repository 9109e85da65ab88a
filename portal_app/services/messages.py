"""What the library writes to a patron, and what they have read of it (K-13)."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select, update

from portal_app.data.database import persisted, reading, transactional
from portal_app.data.tables import Message
from portal_app.domain.messages import Letter, Problem, problem_with

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A message as its patron sees it."""

    message_id: int
    subject: str
    body: str
    sent_at: dt.datetime
    is_read: bool


@transactional
def send(tx: Session, *, patron_id: int, letter: Letter, now: dt.datetime) -> Problem | None:
    """Write to a patron, and return None, or why that cannot be sent."""
    problem = problem_with(letter)
    if problem is None:
        tx.add(Message(patron_id=patron_id, subject=letter.subject, body=letter.body, sent_at=now))
    return problem


@reading
def look(tx: Session, *, patron_id: int) -> tuple[Received, ...]:
    """Return what a patron has been written, newest first."""
    mine = select(Message).where(Message.patron_id == patron_id)
    newest_first = mine.order_by(col(Message.sent_at).desc(), col(Message.id).desc())
    return tuple(
        Received(
            message_id=persisted(message.id),
            subject=message.subject,
            body=message.body,
            sent_at=message.sent_at,
            is_read=message.read_at is not None,
        )
        for message in tx.exec(newest_first.limit(MOST_SHOWN))
    )


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
