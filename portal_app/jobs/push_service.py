"""A request to a push service, and what its answer means."""

import ssl
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from http import HTTPStatus
from http.client import HTTPException, HTTPSConnection
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

# For each answer of a service. What takes longer may have been taken.
SECONDS_TO_ANSWER = 10.0
AT_ONCE = 8

_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


class Outcome(StrEnum):
    """What became of a notice."""

    TAKEN = "taken"
    GONE = "gone"  # the device takes no more notices
    LATER = "later"  # the service has surely not taken it, and may another time
    REFUSED = "refused"  # it would be refused again
    LOST = "lost"  # no answer: perhaps it was taken, so it is not sent again


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent to a push service. Its address is a secret of the device's."""

    endpoint: str = field(repr=False)
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)


def send_all(requests: Sequence[Request]) -> Sequence[Outcome]:
    """Send all of these, some at once, and return what became of each."""
    trusted = ssl.create_default_context()
    with ThreadPoolExecutor(AT_ONCE) as senders:
        return list(senders.map(partial(_send, trusted=trusted), requests))


def _send(request: Request, *, trusted: ssl.SSLContext) -> Outcome:
    service, path = request.endpoint.removeprefix("https://").split("/", 1)
    with closing(_connection_to(service, trusted)) as connection:
        try:
            connection.connect()
        except (OSError, HTTPException):
            return Outcome.LATER
        try:
            # Wherever the answer leads, nobody follows.
            connection.request("POST", f"/{path}", body=request.body, headers=dict(request.headers))
            return _outcome_of(connection.getresponse().status)
        except (OSError, HTTPException):
            return Outcome.LOST


def _connection_to(service: str, trusted: ssl.SSLContext) -> HTTPSConnection:
    proxy = urlsplit(getproxies().get("https", ""))
    if not proxy.hostname or proxy_bypass(service):
        return HTTPSConnection(service, timeout=SECONDS_TO_ANSWER, context=trusted)
    connection = HTTPSConnection(
        proxy.hostname, proxy.port or 80, timeout=SECONDS_TO_ANSWER, context=trusted
    )
    connection.set_tunnel(service)
    return connection


def _outcome_of(status: int) -> Outcome:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Outcome.TAKEN
    if status in _GONE:
        return Outcome.GONE
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Outcome.LATER
    return Outcome.REFUSED
