"""What differs between a laptop and the library, read from the environment."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
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
    redis_url: str = ""
    key: SecretStr = SecretStr("")

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

    def secret_key(self) -> bytes:
        """Return the key that binds tabs to sessions, making one at the first need."""
        if self.key.get_secret_value():
            return self.key.get_secret_value().encode()
        return _kept_key(self.folder / "key")

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
