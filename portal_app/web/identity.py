"""From a cookie's secret to a session: what the shield writes and the guard reads."""

import hashlib
import hmac
import re
from dataclasses import dataclass

from reflex_base.event.context import EventContext

# In place of the cookie, since that is the one header Reflex never sends to a browser.
HEADER = b"cookie"
_WRITTEN = re.compile(
    r"session_sha256=(?P<id_hash>[0-9a-f]{64})?"
    r"(?:; desk_sha256=(?P<desk_hash>[0-9a-f]{64}))?(?P<terminal>; terminal)?"
)

LONGEST_TOKEN = 100
# Long enough that no two patrons share one, and too short to be anything else.
OWNER_DIGITS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """What the shield knows of whoever is at the other end of a socket."""

    # Empty for strangers.
    id_hash: str
    # At one of the library's own machines, which the next person uses, too.
    is_terminal: bool
    # The same for whoever works at a desk; a browser may have both.
    desk_hash: str = ""

    @property
    def holder(self) -> str:
        """To whom what a tab shows is bound."""
        return f"{self.id_hash}+{self.desk_hash}" if self.desk_hash else self.id_hash


def id_hash_of(secret: str) -> str:
    """Return what the database knows a session by, or an empty text for no secret."""
    return hashlib.sha256(secret.encode()).hexdigest() if secret else ""


def header_of(visitor: Visitor) -> tuple[bytes, bytes]:
    """Return the header that tells the guard who is at the other end of a socket."""
    terminal = "; terminal" if visitor.is_terminal else ""
    desk = f"; desk_sha256={visitor.desk_hash}" if visitor.desk_hash else ""
    return HEADER, f"session_sha256={visitor.id_hash}{desk}{terminal}".encode()


def visitor_of_event() -> Visitor:
    """Return who is at the other end of the socket that sent the event now being handled.

    Never from the state's router: another connection may have left its headers
    there. The context of the event is kept for the events that follow from it.
    """
    header = EventContext.get().router_data.get("headers", {}).get(HEADER.decode(), "")
    written = _WRITTEN.fullmatch(header)
    return Visitor(
        id_hash=(written and written["id_hash"]) or "",
        is_terminal=bool(written and written["terminal"]),
        desk_hash=(written and written["desk_hash"]) or "",
    )


def owner_of(key: bytes, *, patron_id: int, edition: str = "") -> str:
    """Return what a browser knows a patron by: always the same, and nothing can be told from it.

    In a demonstration it is another one whenever everything is put back, and in each library:
    what a device has kept from before is then somebody else's.
    """
    text = f"owner|{edition}|{patron_id}" if edition else f"owner|{patron_id}"
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:OWNER_DIGITS]


def draft_key_of(key: bytes, *, whose: str) -> str:
    """Return what a browser seals with what somebody is typing: only they are ever given it."""
    return hmac.new(key, f"drafts|{whose}".encode(), hashlib.sha256).hexdigest()


def bound_token(key: bytes, *, holder: str, token: str) -> str:
    """Return a tab's key on the server: worthless to anyone but the same sessions.

    The browser makes the token by ``Math.random`` and shows it in addresses, and
    Reflex gives whoever knows it everything the tab has seen.
    """
    text = f"{holder}|{token[:LONGEST_TOKEN]}"
    return hmac.new(key, text.encode(errors="replace"), hashlib.sha256).hexdigest()
