"""A push service of the tests' own, which takes what is sent, or does not."""

import base64
import datetime as dt
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

HANG = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a service was sent."""

    path: str
    headers: dict[str, str]
    body: bytes

    def claims(self) -> dict[str, object]:
        """Return what the sender says of themselves, or raise if they have not signed it."""
        scheme, _, said = self.headers["authorization"].partition(" ")
        assert scheme == "vapid"
        token, key = (part.split("=", 1)[1] for part in said.replace(" ", "").split(","))
        signed, _, signature = token.rpartition(".")
        both = _raw(signature)
        halves = (int.from_bytes(both[:32]), int.from_bytes(both[32:]))
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _raw(key))
        public.verify(encode_dss_signature(*halves), signed.encode(), ec.ECDSA(hashes.SHA256()))
        return {"key": key, **json.loads(_raw(signed.split(".")[1]))}


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Service(ThreadingHTTPServer):
    """A push service that answers with the status it is told to, and what it was sent."""

    daemon_threads = True

    def __init__(self, certificate: Path) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.status = 201
        self.statuses: dict[str, int] = {}
        self.sent: list[Sent] = []
        self.is_over = threading.Event()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)

    @property
    def name(self) -> str:
        """What stands for it in the library's list."""
        return f"localhost:{self.server_address[1]}"


class Talk(BaseHTTPRequestHandler):
    """What is said to one client."""

    @property
    def ours(self) -> Service:
        """The service for which this is said."""
        assert isinstance(self.server, Service)
        return self.server

    def do_POST(self) -> None:
        """Take what is sent, and answer."""
        body = self.rfile.read(int(self.headers["content-length"]))
        said = {name.lower(): value for name, value in self.headers.items()}
        self.ours.sent.append(Sent(path=self.path, headers=said, body=body))
        status = self.ours.statuses.get(self.path, self.ours.status)
        if status == HANG:
            self.ours.is_over.wait()
            return
        self.send_response(status)
        if status == 307:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *said: object) -> None:  # noqa: A002  as it is called
        """Say nothing."""


@contextmanager
def serving(certificate: Path) -> Iterator[Service]:
    """Open a push service."""
    service = Service(certificate)
    thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        service.is_over.set()
        service.shutdown()
        thread.join()
        service.server_close()


def write_certificate(file: Path) -> None:
    """Write a key and a certificate for this machine, which nobody knows but the tests."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2100, 1, 1, tzinfo=dt.UTC))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + certificate.public_bytes(Encoding.PEM))
