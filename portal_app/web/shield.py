"""What every request meets first: who may connect, what may be sent, what comes with an answer.

Pure ASGI and outermost, so that it stands before Reflex's socket and its pages.
"""

import re
from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from time import monotonic
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal_app import routes
from portal_app.browser.worker import WORKER
from portal_app.exchange import isbn_photos, shelf_reading
from portal_app.web.addresses import Network, is_within, visitor_address
from portal_app.web.content_policy import POLICY_OF_THE_WORKER, policy_for, without_detour
from portal_app.web.cookies import SessionCookie
from portal_app.web.frames import Pace, is_welcome
from portal_app.web.identity import Visitor, bound_token, header_of, id_hash_of

POLICY_VIOLATION = 1008
LARGEST_FORM = 64 * 1024
LARGEST_FILES = {
    routes.DO_READ_LIST: shelf_reading.MOST_BYTES,
    routes.DO_READ_PHOTO: isbn_photos.MOST_BYTES,
}
# Sixty tabs of one branch share an address; a visit costs memory until it is forgotten.
SOCKETS_PER_ADDRESS = 200
VISITS_PER_SECOND, VISITS_AT_ONCE = 10.0, 300.0
FRAMES_PER_SECOND, FRAMES_AT_ONCE = 30.0, 120.0
ADDRESSES_REMEMBERED = 10_000

# Reflex opens these for upload and for its own hosting. The portal uses neither.
CLOSED = ("/_upload", "/_all_routes", "/auth-codespace")
READING = frozenset({"GET", "HEAD", "OPTIONS"})
# A program that reads mail presses a button there, as RFC 8058 has it: it is no browser, and
# what it knows is in the address.
FOR_ANY_ORIGIN = routes.stop_mail("")
# A secret link is for whom it was given to, and for no index of pages.
NOT_TO_BE_FOUND = (routes.shared_shelf(""), routes.confirm_address(""))

# What never goes on to Reflex, which keeps headers in a tab's state.
SECRETS = frozenset({b"cookie", b"authorization"})

_NAMED_BY_CONTENT = re.compile(r"/assets/.+-[A-Za-z0-9_-]{8,}\.\w+")

HEADERS = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
HTTPS_ONLY = "max-age=63072000; includeSubDomains"
NOT_LASTING = (".local", "localhost")


