"""What happens at the library's desk while a patron looks at the portal."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from e2e.serving import Serving
from portal_app import clock
from portal_app.data.database import connect, disconnect
from portal_app.data.tables import BibliographicRecord, Item, Loan, Patron
from portal_app.services import circulation, sessions


def bring_back(portal: Serving, *, patron: str, title: str) -> None:
    """Check in what somebody of the cast has at home."""
    card_number = portal.cast[patron].card_number
    with _at_the_desk(portal) as engine:
        with Session(engine) as tx:
            barcode, branch_code = tx.exec(
                select(Item.barcode, Loan.branch_code)
                .join(Loan, col(Loan.item_id) == Item.id)
                .join(Patron, col(Patron.id) == Loan.patron_id)
                .join(BibliographicRecord, col(BibliographicRecord.id) == Item.record_id)
                .where(Patron.card_number == card_number, BibliographicRecord.title == title)
            ).one()
        told = circulation.check_in(
            barcode=barcode, branch_code=branch_code, library=portal.library, now=clock.now()
        )
    assert told.was_returned


def issue_password(portal: Serving, *, patron: str, password: str) -> None:
    """Give somebody of the cast a first password."""
    card_number = portal.cast[patron].card_number
    with _at_the_desk(portal) as engine:
        with Session(engine) as tx:
            patron_id = tx.exec(select(Patron.id).where(Patron.card_number == card_number)).one()
        assert patron_id is not None
        sessions.issue_password(
            patron_id=patron_id, password=password, library=portal.library, now=clock.now()
        )


@contextmanager
def _at_the_desk(portal: Serving) -> Iterator[Engine]:
    try:
        yield connect(portal.settings.database_url)
    finally:
        disconnect()
