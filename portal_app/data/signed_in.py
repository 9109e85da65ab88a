"""What all sessions have in common, whether a patron or somebody at a desk has signed in."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, delete, select, update

from portal_app.data.tables import (
    PatronSession,
    SessionHistoryKey,
    SessionTab,
    StaffSession,
    StaffTab,
)
from portal_app.domain import policies
from portal_app.domain import sessions as rules

# What ends or is emptied at once; the next sweep takes the rest.
AT_ONCE = 500
KEPT_AFTER_THE_END = dt.timedelta(days=1)

Kind = type[PatronSession] | type[StaffSession]
KindOfTab = type[SessionTab] | type[StaffTab]


def note_activity(
    tx: Session, kind: Kind, *, id_hash: str, policy: policies.Session, now: dt.datetime
) -> bool:
    """Start the idle time anew, and return whether the session still lasted.

    The conditions are part of the change, so that nothing wakes a session that
    has ended between the look and the change.
    """
    noted = tx.exec(
        update(kind)
        .where(
            col(kind.id_hash) == id_hash,
            col(kind.ended_at).is_(None),
            col(kind.seen_at) >= rules.idle_since(now, policy=policy),
            col(kind.created_at) >= rules.oldest(now, policy=policy),
        )
        .values(seen_at=now)
    )
    return noted.rowcount == 1


def remember_tab(tx: Session, kind: Kind, tab: KindOfTab, *, id_hash: str, token: str) -> bool:
    """Remember that a tab shows a session, and return whether the session still lasts."""
    lasts = select(kind.id_hash).where(kind.id_hash == id_hash, col(kind.ended_at).is_(None))
    if tx.exec(lasts.with_for_update()).one_or_none() is None:
        return False
    tx.merge(tab(id_hash=id_hash, token=token))
    return True


def end(tx: Session, kind: Kind, *which: sa.ColumnElement[bool], now: dt.datetime) -> Sequence[str]:
    """End these sessions, and return those that this call has ended.

    From then on nobody can open a reading history with the cookie of one of them.
    """
    changed = tx.exec(
        update(kind)
        .where(col(kind.ended_at).is_(None), *which)
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
        .returning(col(kind.id_hash))
    )
    ended = changed.scalars().all()
    tx.exec(delete(SessionHistoryKey).where(col(SessionHistoryKey.id_hash).in_(ended)))
    return ended


def ended_between(
    tx: Session, kind: Kind, *, since: dt.datetime, until: dt.datetime
) -> Sequence[str]:
    """Return the sessions that ended then, whoever has ended them."""
    lately = select(kind.id_hash).where(col(kind.ended_at).between(since, until))
    return tx.exec(lately.limit(AT_ONCE)).all()


def end_overdue(
    tx: Session, kind: Kind, *, policy: policies.Session, now: dt.datetime
) -> Sequence[str]:
    """End the sessions whose time is up, and return those that this call has ended.

    Of several processes that sweep at once, each session is ended by one.
    """
    overdue = (
        select(kind.id_hash)
        .where(
            col(kind.ended_at).is_(None),
            sa.or_(
                col(kind.seen_at) < rules.idle_since(now, policy=policy),
                col(kind.created_at) < rules.oldest(now, policy=policy),
            ),
        )
        .limit(AT_ONCE)
    )
    return end(tx, kind, col(kind.id_hash).in_(overdue), now=now)


def forget_the_past(tx: Session, kind: Kind, *, now: dt.datetime) -> None:
    """Delete sessions that ended long ago, with their tabs."""
    tx.exec(delete(kind).where(col(kind.ended_at) < now - KEPT_AFTER_THE_END))
