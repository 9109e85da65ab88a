"""Readers who were never born, with books at home and holds on others."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Session

from portal_app.data.fitting import table_of
from portal_app.data.moments import LIBRARY_TIME
from portal_app.data.tables import BibliographicRecord, Hold, Item, Loan, Patron
from portal_app.domain.holds import HoldState

READERS = 1_000
LENT_EVERY = 17
HELD_EVERY = 37
LOAN_DAYS = 14
_AT_ONCE = 50_000


def put_readers(tx: Session, *, today: dt.date) -> None:
    """Write readers who cannot sign in, lend them one item in seventeen, and let each wait once."""
    people = [
        {
            "id": number,
            "card_number": f"9{number:013}",
            "card_expires_on": today + dt.timedelta(days=number % 700),
            "name": f"読者 {number}",
            "born_on": dt.date(1950, 1, 1) + dt.timedelta(days=number * 20),
            "password_hash": "",
            "password_is_initial": True,
            "initial_failures": 0,
            "contact_method": "",
        }
        for number in range(1, READERS + 1)
    ]
    tx.execute(sa.insert(table_of(Patron)), people)
    _lend(tx, today)
    _place_holds(tx, today)


def _lend(tx: Session, today: dt.date) -> None:
    item = table_of(Item)
    chosen = (
        sa.select(item.c.id, item.c.branch_code)
        .where(item.c.id % LENT_EVERY == 0)
        .order_by(item.c.id)
    )
    found = tx.execute(chosen).all()
    for start in range(0, len(found), _AT_ONCE):
        loans = [_loan(number, branch, today) for number, branch in found[start : start + _AT_ONCE]]
        tx.execute(sa.insert(table_of(Loan)), loans)


def _loan(item_id: int, branch: str, today: dt.date) -> dict[str, object]:
    # One in fifteen is overdue by a day.
    due_on = today + dt.timedelta(days=item_id % (LOAN_DAYS + 1) - 1)
    return {
        "patron_id": item_id % READERS + 1,
        "item_id": item_id,
        "branch_code": branch,
        "lent_on": due_on - dt.timedelta(days=LOAN_DAYS),
        "due_on": due_on,
        "renewals": 0,
        "is_interlibrary": False,
    }


def _place_holds(tx: Session, today: dt.date) -> None:
    record = table_of(BibliographicRecord)
    some = sa.select(record.c.id).where(record.c.id % HELD_EVERY == 0).limit(READERS)
    branch = tx.execute(sa.select(table_of(Item).c.branch_code).limit(1)).scalar()
    holds = [
        {
            "patron_id": number,
            "record_id": record_id,
            "state": HoldState.WAITING,
            "slot": 1,
            "limit_class": "",
            "queue_number": 1,
            "pickup_branch": branch,
            "contact_method": "none",
            "placed_at": dt.datetime.combine(today, dt.time(9), tzinfo=LIBRARY_TIME),
        }
        for number, record_id in enumerate(tx.scalars(some), start=1)
    ]
    if holds and branch:
        tx.execute(sa.insert(table_of(Hold)), holds)
