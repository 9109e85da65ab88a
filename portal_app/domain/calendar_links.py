"""The secret in the address of a patron's calendar, and the names of what is in it."""

import hashlib
import hmac

from portal_app.domain import secret_links

_HALF = 32  # characters of a hash, as many as nobody meets twice


def secret_of(signing_key: bytes, *, patron_id: int, nonce: str) -> str:
    """Return the secret that leads to a patron's calendar."""
    leads_to = f"calendar link|{patron_id}"
    return secret_links.secret_of(signing_key, leads_to=leads_to, nonce=nonce)


def uid_of(signing_key: bytes, *, about: str, nonce: str) -> str:
    """Return the name of an event, which stays the same and tells nothing.

    By it a calendar moves an event whose day has changed. With a new address all names are
    new: nobody can tell from two calendars that they are of one patron.
    """
    text = f"calendar event|{about}|{nonce}"
    return hmac.new(signing_key, text.encode(), hashlib.sha256).hexdigest()[:_HALF]
