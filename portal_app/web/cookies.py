"""The cookie that holds a session's secret."""

import re
import secrets
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from starlette.responses import Response

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_THIS_COMPUTER = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCookie:
    """How the cookie is called and kept at one address of the portal."""

    name: str
    is_secure: bool

    @classmethod
    def at(cls, origin: str) -> Self:
        """Return the cookie for an origin.

        ``__Host-`` makes the browser keep it from other names and ports of the
        same city, and from plain HTTP. Browsers count this computer as secure;
        over plain HTTP anywhere else they would drop such a cookie unseen.
        """
        return cls._called("portal_session", origin)

    @classmethod
    def of_desk(cls, origin: str) -> Self:
        """Return the cookie of whoever works at a desk, which is another one."""
        return cls._called("portal_desk", origin)

    @classmethod
    def of_password_link(cls, origin: str) -> Self:
        """Return the cookie of whoever has followed a link to a new password."""
        return cls._called("portal_password_link", origin)

    @classmethod
    def _called(cls, name: str, origin: str) -> Self:
        address = urlsplit(origin)
        if address.scheme == "https" or address.hostname in _THIS_COMPUTER:
            return cls(name=f"__Host-{name}", is_secure=True)
        return cls(name=name, is_secure=False)

    def secret_in(self, header: str) -> str:
        """Return the secret a browser sent, or an empty text when it sent none or two.

        Two of the same name mean that someone has slipped one in, and nobody
        can tell which.
        """
        pairs = (pair.strip().partition("=") for pair in header.split(";"))
        found = [value for name, _, value in pairs if name == self.name]
        return found[0] if len(found) == 1 and _SECRET.fullmatch(found[0]) else ""

    def keep(self, response: Response, secret: str, *, seconds: int | None) -> None:
        """Give the browser a secret for some seconds, or until it is closed.

        Where the patron keeps a copy (「この端末に保存する」), a phone that puts the
        browser away must not sign them out with things to send. The server's
        idle hour ends the session either way.
        """
        response.set_cookie(
            self.name,
            secret,
            max_age=seconds,
            path="/",
            secure=self.is_secure,
            httponly=True,
            samesite="strict",
        )

    def take_away(self, response: Response) -> None:
        """Make the browser forget the secret."""
        response.delete_cookie(
            self.name, path="/", secure=self.is_secure, httponly=True, samesite="strict"
        )


def new_secret() -> str:
    """Return 256 random bits, as they stand in the cookie."""
    return secrets.token_urlsafe(32)