@dataclass(slots=True, kw_only=True)
class Visits:
    """Who is connected, and how fast new ones come."""

    sockets: Counter[str] = field(default_factory=Counter)
    paces: OrderedDict[str, Pace] = field(default_factory=OrderedDict)

    def admit(self, address: str, *, now: float) -> bool:
        """Count one more visit, and return whether it is let in."""
        pace = self.paces.pop(address, None) or Pace.starting(
            per_second=VISITS_PER_SECOND, burst=VISITS_AT_ONCE, now=now
        )
        self.paces[address] = pace
        if len(self.paces) > ADDRESSES_REMEMBERED:
            self.paces.popitem(last=False)
        return pace.allows(now=now) and self.sockets[address] < SOCKETS_PER_ADDRESS

    def leave(self, address: str) -> None:
        """Count one socket less."""
        self.sockets[address] -= 1
        if self.sockets[address] <= 0:
            del self.sockets[address]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shield:
    """The portal behind its shield."""

    app: ASGIApp
    origin: str
    key: bytes
    pages: Path
    trusted_proxy_hops: int
    terminals: tuple[Network, ...]
    visits: Visits = field(default_factory=Visits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or turn it away."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = visitor_address(scope, trusted_proxy_hops=self.trusted_proxy_hops)
        if not self._is_ours(scope) or not self.visits.admit(address, now=monotonic()):
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        self.visits.sockets[address] += 1
        try:
            await self.app(self._as_passed_on(scope, address), *_checked(receive, send))
        finally:
            self.visits.leave(address)

    def _is_ours(self, scope: Scope) -> bool:
        # Without an Origin it is no browser; "null" and lookalikes are not equal either.
        return _header(scope, b"origin") == self.origin

    def _as_passed_on(self, scope: Scope, address: str) -> Scope:
        cookies = _header(scope, b"cookie")
        visitor = Visitor(
            id_hash=id_hash_of(SessionCookie.at(self.origin).secret_in(cookies)),
            is_terminal=is_within(address, self.terminals),
            desk_hash=id_hash_of(SessionCookie.of_desk(self.origin).secret_in(cookies)),
        )
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        query["token"] = bound_token(self.key, holder=visitor.holder, token=query.get("token", ""))
        return {
            **scope,
            "query_string": urlencode(query).encode(),
            "headers": [
                *((name, value) for name, value in scope["headers"] if name not in SECRETS),
                header_of(visitor),
            ],
        }

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope)
        if refusal is not None:
            await _refuse(refusal, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(MutableHeaders(scope=message), scope["path"])
            await send(message)

        path = without_detour(scope["path"], pages=self.pages)
        await self.app({**scope, "path": path}, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> HTTPStatus | None:
        if scope["path"].startswith(CLOSED):
            return HTTPStatus.NOT_FOUND
        if scope["method"] in READING:
            return None
        # Another site's form would sign our patron out, or in as somebody else.
        if not self._is_ours(scope) and not scope["path"].startswith(FOR_ANY_ORIGIN):
            return HTTPStatus.FORBIDDEN
        length = _header(scope, b"content-length")
        if not length.isdecimal():
            return HTTPStatus.LENGTH_REQUIRED
        is_too_large = int(length) > LARGEST_FILES.get(scope["path"], LARGEST_FORM)
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE if is_too_large else None

    def _add_headers(self, headers: MutableHeaders, path: str) -> None:
        headers.update(HEADERS)
        del headers["server"]
        if has_a_lasting_name(self.origin):
            headers["strict-transport-security"] = HTTPS_ONLY
        if headers.get("content-type", "").startswith("text/html"):
            headers["content-security-policy"] = policy_for(
                path, pages=self.pages, origin=self.origin
            )
            # Also keeps the page out of the memory behind the Back button, where the
            # next person at this screen would find the last one's loans.
            headers["cache-control"] = "no-store"
        elif _NAMED_BY_CONTENT.fullmatch(path):
            headers["cache-control"] = "public, max-age=31536000, immutable"
        else:
            headers.setdefault("cache-control", "no-cache")
        if path.startswith(NOT_TO_BE_FOUND):
            headers["x-robots-tag"] = "noindex, nofollow"
        if path == WORKER:
            headers["content-security-policy"] = POLICY_OF_THE_WORKER


def has_a_lasting_name(origin: str) -> bool:
    """Return whether browsers may be told to insist on https there from now on.

    Not at an address of ``./portal --lan``: it is another machine's tomorrow, and beside it,
    over plain http, a tablet gets the certificate.
    """
    address = urlsplit(origin)
    host = address.hostname or ""
    is_number = ":" in host or host.replace(".", "").isdecimal()
    return address.scheme == "https" and not is_number and not host.endswith(NOT_LASTING)


def _checked(receive: Receive, send: Send) -> tuple[Receive, Send]:
    """Return the two ends of a socket that closes at the first thing no page sends."""
    pace = Pace.starting(per_second=FRAMES_PER_SECOND, burst=FRAMES_AT_ONCE, now=monotonic())
    is_closed = False

    async def receive_checked() -> Message:
        nonlocal is_closed
        message = await receive()
        if message["type"] != "websocket.receive":
            return message
        if pace.allows(now=monotonic()) and is_welcome(message):
            return message
        is_closed = True
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}

    async def send_until_closed(message: Message) -> None:
        if not is_closed:
            await send(message)

    return receive_checked, send_until_closed


async def _refuse(status: HTTPStatus, receive: Receive, send: Send) -> None:
    # Reading a little lets the browser see the answer instead of a broken connection.
    for _ in range(16):
        if not (await receive()).get("more_body"):
            break
    headers = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
    headers.append((b"content-length", b"0"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _header(scope: Scope, name: bytes) -> str:
    values = [value.decode("latin-1") for given, value in scope["headers"] if given == name]
    return "; ".join(values)
