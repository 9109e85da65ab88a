"""Devices that get notices, and the notices that wait for them.

Sending itself is not done here, since nothing must wait for a push service in a transaction.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import Session, col, delete, exists, or_, select

from portal_app.data import received
from portal_app.data.database import reading, transactional
from portal_app.data.standings import lock_patron
from portal_app.data.tables import Patron, PushNotice, PushSubscription
from portal_app.domain import push as rules
from portal_app.domain.mail import next_try_at
from portal_app.domain.policies import Push
from portal_app.domain.push import KEPT_FOR, MOST_DEVICES, PushKind, Switched
from portal_app.text.languages import Lang

PORTION = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Where a device gets notices, and what they are encrypted with. No log may name it."""

    endpoint: str = field(repr=False)
    public_key: str = field(repr=False)
    secret: str = field(repr=False)
    lang: Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A notice that was taken out, to be sent: nobody else will."""

    subscription_id: int
    device: Device
    kind: PushKind
    unread: int
    written_at: dt.datetime
    tries: int


@reading
def is_on(tx: Session, *, patron_id: int, endpoint: str) -> bool:
    """Return whether a patron gets notices on this device."""
    return bool(tx.exec(select(exists().where(*_this(patron_id, endpoint)))).one())


@transactional
def switch_on(
    tx: Session, *, patron_id: int, device: Device, policy: Push, now: dt.datetime
) -> Switched:
    """Let a device get a patron's notices, and no longer those of whoever had it before."""
    is_usable = rules.is_known(device.endpoint, services=policy.services) and rules.can_be_read(
        public_key=device.public_key, secret=device.secret
    )
    if not policy.is_offered or not is_usable:
        return Switched.UNKNOWN_SERVICE
    lock_patron(tx, patron_id=patron_id)
    _forget(tx, col(PushSubscription.endpoint) == device.endpoint)
    tx.add(
        PushSubscription(
            patron_id=patron_id,
            endpoint=device.endpoint,
            public_key=device.public_key,
            secret=device.secret,
            language=device.lang,
            made_at=now,
        )
    )
    tx.flush()  # so that it counts
    newest_first = (
        select(PushSubscription.id)
        .where(PushSubscription.patron_id == patron_id)
        .order_by(col(PushSubscription.made_at).desc(), col(PushSubscription.id).desc())
    )
    too_many = tx.exec(newest_first).all()[MOST_DEVICES:]
    _forget(tx, col(PushSubscription.id).in_(too_many))
    return Switched.ON


@transactional
def switch_off(tx: Session, *, patron_id: int, endpoint: str) -> Switched:
    """Let a device get a patron's notices no longer. What waits for it goes, too."""
    _forget(tx, *_this(patron_id, endpoint))
    return Switched.OFF


@transactional
def forget_device(tx: Session, *, endpoint: str) -> None:
    """Let a device get no more notices, whoever it was: somebody signs out on it.

    Its session may have ended long before. Nobody but the device knows its address.
    """
    _forget(tx, col(PushSubscription.endpoint) == endpoint)


@transactional
def forget_subscription(tx: Session, *, subscription_id: int) -> None:
    """Forget a device of which its service says that it takes no more notices."""
    _forget(tx, col(PushSubscription.id) == subscription_id)


@reading
def is_waiting(tx: Session, *, now: dt.datetime) -> bool:
    """Tell whether there is a notice whose time has come."""
    return bool(tx.exec(select(exists().where(_is_due(now)))).one())


@transactional
def take(tx: Session, *, now: dt.datetime, limit: int = PORTION) -> Sequence[Taken]:
    """Take at most ``limit`` notices out whose time has come, the oldest first.

    From now on they are nowhere: whoever dies with them has lost them, and no device rings twice.
    """
    due = (
        select(PushNotice.subscription_id, PushNotice.kind)
        .where(_is_due(now))
        .order_by(col(PushNotice.written_at))
        .limit(limit)
    )
    keys = tx.exec(due).all()
    taken = tx.exec(
        delete(PushNotice)
        .where(sa.tuple_(col(PushNotice.subscription_id), col(PushNotice.kind)).in_(keys))
        .returning(PushNotice)
        .execution_options(synchronize_session=False)
    )
    in_time = [one for one in taken.scalars().all() if one.written_at >= now - KEPT_FOR]
    return tuple(_with_devices(tx, in_time, now))


@transactional
def put_back(tx: Session, *, notice: Taken, now: dt.datetime) -> None:
    """Let a notice wait that its service has not taken, unless it has waited for too long.

    Of a device that was switched off meanwhile nothing waits.
    """
    tries = notice.tries + 1
    again_at = next_try_at(written_at=notice.written_at, tries=tries, now=now)
    key = (notice.subscription_id, notice.kind)
    device = tx.get(PushSubscription, notice.subscription_id, with_for_update=True)
    if again_at is None or device is None or tx.get(PushNotice, key) is not None:
        return
    tx.add(
        PushNotice(
            subscription_id=notice.subscription_id,
            kind=notice.kind,
            written_at=notice.written_at,
            next_try_at=again_at,
            tries=tries,
        )
    )


@transactional
def forget_the_past(tx: Session, *, now: dt.datetime) -> None:
    """Delete the notices that nobody has sent for so long that they are of no use."""
    tx.exec(delete(PushNotice).where(col(PushNotice.written_at) < now - KEPT_FOR))


def _this(patron_id: int, endpoint: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        col(PushSubscription.patron_id) == patron_id,
        col(PushSubscription.endpoint) == endpoint,
    )


def _forget(tx: Session, *which: sa.ColumnElement[bool]) -> None:
    tx.exec(delete(PushSubscription).where(*which))


def _is_due(now: dt.datetime) -> sa.ColumnElement[bool]:
    again_at = col(PushNotice.next_try_at)
    return or_(again_at.is_(None), again_at <= now)


def _with_devices(tx: Session, notices: Sequence[PushNotice], now: dt.datetime) -> Iterator[Taken]:
    # A device that is switched off at this very moment is not there any more.
    numbers = [notice.subscription_id for notice in notices]
    rows = tx.exec(
        select(PushSubscription, Patron)
        .join(Patron, col(Patron.id) == PushSubscription.patron_id)
        .where(col(PushSubscription.id).in_(numbers))
    )
    found = {subscription.id: (subscription, patron) for subscription, patron in rows}
    for notice in notices:
        if notice.subscription_id not in found:
            continue
        subscription, patron = found[notice.subscription_id]
        yield Taken(
            subscription_id=notice.subscription_id,
            device=Device(
                endpoint=subscription.endpoint,
                public_key=subscription.public_key,
                secret=subscription.secret,
                lang=subscription.language,
            ),
            kind=notice.kind,
            unread=received.count_unread(tx, patron, today=now.date()),
            written_at=notice.written_at,
            tries=notice.tries,
        )
