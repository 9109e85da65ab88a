"""The addresses at which mail is stopped, as rows: made at the first need, and followed."""

import hmac
import secrets

from sqlmodel import Session, select

from portal_app.data.tables import StopLink
from portal_app.domain import secret_links
from portal_app.domain import stop_links as rules
from portal_app.domain.mail import LetterKind


def secret_for(tx: Session, *, patron_id: int, letter: LetterKind, signing_key: bytes) -> str:
    """Return the secret that stops a patron's letters of a kind, or an empty text if none does.

    For whoever sends a letter: the secret is in the mail and nowhere else, since it takes
    the portal's key to make it. Two mails of a kind have the same one.
    """
    kind = rules.stops(letter)
    if kind is None:
        return ""
    if known := secret_in_mail(tx, patron_id=patron_id, letter=letter, signing_key=signing_key):
        return known
    link = tx.get(StopLink, (patron_id, kind)) or StopLink(
        patron_id=patron_id, kind=kind, nonce="", secret_hash=""
    )
    link.nonce = secrets.token_hex(16)
    secret = rules.secret_of(signing_key, patron_id=patron_id, kind=kind, nonce=link.nonce)
    link.secret_hash = secret_links.hash_of(secret)
    tx.add(link)
    tx.flush()  # the next letter of the same batch finds it
    return secret


def secret_in_mail(tx: Session, *, patron_id: int, letter: LetterKind, signing_key: bytes) -> str:
    """Return the secret that stands in a patron's mail of a kind, or an empty text if none does."""
    kind = rules.stops(letter)
    link = None if kind is None else tx.get(StopLink, (patron_id, kind))
    return "" if link is None else _secret_in(link, signing_key)


def followed(tx: Session, *, secret: str, signing_key: bytes) -> StopLink | None:
    """Return the link that a secret belongs to, or None, whatever the reason."""
    if not secret_links.could_be_secret(secret):
        return None
    hashed = secret_links.hash_of(secret)
    link = tx.exec(select(StopLink).where(StopLink.secret_hash == hashed)).one_or_none()
    # Whoever can write into the database still needs the key to make a link.
    if link is None or not hmac.compare_digest(_secret_in(link, signing_key), secret):
        return None
    return link


def _secret_in(link: StopLink, signing_key: bytes) -> str:
    """Return the secret of a link, or an empty text where it was made with another key."""
    secret = rules.secret_of(
        signing_key, patron_id=link.patron_id, kind=link.kind, nonce=link.nonce
    )
    return secret if secret_links.hash_of(secret) == link.secret_hash else ""
