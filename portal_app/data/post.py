"""Letters as rows: to whom they may go, and one written in the transaction of what it tells."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from portal_app.data.tables import Letter, MailAddress, NoticeChoice
from portal_app.domain.mail import LetterKind, NoticeKind
from portal_app.domain.notices import Choice, choice_of
from portal_app.domain.policies import Mail
from portal_app.text.languages import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a letter says. Where it can be stopped is added when it is sent (``stop_links``)."""

    kind: LetterKind
    lang: Lang
    subject: str
    body: str


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


def confirmed_addresses(tx: Session, *, patron_id: int) -> Mapping[int, str]:
    """Return where a patron reads mail, by place: E-mail1 and E-mail2."""
    rows = tx.exec(
        select(MailAddress.place, MailAddress.address)
        .where(MailAddress.patron_id == patron_id, col(MailAddress.confirmed_at).is_not(None))
        .order_by(col(MailAddress.place))
    )
    return dict(rows.all())


def choice_for(tx: Session, *, patron_id: int, kind: NoticeKind, policy: Mail) -> Choice:
    """Return what a patron has chosen of a kind of notice, or what holds where they have not."""
    row = tx.get(NoticeChoice, (patron_id, kind))
    if row is None or kind not in policy.notices:
        return choice_of(kind, policy=policy)
    wanted = ((1, row.to_first), (2, row.to_second))
    places = tuple(place for place, is_wanted in wanted if is_wanted)
    return Choice(places=places, is_sent=row.is_sent, days_before=row.days_before)


def addresses_for(tx: Session, *, patron_id: int, kind: NoticeKind, policy: Mail) -> Sequence[str]:
    """Return the addresses to which a notice of this kind goes now: none if it is not sent.

    Somebody whose only address is E-mail2 gets there what nobody has chosen a place for.
    """
    choice = choice_for(tx, patron_id=patron_id, kind=kind, policy=policy)
    if not choice.is_sent:
        return ()
    known = confirmed_addresses(tx, patron_id=patron_id)
    chosen = [known[place] for place in choice.places if place in known]
    has_chosen = tx.get(NoticeChoice, (patron_id, kind)) is not None
    return chosen or ([] if has_chosen else list(known.values())[:1])
