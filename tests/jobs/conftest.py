"""Patrons with letters that wait, and mail servers of every temper."""

import datetime as dt
import secrets
from collections.abc import Iterator

import pytest
from sqlmodel import Session, col, select

from e2e.mail import Inbox
from portal_app.data.database import current_engine
from portal_app.data.tables import Letter, MailAddress, Message
from portal_app.domain.mail import AddressKind, LetterKind
from portal_app.jobs.sending import Office
from portal_app.settings import MailServer
from portal_app.text import Lang
from tests.services.queues import OUR_LIBRARY

KEY = b"a key of the tests"
HOME = "hanako@example.jp"


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """A mail server that takes everything."""
    with Inbox.open() as inbox:
        yield inbox


def office_at(url: str, *, is_demonstration: bool = False) -> Office:
    """Return the office that sends to a mail server, or nowhere."""
    return Office(
        library=OUR_LIBRARY,
        server=MailServer.at(url) if url else None,
        address="portal@library.example",
        origin="https://portal.library.example",
        key=KEY,
        is_demonstration=is_demonstration,
    )


def write(patron_id: int, *, now: dt.datetime, address: str = HOME, **parts: object) -> str:
    """Let a letter wait since ``now``, and return its number."""
    with Session(current_engine()) as tx, tx.begin():
        letter = Letter(
            patron_id=patron_id,
            address=address,
            **{
                "kind": LetterKind.HOLD_READY,
                "language": Lang.JA,
                "subject": "受取可能のお知らせ",
                "body": "■ 銀河鉄道の夜\n\n受取館：本館\n",
                "message_id": secrets.token_hex(16),
                "written_at": now,
                **parts,
            },
        )
        tx.add(letter)
        return letter.message_id


def reads_at(patron_id: int, address: str, *, now: dt.datetime) -> None:
    """Let a patron have an address."""
    with Session(current_engine()) as tx, tx.begin():
        tx.add(
            MailAddress(
                patron_id=patron_id,
                place=1,
                address=address,
                kind=AddressKind.PC,
                confirmed_at=now,
            )
        )


def letters() -> list[Letter]:
    """Return every letter there is, in the order in which they were written."""
    with Session(current_engine()) as tx:
        return list(tx.exec(select(Letter).order_by(col(Letter.id))).all())


def messages() -> list[Message]:
    """Return what patrons were told in the portal."""
    with Session(current_engine()) as tx:
        return list(tx.exec(select(Message).order_by(col(Message.id))).all())


def address_of(patron_id: int) -> MailAddress:
    """Return where a patron reads mail."""
    with Session(current_engine()) as tx:
        return tx.exec(select(MailAddress).where(MailAddress.patron_id == patron_id)).one()
