"""Putting records in the cart, taking them out, and looking into it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, delete, func, select

from portal_app.data.database import reading, transactional
from portal_app.data.standings import lock_patron, standing_of
from portal_app.data.summaries import Summary, summaries
from portal_app.data.tables import BibliographicRecord, CartLine, Patron
from portal_app.domain import holds, policies
from portal_app.domain.cart import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of each record, and how many are in the cart now."""

    added: tuple[int, ...]
    refused: Mapping[int, Refusal]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A record in the cart, and why it could not be placed on hold just now, if so."""

    record: Summary
    refused: holds.Refused | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cart:
    """What is in a cart, and how its patron likes to be served (K-26, K-46).

    ``expires_on`` is until when the library proposes to wait; None is for ever.
    """

    lines: tuple[Line, ...]
    pickup_branch: str
    contact_method: str
    expires_on: dt.date | None


@transactional
def add(
    tx: Session, *, patron_id: int, record_ids: Sequence[int], limit: int, now: dt.datetime
) -> Added:
    """Put records in a patron's cart, as many as fit (K-05, K-24).

    What is already there stays where it is and is said so.
    """
    lock_patron(tx, patron_id=patron_id)
    wanted = list(dict.fromkeys(record_ids))
    present = set(tx.exec(select(CartLine.record_id).where(CartLine.patron_id == patron_id)))
    known = set(
        tx.exec(
            select(BibliographicRecord.id).where(
                col(BibliographicRecord.id).in_(wanted),
                col(BibliographicRecord.left_on).is_(None),
            )
        )
    )
    added: list[int] = []
    refused: dict[int, Refusal] = {}
    for record_id in wanted:
        if record_id not in known:
            refused[record_id] = Refusal.NOT_IN_CATALOGUE
        elif record_id in present:
            refused[record_id] = Refusal.ALREADY_IN_CART
        elif len(present) + len(added) >= limit:
            refused[record_id] = Refusal.CART_IS_FULL
        else:
            # One microsecond apart, so that the cart keeps the order of the request.
            added_at = now + dt.timedelta(microseconds=len(added))
            tx.add(CartLine(patron_id=patron_id, record_id=record_id, added_at=added_at))
            added.append(record_id)
    return Added(added=tuple(added), refused=refused, count=len(present) + len(added))


@transactional
def remove(tx: Session, *, patron_id: int, record_ids: Sequence[int]) -> int:
    """Take records out of a patron's cart and return how many are left."""
    tx.exec(
        delete(CartLine).where(
            col(CartLine.patron_id) == patron_id, col(CartLine.record_id).in_(record_ids)
        )
    )
    return _count(tx, patron_id)


@reading
def count(tx: Session, *, patron_id: int) -> int:
    """Return how many records are in a patron's cart (G-05)."""
    return _count(tx, patron_id)


@reading
def look(tx: Session, *, patron_id: int, policy: policies.Holds, today: dt.date) -> Cart:
    """Return what is in a patron's cart, in the order it was put in (K-26)."""
    record_ids = tx.exec(
        select(CartLine.record_id)
        .where(CartLine.patron_id == patron_id)
        .order_by(col(CartLine.added_at), col(CartLine.record_id))
    ).all()
    records = summaries(tx, record_ids=record_ids)
    standing = standing_of(tx, patron_id=patron_id, today=today)
    patron = tx.get_one(Patron, patron_id)
    return Cart(
        lines=tuple(
            Line(
                record=records[record_id],
                refused=holds.refused(records[record_id].wanted, standing, policy, today),
            )
            for record_id in record_ids
        ),
        pickup_branch=patron.pickup_branch or "",
        contact_method=patron.contact_method,
        expires_on=holds.proposed_expiry(policy, today),
    )


def _count(tx: Session, patron_id: int) -> int:
    return tx.exec(select(func.count()).where(CartLine.patron_id == patron_id)).one()
