"""Letters as rows: to whom they may go, and one written in the transaction of what it tells."""

import datetime as dt
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from portal_app.data import messages
from portal_app.data.tables import Letter, MailAddress, NoticeChoice
from portal_app.domain.mail import LetterKind, NoticeKind
from portal_app.domain.notices import Choice, choice_of
from portal_app.domain.policies import Mail
from portal_app.text import say
from portal_app.text.languages import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a letter says. Where it can be stopped is added when it is sent (``stop_links``)."""

    kind: LetterKind
    lang: Lang
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """An address that a patron has proved, and whether a mail server has refused it since."""

    address: str
    is_refused: bool


def put(tx: Session, *, patron_id: int, address: str, draft: Draft, now: dt.datetime) -> None:
    """Write a letter to an address. It is sent when this transaction has been committed."""
    tx.add(
        Letter(
            patron_id=patron_id,
            address=address,
            kind=draft.kind,
            language=draft.lang,
            subject=draft.subject,
            body=draft.body,
            message_id=secrets.token_hex(16),
            written_at=now,
        )
    )


def put_to_all(
    tx: Session,
    *,
    patron_id: int,
    destinations: Collection[Destination],
    draft: Draft,
    now: dt.datetime,
) -> bool:
    """Write a letter to each of these addresses at which somebody reads, and return if there is.

    Where a mail server has refused all of them, the patron hears in the portal of what
    was not written, as of a letter that is given up.
    """
    read = [one.address for one in destinations if not one.is_refused]
    for address in read:
        put(tx, patron_id=patron_id, address=address, draft=draft, now=now)
    if destinations and not read:
        tell_not_delivered(tx, patron_id=patron_id, kind=draft.kind, lang=draft.lang, now=now)
    return bool(read)


def tell_not_delivered(
    tx: Session, *, patron_id: int, kind: LetterKind, lang: Lang, now: dt.datetime
) -> None:
    """Tell a patron in the portal that a mail did not reach them, without a title."""
    named = say(f"mail.kind.{kind}", lang)
    subject, body = say("mail.given_up.subject", lang), say("mail.given_up.body", lang, kind=named)
    messages.put(tx, patron_id=patron_id, subject=subject, body=body, now=now)


def destinations_of(tx: Session, *, patron_id: int) -> Mapping[int, Destination]:
    """Return the addresses that a patron has proved, by place: E-mail1 and E-mail2."""
    rows = tx.exec(
        select(MailAddress.place, MailAddress.address, MailAddress.refused_at)
        .where(MailAddress.patron_id == patron_id, col(MailAddress.confirmed_at).is_not(None))
        .order_by(col(MailAddress.place))
    )
    return {
        place: Destination(address=address, is_refused=refused_at is not None)
        for place, address, refused_at in rows
    }


def choice_for(tx: Session, *, patron_id: int, kind: NoticeKind, policy: Mail) -> Choice:
    """Return what a patron has chosen of a kind of notice, or what holds where they have not."""
    row = tx.get(NoticeChoice, (patron_id, kind))
    if row is None or kind not in policy.notices:
        return choice_of(kind, policy=policy)
    wanted = ((1, row.to_first), (2, row.to_second))
    places = tuple(place for place, is_wanted in wanted if is_wanted)
    return Choice(places=places, is_sent=row.is_sent, days_before=row.days_before)


def destinations_for(
    tx: Session, *, patron_id: int, kind: NoticeKind, policy: Mail
) -> Sequence[Destination]:
    """Return the addresses to which a notice of this kind goes now: none if it is not sent.

    Somebody who reads at E-mail2 alone gets there what nobody has chosen a place for. What
    was chosen for an address goes to no other one, also when that one is refused.
    """
    choice = choice_for(tx, patron_id=patron_id, kind=kind, policy=policy)
    if not choice.is_sent:
        return ()
    known = destinations_of(tx, patron_id=patron_id)
    if tx.get(NoticeChoice, (patron_id, kind)) is not None:
        return [known[place] for place in choice.places if place in known]
    return sorted(known.values(), key=lambda one: one.is_refused)[:1]
