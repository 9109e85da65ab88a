"""What differs between a laptop and the library, read from the environment."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "PORTAL_"
PROJECT = Path(__file__).resolve().parent.parent

# Read by the browser tests before there is a portal to have settings.
FOR_TESTS = frozenset({"PORTAL_CHROMIUM"})


class UnusableSettings(ValueError):
    """Raised at startup, so that a portal never opens half configured."""


def _absolute_database(url: str) -> str:
    # Processes that we start run in the project's folder, so a relative file
    # would be another one there.
    kind, separator, file = url.partition(":///")
    if not kind.startswith("sqlite") or not separator or file in ("", ":memory:"):
        return url
    return f"{kind}:///{Path(file).resolve()}"


def _absolute_library(name_or_path: str) -> str:
    is_path = name_or_path.endswith(".toml") or os.sep in name_or_path
    return str(Path(name_or_path).resolve()) if is_path else name_or_path


def _networks(written: Any) -> Any:  # noqa: ANN401  anything can be given
    if not isinstance(written, str):
        return written
    return tuple(_network(part.strip()) for part in written.split(",") if part.strip())


def _network(written: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(written)
    except ValueError as mistake:
        kind, message = "network", "{mistake}; a network is written like 192.168.10.0/24"
        raise PydanticCustomError(kind, message, {"mistake": str(mistake)}) from None


def _mail_server(url: SecretStr) -> SecretStr:
    if url:
        MailServer.at(url.get_secret_value())
    return url


class Security(StrEnum):
    """How what is said to a mail server is kept from others on the way."""

    TLS = "tls"  # from the first word
    REQUIRED = "required"  # STARTTLS, or nothing is sent
    OFFERED = "offered"  # STARTTLS where the server has it
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The mail server that takes the library's mail, as ``PORTAL_SMTP_URL`` names it."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    security: Security

    @classmethod
    def at(cls, url: str) -> Self:
        """Return the mail server that a URL names."""
        kind, message = "mail_server", "it is written like smtp://USER:PASSWORD@HOST:587"
        try:
            parts = urlsplit(url)
            port = parts.port
            asked = parse_qs(parts.query, strict_parsing=bool(parts.query))
            wanted = Security(asked.pop("starttls", [_usual(parts.password)])[-1])
        except ValueError:
            raise PydanticCustomError(kind, message) from None
        if parts.scheme not in _PORTS or not parts.hostname or asked or parts.path not in ("", "/"):
            raise PydanticCustomError(kind, message)
        return cls(
            host=parts.hostname,
            port=port or _PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            security=Security.TLS if parts.scheme == "smtps" else wanted,
        )


_PORTS = {"smtp": 25, "smtps": 465}


def _usual(password: str | None) -> Security:
    # Whoever stands between could say that the server has no STARTTLS, and read the password.
    return Security.REQUIRED if password else Security.OFFERED


class Settings(BaseSettings):
    """The portal's settings. Every one is described in docs/settings.md."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True)

    folder: Annotated[Path, AfterValidator(Path.resolve)] = PROJECT / ".portal"
    library: Annotated[str, AfterValidator(_absolute_library)] = "kagoshima"
    # A database of its own for each library: branches and rules differ.
    database_url: Annotated[str, AfterValidator(_absolute_database)] = Field(
        default_factory=lambda read: f"sqlite:///{read['folder'] / Path(read['library']).stem}.db"
    )
    demonstration: bool = True
    host: str = "127.0.0.1"
    port: int = Field(default=8300, ge=1, le=65535)
    trusted_proxy_hops: int = Field(default=0, ge=0, le=9)
    terminals: Annotated[
        tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(_networks)
    ] = ()
    origin: str = Field(
        default_factory=lambda read: f"http://localhost:{read['port']}",
        pattern=r"^https?://[^/\s]+$",
    )
    smtp_url: Annotated[SecretStr, AfterValidator(_mail_server)] = SecretStr("")
    mail_from: str = Field(default="", validate_default=True, pattern=r"^([^\s@<>]+@[^\s@<>]+)?$")
    redis_url: str = ""
    key: SecretStr = SecretStr("")

    @field_validator("mail_from")
    @classmethod
    def _is_there_when_mail_is_sent(cls, address: str, read: ValidationInfo) -> str:
        if read.data.get("smtp_url") and not address:
            kind, message = "sender", "mail is sent, so it needs an address it comes from"
            raise PydanticCustomError(kind, message)
        return address

    @classmethod
    def read(cls) -> Self:
        """Return the settings, or raise ``UnusableSettings`` naming the one that is wrong."""
        known = {PREFIX + name.upper() for name in cls.model_fields} | FOR_TESTS
        for name in os.environ:
            if name.startswith(PREFIX) and name not in known:
                message = f"{name} is not a setting of the portal; docs/settings.md lists them."
                raise UnusableSettings(message)
        try:
            return cls()
        except ValidationError as mistakes:
            first = mistakes.errors(include_url=False)[0]
            name = PREFIX + str(first["loc"][0]).upper()
            message = f"{name}: {first['msg']}; docs/settings.md describes it."
            raise UnusableSettings(message) from None

    def mail_server(self) -> MailServer | None:
        """Return the mail server, or None where mail is not sent."""
        return MailServer.at(url) if (url := self.smtp_url.get_secret_value()) else None

    def secret_key(self) -> bytes:
        """Return the key that binds tabs to sessions, making one at the first need."""
        if self.key.get_secret_value():
            return self.key.get_secret_value().encode()
        return _kept_key(self.folder / "key")

    def contact(self) -> str:
        """Return where somebody turns to who has something to say about the portal."""
        return f"mailto:{self.mail_from}" if self.mail_from else self.origin

    def environment(self) -> Mapping[str, str]:
        """Return what a process that we start must find, whatever folder it runs in."""
        return {
            PREFIX + name.upper(): _as_written(value) for name, value in self if _as_written(value)
        }


def _as_written(value: Any) -> str:  # noqa: ANN401  whatever a setting may be
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _kept_key(file: Path) -> bytes:
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(new, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as draft:
            draft.write(secrets.token_hex(32).encode())
        # A link appears whole or not at all: two processes starting at once use the same key.
        with suppress(FileExistsError):
            file.hardlink_to(new)
        new.unlink()
    return file.read_bytes()
