"""A new password without the one before: by a link that is mailed to the patron (G-02, G-10)."""

import datetime as dt

from sqlmodel import Session, col, delete, select, update

from portal_app import routes
from portal_app.data import guesses, notices
from portal_app.data.database import persisted, reading, transactional, within
from portal_app.data.standings import lock_patron
from portal_app.data.tables import PasswordLink, Patron
from portal_app.domain import password_links as rules
from portal_app.domain import policies
from portal_app.domain.secret_links import hash_of
from portal_app.domain.sessions import Buckets
from portal_app.services import sessions
from portal_app.services.sessions import Credentials

KEPT_FOR = dt.timedelta(days=1)


@transactional
def ask(  # noqa: PLR0913  who asks for whom, and what is sent to them
    tx: Session,
    *,
    card_number: str,
    buckets: Buckets,
    secret: str,
    origin: str,
    library: policies.Library,
    now: dt.datetime,
) -> None:
    """Mail a link to the patron of a card, if there is one who has an address.

    Nothing is returned: whoever asks is told the same in any case, since any difference
    would say which cards there are.
    """
    counted = guesses.count(tx, buckets=buckets, now=now, card_limits=rules.CARD_LIMITS)
    patron = tx.exec(select(Patron).where(Patron.card_number == card_number)).one_or_none()
    if counted is None or patron is None:
        return
    link = f"{origin}{routes.new_password(secret)}"
    if notices.password_link(tx, patron=patron, link=link, library=library, now=now):
        tx.add(
            PasswordLink(secret_hash=hash_of(secret), patron_id=persisted(patron.id), asked_at=now)
        )


@reading
def find(
    tx: Session, *, secret: str, policy: policies.SignIn, now: dt.datetime
) -> Credentials | None:
    """Return what a new password is compared with, or None where a link leads nowhere (now)."""
    link = tx.get(PasswordLink, hash_of(secret))
    if link is None or not _leads_on(link, policy, now):
        return None
    patron = tx.get_one(Patron, link.patron_id)
    return Credentials(card_number=patron.card_number, born_on=patron.born_on)


@transactional
def use(
    tx: Session, *, secret: str, password_hash: str, library: policies.Library, now: dt.datetime
) -> tuple[str, ...] | None:
    """Give its patron a new password, and let no link of theirs lead anywhere any more.

    Return the sessions that have ended, or None when the link was used or is too old.
    """
    link = tx.get(PasswordLink, hash_of(secret))
    if link is None:
        return None
    lock_patron(tx, patron_id=link.patron_id)
    tx.refresh(link)  # somebody may have used it while we waited
    if not _leads_on(link, library.sign_in, now):
        return None
    tx.exec(
        update(PasswordLink)
        .where(col(PasswordLink.patron_id) == link.patron_id, col(PasswordLink.used_at).is_(None))
        .values(used_at=now)
    )
    return within(tx, sessions.replace_password)(
        patron_id=link.patron_id, password_hash=password_hash, library=library, now=now
    )


@transactional
def forget_the_past(tx: Session, *, now: dt.datetime) -> None:
    """Delete the links that lead nowhere any more."""
    tx.exec(delete(PasswordLink).where(col(PasswordLink.asked_at) < now - KEPT_FOR))


def _leads_on(link: PasswordLink, policy: policies.SignIn, now: dt.datetime) -> bool:
    return rules.leads_on(asked_at=link.asked_at, used_at=link.used_at, policy=policy, now=now)
