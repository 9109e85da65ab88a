"""From a cookie's secret to a session: what the shield writes and the guard reads."""

import hashlib
import hmac
import re

from reflex_base.event.context import EventContext

# In place of the cookie, since that is the one header Reflex never sends to a browser.
HEADER = b"cookie"
_PREFIX = "session_sha256="
_ID_HASH = re.compile(r"[0-9a-f]{64}")

LONGEST_TOKEN = 100


def id_hash_of(secret: str) -> str:
    """Return what the database knows a session by, or an empty text for no secret."""
    return hashlib.sha256(secret.encode()).hexdigest() if secret else ""


def header_of(id_hash: str) -> tuple[bytes, bytes]:
    """Return the header that tells the guard which session a socket belongs to."""
    return HEADER, f"{_PREFIX}{id_hash}".encode()


def id_hash_of_event() -> str:
    """Return the session of the socket that sent the event now being handled.

    Never from the state's router: another connection may have left its headers
    there. The context of the event is kept for the events that follow from it.
    """
    header = EventContext.get().router_data.get("headers", {}).get(HEADER.decode(), "")
    id_hash = header.removeprefix(_PREFIX)
    return id_hash if _ID_HASH.fullmatch(id_hash) else ""


def bound_token(key: bytes, *, id_hash: str, token: str) -> str:
    """Return a tab's key on the server: worthless to anyone but the same session.

    The browser makes the token by ``Math.random`` and shows it in addresses, and
    Reflex gives whoever knows it everything the tab has seen.
    """
    text = f"{id_hash}|{token[:LONGEST_TOKEN]}"
    return hmac.new(key, text.encode(errors="replace"), hashlib.sha256).hexdigest()
