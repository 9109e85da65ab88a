"""Letters: mail to patrons, written in the transaction of what it tells (K-29, G-34)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, delete, or_, select

from portal_app.data import post
from portal_app.data.database import reading, transactional
from portal_app.data.letter_texts import branch_name, day_for, draft_of, title_line
from portal_app.data.post import Draft
from portal_app.data.summaries import Summary, summaries
from portal_app.data.tables import Hold, Letter, MailAddress, Patron
from portal_app.domain.holds import EndReason, HoldKey
from portal_app.domain.mail import LETTERS_KEPT_FOR, AddressKind, LetterKind, Note
from portal_app.domain.policies import Library
from portal_app.text import say
from portal_app.text.languages import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An address that a patron may choose, without the address itself."""

    place: int
    kind: AddressKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """At which of their addresses a patron wants a letter, and in which language."""

    place: int
    lang: Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A hold, and the record that it is for."""

    hold: Hold
    record: Summary


@reading
def choices(tx: Session, *, patron_id: int) -> tuple[Choice, ...]:
    """Return at which confirmed addresses a patron can be reached, the first one first."""
    rows = tx.exec(
        select(MailAddress.place, MailAddress.kind)
        .where(
            MailAddress.patron_id == patron_id,
            col(MailAddress.confirmed_at).is_not(None),
            col(MailAddress.refused_at).is_(None),
        )
        .order_by(col(MailAddress.place))
    )
    return tuple(Choice(place=place, kind=AddressKind(kind)) for place, kind in rows)


@transactional
def write_placed(  # noqa: PLR0913  what is told, to whom and how
    tx: Session,
    *,
    patron_id: int,
    record_ids: Sequence[int],
    wish: Wish,
    library: Library,
    now: dt.datetime,
) -> Note | None:
    """Write one letter about those of these records that a patron now has on hold (K-29).

    Returns why there is none, if so.
    """
    held = {
        hold.record_id: hold
        for hold in tx.exec(
            select(Hold).where(
                Hold.patron_id == patron_id,
                col(Hold.record_id).in_(record_ids),
                col(Hold.ended_at).is_(None),
            )
        )
    }
    if not held:
        return Note.NOTHING_ON_HOLD
    records = summaries(tx, record_ids=held)
    told = [
        _Told(hold=held[record_id], record=records[record_id])
        for record_id in dict.fromkeys(record_ids)
        if record_id in held
    ]
    patron = tx.get_one(Patron, patron_id)
    texts = [_placed(one, library, wish.lang, patron) for one in told]
    draft = draft_of(LetterKind.HOLD_PLACED, texts, library, wish.lang)
    return _write(tx, patron_id, draft, wish, now)


@transactional
def write_cancelled(
    tx: Session, *, key: HoldKey, wish: Wish, library: Library, now: dt.datetime
) -> Note | None:
    """Write a letter about a hold that its patron has given up (G-34), or say why there is none."""
    hold = tx.exec(
        select(Hold).where(
            Hold.id == key.hold_id,
            Hold.patron_id == key.patron_id,
            Hold.end_reason == EndReason.BY_PATRON,
        )
    ).first()
    if hold is None:
        return Note.NOTHING_ON_HOLD
    record = summaries(tx, record_ids=[hold.record_id])[hold.record_id]
    told = _Told(hold=hold, record=record)
    texts = [_cancelled(told, library, wish.lang, tx.get_one(Patron, key.patron_id), now)]
    draft = draft_of(LetterKind.HOLD_CANCELLED, texts, library, wish.lang)
    return _write(tx, key.patron_id, draft, wish, now)


@transactional
def forget_the_past(tx: Session, *, now: dt.datetime) -> None:
    """Delete the letters that are sent or given up: they would say who read what.

    Whatever still waits is sent or given up first (``services/post.py``).
    """
    before = now - LETTERS_KEPT_FOR
    tx.exec(
        delete(Letter).where(
            or_(col(Letter.sent_at) < before, col(Letter.given_up_at) < before),
            col(Letter.written_at) < before,
        )
    )


def _placed(told: _Told, library: Library, lang: Lang, patron: Patron) -> str:
    hold = told.hold
    until = day_for(patron, hold.expires_on, lang) if hold.expires_on else None
    details = say(
        "letters.hold_placed.details",
        lang,
        branch=branch_name(library, hold.pickup_branch, lang),
        day=day_for(patron, hold.placed_at.date(), lang),
        until=until or say("holds.no_expiry", lang),
    )
    return f"{title_line(told.record)}\n{details}"


def _cancelled(told: _Told, library: Library, lang: Lang, patron: Patron, now: dt.datetime) -> str:
    hold = told.hold
    details = say(
        "letters.hold_cancelled.details",
        lang,
        branch=branch_name(library, hold.pickup_branch, lang),
        day=day_for(patron, hold.placed_at.date(), lang),
        until=day_for(patron, now.date(), lang),
    )
    return f"{title_line(told.record)}\n{details}"


def _write(tx: Session, patron_id: int, draft: Draft, wish: Wish, now: dt.datetime) -> Note | None:
    chosen = post.destinations_of(tx, patron_id=patron_id).get(wish.place)
    if chosen is None:
        return Note.NO_SUCH_ADDRESS
    if chosen.is_refused:
        return Note.ADDRESS_REFUSED
    post.put(tx, patron_id=patron_id, address=chosen.address, draft=draft, now=now)
    return None
