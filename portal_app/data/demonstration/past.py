"""What was before today in the demonstration: loans long returned, and days that move on."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, or_, select

from portal_app.data.demonstration import KEY, Cast, news
from portal_app.data.moments import LIBRARY_TIME
from portal_app.data.tables import BibliographicRecord, Hold, Item, Loan, Patron

# Of every third work a copy has been lent twice, so that the library knows for how long
# its loans last. That is enough for books and CDs; of magazines it knows too little.
LENT_BEFORE_EVERY = 3
TIMES = 2
DAYS_BETWEEN = 25
SHORTEST_DAYS, LONGEST_DAYS = 5, 17
LOAN_DAYS = 14
CLOSES_AT = dt.time(17, tzinfo=LIBRARY_TIME)


def add_past_loans(
    tx: Session, *, shelf: Mapping[str, Sequence[Item]], wanted: frozenset[str], today: dt.date
) -> None:
    """Lend copies to nobody we know and take them back, those of what is waited for oftener."""
    rows = [
        row
        for number, (work, items) in enumerate(shelf.items())
        for row in _past_loans(number, items, today, is_wanted=work in wanted)
    ]
    tx.execute(sa.insert(Loan), rows)


def _past_loans(
    number: int, items: Sequence[Item], today: dt.date, *, is_wanted: bool
) -> Iterator[Mapping[str, Any]]:
    if not items or (number % LENT_BEFORE_EVERY and not is_wanted):
        return
    for time in range(1, TIMES * LENT_BEFORE_EVERY + 1 if is_wanted else TIMES + 1):
        item = items[time % len(items)]
        returned_on = today - dt.timedelta(days=DAYS_BETWEEN * (time + 1) + number % 5)
        lasted = SHORTEST_DAYS + (number * 5 + time * 7) % (LONGEST_DAYS - SHORTEST_DAYS)
        lent_on = returned_on - dt.timedelta(days=lasted)
        yield {
            "item_id": item.id,
            "branch_code": item.branch_code,
            "lent_on": lent_on,
            "due_on": lent_on + dt.timedelta(days=LOAN_DAYS),
            "returned_at": dt.datetime.combine(returned_on, CLOSES_AT),
            "renewals": 0,
            "is_interlibrary": False,
        }


def move_on(tx: Session, *, cast: Cast, today: dt.date) -> None:
    """Move every day of an earlier demonstration as far as its first card tells it is old."""
    first = cast.members[0]
    cards = [person.card_number for person in cast.people]
    patrons = tx.exec(select(Patron).where(col(Patron.card_number).in_(cards))).all()
    valid_until = {patron.card_number: patron.card_expires_on for patron in patrons}
    if first.card_number not in valid_until:
        return
    later = today - valid_until[first.card_number] + dt.timedelta(first.card_expires_in_days)
    if not later:
        return
    for patron in patrons:
        patron.card_expires_on += later
    patron_ids = [patron.id for patron in patrons]
    _move_loans(tx, patron_ids, later)
    _move_holds(tx, patron_ids, later)
    ours = select(BibliographicRecord).where(col(BibliographicRecord.key).startswith(KEY))
    for record in tx.exec(ours):
        record.added_on += later
    news.move_on(tx, today=today)


def _move_loans(tx: Session, patron_ids: Sequence[int | None], later: dt.timedelta) -> None:
    our_items = (
        select(Item.id)
        .join(BibliographicRecord, col(BibliographicRecord.id) == Item.record_id)
        .where(col(BibliographicRecord.key).startswith(KEY))
    )
    nobodys = col(Loan.patron_id).is_(None) & col(Loan.item_id).in_(our_items)
    for loan in tx.exec(select(Loan).where(or_(col(Loan.patron_id).in_(patron_ids), nobodys))):
        loan.lent_on += later
        loan.due_on += later
        loan.returned_at = loan.returned_at and loan.returned_at + later


def _move_holds(tx: Session, patron_ids: Sequence[int | None], later: dt.timedelta) -> None:
    for hold in tx.exec(select(Hold).where(col(Hold.patron_id).in_(patron_ids))):
        hold.placed_at += later
        hold.sent_at = hold.sent_at and hold.sent_at + later
        hold.ready_at = hold.ready_at and hold.ready_at + later
        hold.ended_at = hold.ended_at and hold.ended_at + later
        hold.cancel_asked_at = hold.cancel_asked_at and hold.cancel_asked_at + later
        hold.pickup_by = hold.pickup_by and hold.pickup_by + later
        hold.expires_on = hold.expires_on and hold.expires_on + later
        hold.suspended_until = hold.suspended_until and hold.suspended_until + later
