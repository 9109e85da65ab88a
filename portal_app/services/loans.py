"""Looking at loans and renewing them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from portal_app.data.database import persisted, reading, transactional
from portal_app.data.summaries import Summary, summaries
from portal_app.data.tables import BibliographicRecord, Hold, Item, Loan
from portal_app.domain import loans as rules
from portal_app.domain import policies
from portal_app.domain.catalogue import MaterialClass
from portal_app.domain.holds import HoldState
from portal_app.domain.loans import Refusal, Refused, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLoan:
    """A loan as its patron sees it (G-22). ``title_sort`` orders titles as they are read.

    Either ``renewed_due_on`` says to which day it could be renewed now, or
    ``refused`` says why not.
    """

    loan_id: int
    record: Summary
    barcode: str
    branch_code: str
    lent_on: dt.date
    due_on: dt.date
    title_sort: str
    renewals: int
    renewed_due_on: dt.date | None
    refused: Refused | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """The due date as it is now, and why it has not moved, if it has not."""

    due_on: dt.date | None
    refused: Refused | None


@reading
def look(
    tx: Session, *, patron_id: int, policy: policies.Renewals, today: dt.date
) -> tuple[OpenLoan, ...]:
    """Return a patron's open loans, due soonest first (K-15, G-22)."""
    rows = tx.exec(
        select(Loan, Item, BibliographicRecord.title_sort)
        .join(Item, col(Item.id) == Loan.item_id)
        .join(BibliographicRecord, col(BibliographicRecord.id) == Item.record_id)
        .where(Loan.patron_id == patron_id, col(Loan.returned_at).is_(None))
        .order_by(col(Loan.due_on), col(Loan.id))
    ).all()
    record_ids = [item.record_id for _, item, _ in rows]
    records = summaries(tx, record_ids=record_ids)
    waited_for = _waited_for_by_others(tx, patron_id, record_ids, today)
    shown: list[OpenLoan] = []
    for loan, item, title_sort in rows:
        record = records[item.record_id]
        terms = _terms_of(loan, record.material, is_waited_for=item.record_id in waited_for)
        refused = rules.refused(terms, policy, today)
        shown.append(
            OpenLoan(
                loan_id=persisted(loan.id),
                record=record,
                barcode=item.barcode,
                branch_code=loan.branch_code,
                lent_on=loan.lent_on,
                due_on=loan.due_on,
                title_sort=title_sort,
                renewals=loan.renewals,
                renewed_due_on=(
                    rules.renewed_due_on(loan.due_on, policy, today) if refused is None else None
                ),
                refused=refused,
            )
        )
    return tuple(shown)


@transactional
def renew(
    tx: Session, *, patron_id: int, loan_id: int, policy: policies.Renewals, today: dt.date
) -> Renewed:
    """Move the due date of a patron's own loan, if the library's policy lets it (K-16, G-25)."""
    record_id = tx.exec(
        select(Item.record_id)
        .join(Loan, col(Loan.item_id) == Item.id)
        .where(Loan.id == loan_id, Loan.patron_id == patron_id)
    ).first()
    if record_id is None:
        return Renewed(due_on=None, refused=Refused(why=Refusal.NOT_ON_LOAN))
    # Nobody may join the queue between the question and the answer.
    record = tx.get_one(BibliographicRecord, record_id, with_for_update=True)
    loan = tx.exec(
        select(Loan)
        .where(Loan.id == loan_id, Loan.patron_id == patron_id, col(Loan.returned_at).is_(None))
        .with_for_update()
    ).first()
    if loan is None:
        return Renewed(due_on=None, refused=Refused(why=Refusal.NOT_ON_LOAN))
    waited_for = bool(_waited_for_by_others(tx, patron_id, [record_id], today))
    terms = _terms_of(loan, record.material, is_waited_for=waited_for)
    refused = rules.refused(terms, policy, today)
    if refused is None:
        loan.due_on = rules.renewed_due_on(loan.due_on, policy, today)
        loan.renewals += 1
        loan.overdue_letters = 0  # for the new due date nobody was told anything yet
        tx.add(loan)
    return Renewed(due_on=loan.due_on, refused=refused)


def _terms_of(loan: Loan, material: MaterialClass, *, is_waited_for: bool) -> Terms:
    return Terms(
        due_on=loan.due_on,
        renewals=loan.renewals,
        material=material,
        is_interlibrary=loan.is_interlibrary,
        is_waited_for=is_waited_for,
    )


def _waited_for_by_others(
    tx: Session, patron_id: int, record_ids: Collection[int], today: dt.date
) -> set[int]:
    """Return for which records anybody else is in the queue, whose turn it is or not.

    Who wanted it until yesterday only has not been taken out of the queue yet.
    """
    is_wanted = col(Hold.expires_on).is_(None) | (col(Hold.expires_on) >= today)
    return set(
        tx.exec(
            select(Hold.record_id)
            .where(
                col(Hold.record_id).in_(record_ids),
                Hold.state == HoldState.WAITING,
                Hold.patron_id != patron_id,
                is_wanted,
            )
            .distinct()
        )
    )
