"""A patron's days as a calendar at a secret address: making it, withdrawing it, reading it."""

import datetime as dt
import hmac
from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from portal_app.data.database import persisted, reading, transactional
from portal_app.data.standings import lock_patron
from portal_app.data.tables import BibliographicRecord, CalendarLink, Hold, Item, Loan
from portal_app.domain import calendar_links as rules
from portal_app.domain import secret_links
from portal_app.domain.holds import HoldState
from portal_app.exchange.calendar import Day, Occasion


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """By which secret a patron's calendar is read since when; by none, if it is not."""

    secret: str = ""
    since: dt.date | None = None


@transactional
def make(
    tx: Session, *, patron_id: int, signing_key: bytes, nonce: str, now: dt.datetime
) -> Subscription:
    """Give a calendar an address. One that has an address already keeps it."""
    lock_patron(tx, patron_id=patron_id)
    there = tx.get(CalendarLink, patron_id)
    if there is not None and _secret_in(there, signing_key):
        return _subscription(there, signing_key)
    return _write(tx, there, patron_id=patron_id, signing_key=signing_key, nonce=nonce, now=now)


@transactional
def reset(
    tx: Session, *, patron_id: int, signing_key: bytes, nonce: str, now: dt.datetime
) -> Subscription:
    """Give a calendar another address. The one before leads nowhere from now on."""
    lock_patron(tx, patron_id=patron_id)
    there = tx.get(CalendarLink, patron_id)
    return _write(tx, there, patron_id=patron_id, signing_key=signing_key, nonce=nonce, now=now)


@reading
def find(tx: Session, *, patron_id: int, signing_key: bytes) -> Subscription:
    """Return by which address a patron's calendar is read now."""
    there = tx.get(CalendarLink, patron_id)
    return Subscription() if there is None else _subscription(there, signing_key)


@transactional
def withdraw(tx: Session, *, patron_id: int) -> None:
    """Let the address of a calendar lead nowhere from now on."""
    tx.exec(delete(CalendarLink).where(col(CalendarLink.patron_id) == patron_id))


@reading
def look(tx: Session, *, secret: str, signing_key: bytes) -> tuple[Day, ...] | None:
    """Return the days that a secret leads to, or None, whatever the reason."""
    if not secret_links.could_be_secret(secret):
        return None
    hashed = secret_links.hash_of(secret)
    link = tx.exec(select(CalendarLink).where(CalendarLink.secret_hash == hashed)).first()
    # Whoever can write into the database still needs the key to make an address.
    if link is None or not hmac.compare_digest(_secret_in(link, signing_key), secret):
        return None
    days = (*_due(tx, link, signing_key), *_to_be_picked_up(tx, link, signing_key))
    return tuple(sorted(days, key=lambda day: day.on))


def _write(  # noqa: PLR0913  what an address is made of
    tx: Session,
    there: CalendarLink | None,
    *,
    patron_id: int,
    signing_key: bytes,
    nonce: str,
    now: dt.datetime,
) -> Subscription:
    link = there or CalendarLink(patron_id=patron_id, nonce="", secret_hash="", created_at=now)
    secret = rules.secret_of(signing_key, patron_id=patron_id, nonce=nonce)
    link.nonce, link.secret_hash, link.created_at = nonce, secret_links.hash_of(secret), now
    tx.add(link)
    return Subscription(secret=secret, since=now.date())


def _due(tx: Session, link: CalendarLink, signing_key: bytes) -> Iterator[Day]:
    rows = tx.exec(
        select(Loan, BibliographicRecord.title, BibliographicRecord.volume)
        .join(Item, col(Item.id) == Loan.item_id)
        .join(BibliographicRecord, col(BibliographicRecord.id) == Item.record_id)
        .where(Loan.patron_id == link.patron_id, col(Loan.returned_at).is_(None))
        .order_by(col(Loan.id))
    ).all()
    for loan, title, volume in rows:
        yield Day(
            uid=rules.uid_of(signing_key, about=f"loan|{persisted(loan.id)}", nonce=link.nonce),
            occasion=Occasion.DUE,
            on=loan.due_on,
            title=f"{title} {volume}".strip(),
            branch_code=loan.branch_code,
        )


def _to_be_picked_up(tx: Session, link: CalendarLink, signing_key: bytes) -> Iterator[Day]:
    rows = tx.exec(
        select(Hold, BibliographicRecord.title, BibliographicRecord.volume)
        .join(BibliographicRecord, col(BibliographicRecord.id) == Hold.record_id)
        .where(
            Hold.patron_id == link.patron_id,
            Hold.state == HoldState.READY,
            col(Hold.pickup_by).is_not(None),
        )
        .order_by(col(Hold.id))
    ).all()
    for hold, title, volume in rows:
        if hold.pickup_by is not None:
            yield Day(
                uid=rules.uid_of(signing_key, about=f"hold|{persisted(hold.id)}", nonce=link.nonce),
                occasion=Occasion.PICKUP,
                on=hold.pickup_by,
                title=f"{title} {volume}".strip(),
                branch_code=hold.pickup_branch,
            )


def _subscription(link: CalendarLink, signing_key: bytes) -> Subscription:
    secret = _secret_in(link, signing_key)
    return Subscription(secret=secret, since=link.created_at.date()) if secret else Subscription()


def _secret_in(link: CalendarLink, signing_key: bytes) -> str:
    """Return the secret of an address, or an empty text where it was made with another key."""
    secret = rules.secret_of(signing_key, patron_id=link.patron_id, nonce=link.nonce)
    return secret if secret_links.hash_of(secret) == link.secret_hash else ""
