"""The post: letters that wait are taken by one worker, sent, tried again, and given up.

Sending itself is not done here, since nothing must wait for a mail server in a transaction.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, exists, func, or_, select, update

from portal_app.data import messages, post, stop_links
from portal_app.data.database import persisted, reading, transactional
from portal_app.data.tables import Letter, MailAddress, Patron
from portal_app.domain.mail import LONGEST_PAUSE, Failure, LetterKind, next_try_at
from portal_app.text import say
from portal_app.text.languages import Lang

# Long enough for a portion of letters and a mail server that is slow with each of them.
LEASE = dt.timedelta(minutes=10)
PORTION = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A letter that a worker has taken, to send it."""

    letter_id: int
    address: str
    lang: Lang
    subject: str
    body: str
    stop_secret: str
    message_id: str
    written_at: dt.datetime


@reading
def is_waiting(tx: Session, *, now: dt.datetime) -> bool:
    """Tell whether there is a letter whose time has come."""
    return bool(tx.exec(select(exists().where(_is_due(now)))).one())


@transactional
def take(
    tx: Session, *, worker: str, signing_key: bytes, now: dt.datetime, limit: int = PORTION
) -> Sequence[Taken]:
    """Take at most ``limit`` letters whose time has come, so that nobody else sends them.

    What a worker has taken and not told of, others take again when its lease has run out.
    """
    due = tx.exec(select(Letter.id).where(_is_due(now)).order_by(col(Letter.id)).limit(limit)).all()
    # Asked again in writing: another worker may have taken some of them at the same moment.
    taken = tx.exec(
        update(Letter)
        .where(col(Letter.id).in_(due), _is_due(now))
        .values(leased_by=worker, leased_until=now + LEASE, tries=Letter.tries + 1)
        .returning(col(Letter.id))
        .execution_options(synchronize_session=False)
    )
    numbers = [number for [number] in taken]
    letters = tx.exec(select(Letter).where(col(Letter.id).in_(numbers)).order_by(col(Letter.id)))
    return tuple(_taken(tx, letter, signing_key) for letter in letters.all())


@transactional
def put_back(tx: Session, *, letter_ids: Sequence[int], worker: str) -> None:
    """Give letters back that a worker has taken and not tried to send."""
    tx.exec(
        update(Letter)
        .where(col(Letter.id).in_(letter_ids), col(Letter.leased_by) == worker)
        .values(leased_by="", leased_until=None, tries=Letter.tries - 1)
    )


@transactional
def note_sent(tx: Session, *, letter_id: int, now: dt.datetime) -> None:
    """Write down that a mail server has a letter, and forget what it says.

    Whoever sent it: it is sent, even if the lease had run out meanwhile. Where a test was
    taken, somebody reads again.
    """
    letter = tx.get(Letter, letter_id)
    if letter is not None and letter.kind is LetterKind.TEST:
        tx.exec(update(MailAddress).where(_reads_at(letter.address)).values(refused_at=None))
    tx.exec(
        update(Letter)
        .where(col(Letter.id) == letter_id, _is_open())
        .values(sent_at=now, subject="", body="", problem="", leased_by="", leased_until=None)
    )


@transactional
def note_failure(
    tx: Session, *, letter_id: int, worker: str, failure: Failure, now: dt.datetime
) -> None:
    """Write down that a letter could not be sent: it is tried again later, or given up.

    Of one that is given up its patron hears in the portal.
    """
    held = and_(col(Letter.id) == letter_id, col(Letter.leased_by) == worker, _is_open())
    letter = tx.exec(select(Letter).where(held).with_for_update()).first()
    if letter is None:
        return  # it took so long that another worker has it
    again_at = next_try_at(written_at=letter.written_at, tries=letter.tries, now=now)
    letter.problem, letter.leased_by, letter.leased_until = failure.problem, "", None
    letter.next_try_at = again_at
    if failure.is_about_the_address:
        _note_refused(tx, address=letter.address, now=now)
    if again_at is None or failure.is_final:
        _give_up(tx, letter, now)


@transactional
def keep_here(tx: Session, *, signing_key: bytes, now: dt.datetime) -> None:
    """Let what waits be read in the mailbox of the demonstration, where no mail is sent.

    With the address that stops it: it would be made now.
    """
    due = select(Letter.patron_id, Letter.kind).where(_is_due(now)).distinct()
    for patron_id, kind in tx.exec(due).all():
        stop_links.secret_for(
            tx, patron_id=patron_id, letter=LetterKind(kind), signing_key=signing_key
        )
    tx.exec(update(Letter).where(_is_due(now)).values(sent_at=now, problem=""))


@transactional
def note_returned(tx: Session, *, address: str, now: dt.datetime) -> None:
    """Write down that a mail server sent something back: nobody reads at this address.

    Its patron hears of that in the portal, once.
    """
    for patron in tx.exec(
        select(Patron)
        .join(MailAddress, col(MailAddress.patron_id) == Patron.id)
        .where(_reads_at(address), col(MailAddress.refused_at).is_(None))
    ).all():
        _tell_returned(tx, patron, now)
    _note_refused(tx, address=address, now=now)


def _note_refused(tx: Session, *, address: str, now: dt.datetime) -> None:
    tx.exec(update(MailAddress).where(_reads_at(address)).values(refused_at=now))


def _reads_at(address: str) -> ColumnElement[bool]:
    # Mail servers do not always give an address back as it was written.
    return func.lower(col(MailAddress.address)) == address.lower()


def _give_up(tx: Session, letter: Letter, now: dt.datetime) -> None:
    letter.given_up_at, letter.next_try_at = now, None
    letter.subject = letter.body = ""
    post.tell_not_delivered(
        tx, patron_id=letter.patron_id, kind=letter.kind, lang=letter.language, now=now
    )


def _tell_returned(tx: Session, patron: Patron, now: dt.datetime) -> None:
    lang, patron_id = patron.language, persisted(patron.id)
    subject, body = say("mail.returned.subject", lang), say("mail.returned.body", lang)
    messages.put(tx, patron_id=patron_id, subject=subject, body=body, now=now)


def _is_open() -> ColumnElement[bool]:
    return and_(col(Letter.sent_at).is_(None), col(Letter.given_up_at).is_(None))


def _is_due(now: dt.datetime) -> ColumnElement[bool]:
    # What lies much further ahead than we ever write was written before the clock was set back;
    # a little further is what another worker has just written, who looked at the clock later.
    again_at, until = col(Letter.next_try_at), col(Letter.leased_until)
    return and_(
        _is_open(),
        or_(again_at.is_(None), again_at <= now, again_at > now + LONGEST_PAUSE + LEASE),
        or_(until.is_(None), until <= now, until > now + 2 * LEASE),
    )


def _taken(tx: Session, letter: Letter, signing_key: bytes) -> Taken:
    # Made only now, since it stands in the mail alone and never in the database.
    stop_secret = stop_links.secret_for(
        tx, patron_id=letter.patron_id, letter=letter.kind, signing_key=signing_key
    )
    return Taken(
        letter_id=persisted(letter.id),
        address=letter.address,
        lang=letter.language,
        subject=letter.subject,
        body=letter.body,
        stop_secret=stop_secret,
        message_id=letter.message_id,
        written_at=letter.written_at,
    )
