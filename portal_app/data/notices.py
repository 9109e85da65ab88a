"""Notices: letters that nobody asks for by name, written in the transaction of what they tell."""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlmodel import Session

from portal_app.data import post, push
from portal_app.data.database import persisted
from portal_app.data.letter_texts import branch_name, day_for, draft_of, title_line
from portal_app.data.post import Destination, Draft
from portal_app.data.summaries import Summary, summaries
from portal_app.data.tables import Hold, Loan, Patron
from portal_app.domain.mail import LetterKind, NoticeKind
from portal_app.domain.policies import ContactMethod, Library
from portal_app.domain.push import PushKind
from portal_app.text import say


def hold_ready(tx: Session, *, hold: Hold, library: Library, now: dt.datetime) -> None:
    """Tell a patron that something can be fetched: by mail who wants that (K-26, K-42).

    Who has switched notices on for a device gets one, unless they want to hear nothing.
    """
    if hold.contact_method == ContactMethod.NONE or hold.pickup_by is None:
        return
    push.put_for(tx, persisted(hold.patron_id), kind=PushKind.HOLDS, now=now)
    if hold.contact_method != ContactMethod.MAIL:
        return
    patron = tx.get_one(Patron, hold.patron_id)
    destinations = _destinations(tx, patron, NoticeKind.HOLD, library)
    if not destinations:
        return
    record = summaries(tx, record_ids=[hold.record_id])[hold.record_id]
    details = say(
        "letters.hold_ready.details",
        patron.language,
        branch=branch_name(library, hold.pickup_branch, patron.language),
        until=day_for(patron, hold.pickup_by, patron.language),
    )
    text = f"{title_line(record)}\n{details}"
    draft = draft_of(LetterKind.HOLD_READY, [text], library, patron.language)
    _write(tx, patron, destinations, draft, now)


def lent(tx: Session, *, loan: Loan, record: Summary, library: Library, now: dt.datetime) -> None:
    """Tell a patron who wants to hear of it what was lent to them, and until when (K-44)."""
    if NoticeKind.LOAN not in library.mail.notices:
        return
    patron = tx.get_one(Patron, loan.patron_id)
    destinations = _destinations(tx, patron, NoticeKind.LOAN, library)
    if not destinations:
        return
    details = say(
        "letters.lent.details",
        patron.language,
        branch=branch_name(library, loan.branch_code, patron.language),
        until=day_for(patron, loan.due_on, patron.language),
    )
    text = f"{title_line(record)}\n{details}"
    draft = draft_of(LetterKind.LENT, [text], library, patron.language)
    _write(tx, patron, destinations, draft, now)


def password_changed(tx: Session, *, patron: Patron, library: Library, now: dt.datetime) -> None:
    """Tell a patron at every address of theirs that the password is another one now."""
    destinations = post.destinations_of(tx, patron_id=persisted(patron.id)).values()
    draft = draft_of(LetterKind.PASSWORD_CHANGED, [], library, patron.language)
    _write(tx, patron, destinations, draft, now)


def password_link(
    tx: Session, *, patron: Patron, link: str, library: Library, now: dt.datetime
) -> bool:
    """Send a patron a link to a new password, and return whether there was where to (G-02)."""
    destinations = post.destinations_of(tx, patron_id=persisted(patron.id)).values()
    details = say(
        "letters.password_link.details",
        patron.language,
        address=link,
        minutes=library.sign_in.link_minutes,
    )
    draft = draft_of(LetterKind.PASSWORD_LINK, [details], library, patron.language)
    return _write(tx, patron, destinations, draft, now)


def _destinations(
    tx: Session, patron: Patron, kind: NoticeKind, library: Library
) -> Sequence[Destination]:
    patron_id = persisted(patron.id)
    return post.destinations_for(tx, patron_id=patron_id, kind=kind, policy=library.mail)


def _write(
    tx: Session,
    patron: Patron,
    destinations: Collection[Destination],
    draft: Draft,
    now: dt.datetime,
) -> bool:
    patron_id = persisted(patron.id)
    return post.put_to_all(tx, patron_id=patron_id, destinations=destinations, draft=draft, now=now)
