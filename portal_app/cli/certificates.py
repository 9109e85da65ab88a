"""The certificates of ``./portal --lan``: an authority of its own, and what it vouches for.

A browser believes an address of a library's own network nobody's word but that of an authority
that somebody has put into its device. This one can vouch for nothing outside such networks, so
that a device that trusts it is no easier to deceive anywhere else.
"""

import datetime as dt
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NETWORKS: tuple[IPv4Network | IPv6Network, ...] = tuple(
    ip_network(one)
    for one in (
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
        *("100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8"),
        *("fc00::/7", "fe80::/10", "::1/128"),
    )
)
DOMAINS = ("local", "localhost")

LIFE_OF_AUTHORITY = dt.timedelta(days=5 * 365)
LEAST_LEFT = dt.timedelta(days=60)
LIFE = dt.timedelta(days=30)
# The clock of a tablet that lay in a drawer may be slow.
SLOW_CLOCK = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """The files with which a server shows who it is."""

    certificate: Path
    key: Path
    authority: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Whoever trusts its certificate trusts what it vouches for."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @classmethod
    def kept_in(cls, folder: Path, *, host: str, now: dt.datetime) -> Self:
        """Return the authority of a folder, made at the first need and when it has grown old."""
        file = folder / "authority.pem"
        if file.exists() and cls._at(file).certificate.not_valid_after_utc < now + LEAST_LEFT:
            file.unlink()
        if not file.exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _keep(cls._new(host=host, now=now), file)
        return cls._at(file)

    @classmethod
    def _new(cls, *, host: str, now: dt.datetime) -> Self:
        key = ec.generate_private_key(ec.SECP256R1())
        # Whoever takes it off a tablet again must find it among others.
        name = _name(f"Library portal on {host}, {now:%Y-%m-%d}"[:64])
        permitted = [*map(x509.DNSName, DOMAINS), *map(x509.IPAddress, NETWORKS)]
        certificate = (
            _draft(name, key.public_key(), now=now, life=LIFE_OF_AUTHORITY)
            .issuer_name(name)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
            .add_extension(x509.NameConstraints(permitted, None), critical=True)
            .sign(key, hashes.SHA256())
        )
        return cls(certificate=certificate, key=key)

    @classmethod
    def _at(cls, file: Path) -> Self:
        pem = file.read_bytes()
        key = load_pem_private_key(pem, None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError(file)
        return cls(certificate=x509.load_pem_x509_certificate(pem), key=key)

    @property
    def pem(self) -> bytes:
        """The certificate, as every system takes it."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def fingerprint(self) -> str:
        """What a person compares to know that it is this certificate and no other."""
        return self.certificate.fingerprint(hashes.SHA256()).hex(":").upper()

    def certify(
        self,
        *,
        addresses: Sequence[IPv4Address | IPv6Address],
        names: Sequence[str],
        folder: Path,
        now: dt.datetime,
    ) -> Certified:
        """Vouch for a server at these addresses and names, with a new key each time."""
        key = ec.generate_private_key(ec.SECP256R1())
        known_as = [*map(x509.IPAddress, addresses), *map(x509.DNSName, names)]
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        certificate = (
            _draft(_name(str(addresses[0])), key.public_key(), now=now, life=LIFE)
            .issuer_name(self.certificate.subject)
            .add_extension(x509.SubjectAlternativeName(known_as), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage("digital_signature"), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(issuer, critical=False)
            .sign(self.key, hashes.SHA256())
        )
        certified = Certified(
            certificate=folder / "server.pem",
            key=folder / "server.key",
            authority=folder / "authority.crt",
        )
        _write(certified.key, _pem_of(key))
        _write(certified.certificate, certificate.public_bytes(Encoding.PEM) + self.pem)
        _write(certified.authority, self.pem)
        return certified


def may_vouch_for(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address is one of a network of somebody's own."""
    return any(address in network for network in NETWORKS)


def _draft(
    subject: x509.Name, key: ec.EllipticCurvePublicKey, *, now: dt.datetime, life: dt.timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SLOW_CLOCK)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _usage(*allowed: str) -> x509.KeyUsage:
    every = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
        *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**{use: use in allowed for use in every})


def _pem_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _keep(authority: Authority, file: Path) -> None:
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    _write(draft, _pem_of(authority.key) + authority.pem)
    # A link appears whole or not at all: two that start at once use the same authority.
    with suppress(FileExistsError):
        file.hardlink_to(draft)
    draft.unlink()


def _write(file: Path, content: bytes) -> None:
    with os.fdopen(os.open(file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as kept:
        kept.write(content)
