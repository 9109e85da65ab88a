"""Notices to devices (Web Push): what they are about, and which devices can have them."""

import base64
import datetime as dt
import re
from collections.abc import Sequence
from enum import StrEnum

MOST_DEVICES = 10  # of one patron; the eleventh takes the place of the first

# Whoever has not looked at their phone for so long finds it in the portal, or in their mail.
KEPT_FOR = dt.timedelta(days=1)

LONGEST_ENDPOINT = 1000
LONGEST_KEY = 120
LONGEST_SECRET = 60

_ENDPOINT = re.compile(r"https://(?P<service>[a-z0-9.-]+(?::\d{1,5})?)/[\x21-\x7e]*")
_BYTES_OF_A_POINT = 65
_BYTES_OF_A_SECRET = 16
_UNCOMPRESSED = 4
# P-256: y² = x³ - 3x + b, modulo p (FIPS 186-4, D.1.2.3).
_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B


class PushKind(StrEnum):
    """What a notice is about, and no more. Each value has its text: ``push.notice.<value>``."""

    HOLDS = "holds"
    LOANS = "loans"
    ALERTS = "alerts"
    MESSAGES = "messages"


class Switched(StrEnum):
    """What became of switching notices on or off: ``push.answer.<value>``."""

    ON = "on"
    OFF = "off"
    UNKNOWN_SERVICE = "unknown_service"


def service_of(endpoint: str) -> str:
    """Return at which service a device's notices are taken, or an empty text for none."""
    found = _ENDPOINT.fullmatch(endpoint)
    return found["service"] if found and len(endpoint) <= LONGEST_ENDPOINT else ""


def is_known(endpoint: str, *, services: Sequence[str]) -> bool:
    """Return whether an address is one at which the library sends notices.

    A browser says where to send, and anybody can say anything: without a list the portal
    would ask whatever it reaches in the library's own network.
    """
    service = service_of(endpoint)
    return any(service == known or service.endswith(f".{known}") for known in services)


def can_be_read(*, public_key: str, secret: str) -> bool:
    """Return whether something can be written with these that a browser can read."""
    point, salt = _decoded(public_key), _decoded(secret)
    return len(salt) == _BYTES_OF_A_SECRET and _is_a_point(point)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(f"{text}{'=' * (-len(text) % 4)}", altchars=b"-_", validate=True)
    except ValueError:
        return b""


def _is_a_point(written: bytes) -> bool:
    if len(written) != _BYTES_OF_A_POINT or written[0] != _UNCOMPRESSED:
        return False
    x, y = (int.from_bytes(part) for part in (written[1:33], written[33:]))
    return max(x, y) < _P and (y * y - (x**3 - 3 * x + _B)) % _P == 0
