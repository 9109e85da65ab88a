"""What the rules need to know about a patron, read in one place."""

import datetime as dt

from sqlmodel import Session, col, select

from portal_app.data.tables import BibliographicRecord, Hold, Item, Loan, Patron
from portal_app.domain.catalogue import MaterialClass
from portal_app.domain.holds import Standing
from portal_app.domain.loans import is_overdue


def lock_patron(tx: Session, *, patron_id: int) -> None:
    """Let a patron's own deeds happen one after the other, until this transaction ends.

    Two tabs on PostgreSQL would both find the last free place of a limit. SQLite
    holds its one write lock already.
    """
    tx.exec(select(Patron.id).where(Patron.id == patron_id).with_for_update()).one()


def materials_at_home(tx: Session, *, patron_id: int) -> tuple[MaterialClass, ...]:
    """Return the class of everything that a patron has on loan."""
    return tuple(
        record.material
        for record in tx.exec(
            select(BibliographicRecord)
            .join(Item, col(Item.record_id) == BibliographicRecord.id)
            .join(Loan, col(Loan.item_id) == Item.id)
            .where(Loan.patron_id == patron_id, col(Loan.returned_at).is_(None))
        )
    )


def standing_of(tx: Session, *, patron_id: int, today: dt.date) -> Standing:
    """Return where a patron stands: the card, what is at home, what is on hold."""
    patron = tx.get_one(Patron, patron_id)
    loans = tx.exec(
        select(Item, Loan)
        .join(Loan, col(Loan.item_id) == Item.id)
        .where(Loan.patron_id == patron_id, col(Loan.returned_at).is_(None))
    )
    on_loan = {item.record_id: loan.due_on for item, loan in loans}
    holds = tx.exec(
        select(Hold, BibliographicRecord)
        .join(BibliographicRecord, col(BibliographicRecord.id) == Hold.record_id)
        .where(Hold.patron_id == patron_id, col(Hold.ended_at).is_(None))
    ).all()
    earliest = min(on_loan.values(), default=today)
    return Standing(
        card_expires_on=patron.card_expires_on,
        overdue_since=earliest if is_overdue(earliest, today) else None,
        on_hold={hold.record_id: record.material for hold, record in holds},
        held_since={hold.record_id: hold.placed_at.date() for hold, _ in holds},
        on_loan=on_loan,
    )
