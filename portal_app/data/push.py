"""Notices to devices as rows: one is written in the transaction of what it tells.

Written on every device of a patron's at once. What already waits for a device is not written
again: it would say the same.
"""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Session, col, delete, exists, select

from portal_app.data.fitting import table_of
from portal_app.data.tables import PushNotice, PushSubscription
from portal_app.domain.push import PushKind


def put(tx: Session, *whose: sa.ColumnElement[bool], kind: PushKind, now: dt.datetime) -> None:
    """Write a notice to every device of those who are meant."""
    notices = table_of(PushNotice)
    waits = exists().where(
        col(PushNotice.subscription_id) == PushSubscription.id, col(PushNotice.kind) == kind
    )
    devices = select(
        col(PushSubscription.id),
        sa.literal(kind, notices.c.kind.type),
        sa.literal(now, notices.c.written_at.type),
        sa.literal(0),
    ).where(*whose, ~waits)
    names = ["subscription_id", "kind", "written_at", "tries"]
    tx.execute(sa.insert(notices).from_select(names, devices))


def put_for(tx: Session, *patron_ids: int, kind: PushKind, now: dt.datetime) -> None:
    """Write a notice to every device of these patrons."""
    put(tx, col(PushSubscription.patron_id).in_(patron_ids), kind=kind, now=now)


def has_device(tx: Session, *, patron_id: int) -> bool:
    """Return whether a patron has a device to which notices go."""
    return bool(tx.exec(select(exists().where(_of(patron_id)))).one())


def forget_all(tx: Session, *, patron_id: int) -> None:
    """Let no device of a patron's get any more notices."""
    tx.exec(delete(PushSubscription).where(_of(patron_id)))


def _of(patron_id: int) -> sa.ColumnElement[bool]:
    return col(PushSubscription.patron_id) == patron_id
