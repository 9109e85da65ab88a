"""How the library's mail stands, for staff and for the mailbox of the demonstration."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from portal_app.data import demonstration, stop_links
from portal_app.data.database import persisted, reading
from portal_app.data.tables import Letter, Patron
from portal_app.domain.mail import LetterKind
from portal_app.text.languages import Lang

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class InTrouble:
    """A letter that could not be sent: nothing of whose it is or what it says."""

    letter_id: int
    kind: LetterKind
    trouble: str
    code: str
    tries: int
    written_at: dt.datetime
    next_try_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How many letters wait, were sent and were given up; those are counted for a day."""

    waiting: int
    oldest_at: dt.datetime | None
    sent: int
    given_up: int
    in_trouble: tuple[InTrouble, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A letter of the demonstration as whoever tries it reads it."""

    letter_id: int
    address: str
    lang: Lang
    subject: str
    body: str
    stop_secret: str
    written_at: dt.datetime


@reading
def look(tx: Session) -> Overview:
    """Return how the mail stands."""
    is_sent, is_given_up = col(Letter.sent_at).is_not(None), col(Letter.given_up_at).is_not(None)
    is_waiting = ~is_sent & ~is_given_up
    counted = select(func.count(col(Letter.id)))
    waiting, oldest_at = tx.exec(
        select(func.count(col(Letter.id)), func.min(Letter.written_at)).where(is_waiting)
    ).one()
    in_trouble = tx.exec(
        select(Letter)
        .where(Letter.problem != "", ~is_sent)
        .order_by(col(Letter.written_at).desc(), col(Letter.id).desc())
        .limit(MOST_SHOWN)
    )
    return Overview(
        waiting=waiting,
        oldest_at=oldest_at,
        sent=tx.exec(counted.where(is_sent)).one(),
        given_up=tx.exec(counted.where(is_given_up)).one(),
        in_trouble=tuple(_in_trouble(letter) for letter in in_trouble),
    )


@reading
def count_kept(tx: Session) -> int:
    """Return how many letters the demonstration would have sent to its cast."""
    return tx.exec(
        select(func.count(col(Letter.id)))
        .join(Patron, col(Patron.id) == Letter.patron_id)
        .where(*_kept_for_the_cast())
    ).one()


@reading
def kept_letters(tx: Session, *, signing_key: bytes) -> Sequence[Kept]:
    """Return what the demonstration would have sent to its cast, newest first.

    To nobody else: a library may have taken its own patrons into such a database.
    """
    found = tx.exec(
        select(Letter)
        .join(Patron, col(Patron.id) == Letter.patron_id)
        .where(*_kept_for_the_cast())
        .order_by(col(Letter.written_at).desc(), col(Letter.id).desc())
        .limit(MOST_SHOWN)
    )
    return tuple(
        Kept(
            letter_id=persisted(letter.id),
            address=letter.address,
            lang=letter.language,
            subject=letter.subject,
            body=letter.body,
            stop_secret=stop_links.secret_in_mail(
                tx, patron_id=letter.patron_id, letter=letter.kind, signing_key=signing_key
            ),
            written_at=letter.written_at,
        )
        for letter in found
    )


def _kept_for_the_cast() -> tuple[ColumnElement[bool], ...]:
    cards = [member.card_number for member in demonstration.cast().members]
    return col(Patron.card_number).in_(cards), col(Letter.body) != ""


def _in_trouble(letter: Letter) -> InTrouble:
    trouble, _, code = letter.problem.partition(" ")
    return InTrouble(
        letter_id=persisted(letter.id),
        kind=letter.kind,
        trouble=trouble,
        code=code,
        tries=letter.tries,
        written_at=letter.written_at,
        next_try_at=letter.next_try_at,
    )
