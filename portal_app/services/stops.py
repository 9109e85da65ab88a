"""Stopping mail by the address in it, without signing in (RFC 8058)."""

from dataclasses import dataclass

from sqlmodel import Session, col, select, update

from portal_app.data import stop_links
from portal_app.data.database import reading, transactional
from portal_app.data.standings import lock_patron
from portal_app.data.tables import Alert, Hold, NoticeChoice, Patron, StopLink
from portal_app.domain.mail import NoticeKind
from portal_app.domain.notices import choice_of
from portal_app.domain.policies import ContactMethod, Mail
from portal_app.text.languages import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """What an address stops, and how its patron reads. Nothing tells whose mail it is."""

    kind: NoticeKind
    lang: Lang


@reading
def look(tx: Session, *, secret: str, signing_key: bytes) -> Stop | None:
    """Return what a secret stops, or None where it leads nowhere."""
    link = stop_links.followed(tx, secret=secret, signing_key=signing_key)
    return None if link is None else _stop(tx, link)


@transactional
def stop(tx: Session, *, secret: str, signing_key: bytes, policy: Mail) -> Stop | None:
    """Stop what a secret stops, and return what that was. A second time changes nothing.

    Where mail is chosen each time, it is no longer chosen: patrons' alerts pause (K-43), and
    nobody writes when their holds are ready (K-42). Both they can choose again.
    """
    link = stop_links.followed(tx, secret=secret, signing_key=signing_key)
    if link is None:
        return None
    lock_patron(tx, patron_id=link.patron_id)
    match link.kind:
        case NoticeKind.NEW_ARRIVALS:
            _pause_alerts(tx, link.patron_id)
        case NoticeKind.HOLD:
            _write_of_no_hold(tx, link.patron_id)
        case _:
            _choose_none(tx, link, policy)
    return _stop(tx, link)


def _stop(tx: Session, link: StopLink) -> Stop:
    return Stop(kind=link.kind, lang=tx.get_one(Patron, link.patron_id).language)


def _pause_alerts(tx: Session, patron_id: int) -> None:
    tx.exec(update(Alert).where(col(Alert.patron_id) == patron_id).values(is_active=False))


def _write_of_no_hold(tx: Session, patron_id: int) -> None:
    patron = tx.get_one(Patron, patron_id)
    if patron.contact_method == ContactMethod.MAIL:
        patron.contact_method = ContactMethod.NONE
    holds = select(Hold).where(
        Hold.patron_id == patron_id,
        Hold.contact_method == ContactMethod.MAIL,
        col(Hold.ended_at).is_(None),
    )
    for hold in tx.exec(holds.order_by(col(Hold.id)).with_for_update()):
        hold.contact_method = ContactMethod.NONE


def _choose_none(tx: Session, link: StopLink, policy: Mail) -> None:
    chosen = tx.get(NoticeChoice, (link.patron_id, link.kind))
    if chosen is None:
        usual = choice_of(link.kind, policy=policy)
        chosen = NoticeChoice(
            patron_id=link.patron_id,
            kind=link.kind,
            to_first=1 in usual.places,
            to_second=2 in usual.places,  # noqa: PLR2004  E-mail2
            is_sent=False,
            days_before=usual.days_before,
        )
    chosen.is_sent = False
    tx.add(chosen)
