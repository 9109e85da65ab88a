"""Devices that can read what is written to them, as browsers are."""

import base64
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlmodel import Session, col, select

from portal_app.data.database import current_engine
from portal_app.data.tables import PushNotice, PushSubscription
from portal_app.domain.policies import Push
from portal_app.domain.push import Switched
from portal_app.services import push
from portal_app.services.push import Device
from portal_app.text import Lang
from tests.conftest import NOW
from tests.services.queues import OUR_LIBRARY

SERVICE = "push.example"
POLICY = Push(is_offered=True, services=(SERVICE,))
LIBRARY = OUR_LIBRARY.model_copy(update={"push": POLICY})


def written(raw: bytes) -> str:
    """Return bytes as browsers write them."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A device, which alone knows the key to what it is sent."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    def as_told(self, lang: Lang = Lang.JA) -> Device:
        """Return what its browser tells the portal."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Device(
            endpoint=self.endpoint,
            public_key=written(point),
            secret=written(self.secret),
            lang=lang,
        )

    def read(self, body: bytes) -> bytes:
        """Return what was written to it."""
        return http_ece.decrypt(
            body, private_key=self.key, auth_secret=self.secret, version="aes128gcm"
        )


def phone(name: str = "phone", *, service: str = SERVICE) -> Phone:
    """Return a device whose notices are taken at an address that ends with its name."""
    return Phone(endpoint=f"https://{service}/send/{name}")


def switch_on(patron_id: int, device: Phone | None = None, **how: Any) -> Switched:
    """Let a patron have notices on a device."""
    lang = how.pop("lang", Lang.JA)
    given = {"policy": POLICY, "now": NOW, **how}
    return push.switch_on(patron_id=patron_id, device=(device or phone()).as_told(lang), **given)


def devices(patron_id: int) -> Sequence[str]:
    """Return the names of the devices on which a patron has notices, the oldest first."""
    with Session(current_engine()) as tx:
        theirs = select(PushSubscription.endpoint).where(PushSubscription.patron_id == patron_id)
        found = tx.exec(theirs.order_by(col(PushSubscription.id)))
        return [endpoint.rpartition("/")[2] for endpoint in found]


def waiting() -> Sequence[tuple[int, str]]:
    """Return for whom which notices wait."""
    with Session(current_engine()) as tx:
        rows = tx.exec(
            select(PushSubscription.patron_id, PushNotice.kind)
            .join(PushSubscription, col(PushSubscription.id) == PushNotice.subscription_id)
            .order_by(col(PushSubscription.patron_id), col(PushNotice.kind))
        )
        return [(patron_id, str(kind)) for patron_id, kind in rows]
