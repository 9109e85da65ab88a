"""A notice as a push service takes it: encrypted for one device, and signed by the portal.

RFC 8030, 8188, 8291 and 8292. The packages of the extra ``push`` are imported when they are
needed, since not every library installs them.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

# The order of P-256 (FIPS 186-4, D.1.2.3).
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_SECONDS_SIGNED_FOR = 12 * 3600  # no service takes more than a day


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A notice, for whom it is encrypted and what the service hears of it."""

    endpoint: str = field(repr=False)
    public_key: str = field(repr=False)
    secret: str = field(repr=False)
    contents: Mapping[str, object]
    topic: str
    urgency: str
    seconds_kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends, as a service hears it: the key behind all notices, and where to complain."""

    key: bytes = field(repr=False)
    contact: str

    def body_of(self, parcel: Parcel) -> bytes:
        """Return what is sent: only the device can read it."""
        from pywebpush import WebPusher  # noqa: PLC0415  of the extra

        keys = {"p256dh": parcel.public_key, "auth": parcel.secret}
        pusher = WebPusher({"endpoint": parcel.endpoint, "keys": keys})
        text = json.dumps(parcel.contents, ensure_ascii=False, separators=(",", ":"))
        return pusher.encode(text.encode(), "aes128gcm")["body"]

    def headers_of(self, parcel: Parcel, *, now: float) -> Mapping[str, str]:
        """Return what the service hears. A later notice takes the place of one on its topic."""
        from py_vapid import Vapid02  # noqa: PLC0415  of the extra

        service = "/".join(parcel.endpoint.split("/")[:3])
        claims = {"aud": service, "sub": self.contact, "exp": int(now) + _SECONDS_SIGNED_FOR}
        # The package knows fewer addresses of a contact than there are.
        signing = Vapid02(_private_key(self.key), {"no-strict": True})
        return {
            **signing.sign(claims),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(parcel.seconds_kept),
            "Topic": parcel.topic,
            "Urgency": parcel.urgency,
        }


def public_key_of(key: bytes) -> str:
    """Return what a browser is told, so that it takes notices of this portal alone."""
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415  of the extra
        Encoding,
        PublicFormat,
    )

    public = _private_key(key).public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def _private_key(key: bytes) -> "EllipticCurvePrivateKey":
    """Return the portal's key for notices, which every machine makes of its own key.

    Browsers remember it, so it must be the same whenever and wherever it is made.
    """
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415  of the extra

    made = hmac.new(key, b"the key of notices to devices", hashlib.sha512).digest()
    return ec.derive_private_key(int.from_bytes(made) % (_ORDER - 1) + 1, ec.SECP256R1())
