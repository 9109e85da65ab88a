"""Which messages are a patron's: those to them alone, and those to many that they are among."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal_app.data.tables import GroupMessage, GroupMessageReading, Message, Patron

MOST_SHOWN = 200


def is_to(patron: Patron, *, today: dt.date) -> sa.ColumnElement[bool]:
    """Return whether a message to many is shown to a patron."""
    return sa.and_(
        col(GroupMessage.shown_until) >= today,
        col(GroupMessage.branch_code).is_(None)
        | (col(GroupMessage.branch_code) == patron.pickup_branch),
        col(GroupMessage.born_from).is_(None) | (col(GroupMessage.born_from) <= patron.born_on),
        col(GroupMessage.born_until).is_(None) | (col(GroupMessage.born_until) >= patron.born_on),
    )


def was_read_by(patron: Patron) -> sa.ColumnElement[bool]:
    """Return whether a patron has read a message to many."""
    return sa.exists().where(
        col(GroupMessageReading.message_id) == col(GroupMessage.id),
        col(GroupMessageReading.patron_id) == patron.id,
    )


def count_unread(tx: Session, patron: Patron, *, today: dt.date) -> int:
    """Return how many messages a patron has not read, as far as they are shown.

    Asked before every event of the patron's, so it looks at no more than it must.
    """
    alone = (
        select(sa.literal(1))
        .where(Message.patron_id == patron.id, col(Message.read_at).is_(None))
        .limit(MOST_SHOWN)
        .subquery()
    )
    among_many = (
        select(sa.literal(1))
        .select_from(GroupMessage)
        .where(is_to(patron, today=today), ~was_read_by(patron))
        .limit(MOST_SHOWN)
        .subquery()
    )
    both = sa.union_all(sa.select(alone), sa.select(among_many)).limit(MOST_SHOWN).subquery()
    return tx.exec(select(sa.func.count()).select_from(both)).one()
