"""A message to a patron as a row, and the notice to their devices that goes with it."""

import datetime as dt

from sqlmodel import Session

from portal_app.data import push
from portal_app.data.tables import Message
from portal_app.domain.push import PushKind


def put(tx: Session, *, patron_id: int, subject: str, body: str, now: dt.datetime) -> None:
    """Write a message to a patron, and tell their devices that there is one."""
    tx.add(Message(patron_id=patron_id, subject=subject, body=body, sent_at=now))
    push.put_for(tx, patron_id, kind=PushKind.MESSAGES, now=now)
