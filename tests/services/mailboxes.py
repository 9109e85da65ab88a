"""Where patrons of the tests read mail, what they have chosen, and what is written to them."""

import datetime as dt
from collections.abc import Sequence

from sqlmodel import Session, col, select

from portal_app.data.database import current_engine
from portal_app.data.tables import Letter, MailAddress, Message, NoticeChoice, Patron
from portal_app.domain.mail import AddressKind, LetterKind, NoticeKind
from portal_app.text import Lang
from tests.conftest import NOW


def give(
    patron_id: int,
    address: str,
    *,
    place: int = 1,
    confirmed_at: dt.datetime | None = NOW,
    refused_at: dt.datetime | None = None,
) -> None:
    """Let a patron have an address, proved and well unless something else is said."""
    with Session(current_engine()) as tx, tx.begin():
        tx.add(
            MailAddress(
                patron_id=patron_id,
                place=place,
                address=address,
                kind=AddressKind.PC,
                confirmed_at=confirmed_at,
                refused_at=refused_at,
            )
        )


def choose(patron_id: int, kind: NoticeKind, **chosen: object) -> None:
    """Let a patron choose where a notice goes: to the first address, if nothing else is said."""
    with Session(current_engine()) as tx, tx.begin():
        usual = {"to_first": True, "to_second": False, "is_sent": True}
        tx.merge(NoticeChoice(patron_id=patron_id, kind=kind, **usual | chosen))


def reads(patron_id: int, lang: Lang) -> None:
    """Let a patron read another language."""
    with Session(current_engine()) as tx, tx.begin():
        tx.get_one(Patron, patron_id).language = lang


def letters(kind: LetterKind | None = None) -> Sequence[Letter]:
    """Return every letter, or those of a kind, in the order in which they were written."""
    with Session(current_engine()) as tx:
        written = tx.exec(select(Letter).order_by(col(Letter.id))).all()
    return [letter for letter in written if kind in (None, letter.kind)]


def told_in_portal(patron_id: int) -> Sequence[str]:
    """Return what the portal has told a patron, in the order in which it was told."""
    with Session(current_engine()) as tx:
        mine = select(Message.body).where(Message.patron_id == patron_id)
        return tx.exec(mine.order_by(col(Message.id))).all()
