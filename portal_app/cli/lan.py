"""Serving the portal to the tablets of one network, over https and without a name of its own."""

import datetime as dt
import fcntl
import socket
import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Self
from urllib.parse import urlsplit

import segno
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from portal_app.cli import serving, trust_page
from portal_app.cli.certificates import Authority, Certified, may_vouch_for
from portal_app.cli.refusals import WrongUse
from portal_app.settings import Settings

Address = IPv4Address | IPv6Address

LOOPBACK = (ip_address("127.0.0.1"), ip_address("::1"))
# Nothing is sent there: which of our addresses would be used is all that is asked.
ELSEWHERE = ("192.0.2.1", 9)
LINUX_ADDRESS_OF_INTERFACE = 0x8915

# Light modules are drawn: a terminal's own colours may be either way round.
HALVES = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lan:
    """Where tablets find the portal, and with what it shows them that it is the portal."""

    settings: Settings
    authority: Authority
    certified: Certified

    @classmethod
    def join(cls, settings: Settings) -> Self:
        """Return how the portal is served in the network that this machine is in."""
        addresses, host = _addresses(settings), _host_name()
        names = (f"{host}.local", "localhost")
        origin = _origin(settings, addresses=addresses, names=names)
        folder, now = settings.folder / "lan", dt.datetime.now(dt.UTC)
        authority = Authority.kept_in(folder, host=host, now=now)
        known_as = tuple(dict.fromkeys((*addresses, *LOOPBACK)))
        return cls(
            settings=settings.model_copy(
                update={
                    "host": settings.host if "host" in settings.model_fields_set else "0.0.0.0",  # noqa: S104
                    "origin": origin,
                }
            ),
            authority=authority,
            certified=authority.certify(addresses=known_as, names=names, folder=folder, now=now),
        )

    @property
    def page(self) -> str:
        """Where a tablet gets the certificate of the authority, without https."""
        host = urlsplit(self.settings.origin).netloc.rpartition(":")[0]
        return f"http://{host}:{self._port_of_page}"

    @property
    def _port_of_page(self) -> int:
        return self.settings.port + 1

    def refuse_a_taken_port(self) -> None:
        """Say so before the work begins when another program has the port of the page."""
        if self.settings.port == 65535:  # noqa: PLR2004  there is none after it
            message = "With --lan the next port is used as well, so PORTAL_PORT is 65534 at most."
            raise WrongUse(message)
        beside = self.settings.model_copy(update={"port": self._port_of_page})
        serving.refuse_a_taken_port(beside)

    def hand_out_certificate(self) -> None:
        """Give the certificate to whoever asks, as long as this program runs."""
        trust_page.hand_out(
            host=self.settings.host,
            port=self._port_of_page,
            portal=self.settings.origin,
            authority=self.authority,
        )

    def codes(self, *, width: int) -> Table:
        """Return the two addresses as codes that a tablet's camera reads."""
        codes = (
            (self.page, "1. Once on each tablet: the certificate"),
            (self.settings.origin, "2. The portal"),
        )
        drawn = [_captioned(*code) for code in codes]
        table = Table.grid(padding=(1, 4))
        beside_each_other = sum(len(one.plain.partition("\n")[0]) + 8 for one in drawn) <= width
        for row in [drawn] if beside_each_other else [[one] for one in drawn]:
            table.add_row(*row)
        return table

    def words(self) -> Iterator[RenderableType]:
        """Yield what whoever holds the tablets must know."""
        yield (
            "A tablet must be told once to trust the portal: code 1 leads to its certificate and"
            " says how. Until then its browser warns, and has no offline part: what works without"
            " a connection needs https with a certificate that the tablet trusts."
        )
        yield Text(f"SHA-256 of the certificate: {self.authority.fingerprint}")
        yield (
            "Whoever is in this network can open the portal and sign in as anybody whose password"
            " they can read here."
            if self.settings.demonstration
            else "Whoever is in this network can open the portal."
        )


def _addresses(settings: Settings) -> Sequence[Address]:
    """Return this machine's addresses in networks of somebody's own, the usual one first."""
    if "host" in settings.model_fields_set:
        try:
            chosen = ip_address(settings.host)
        except ValueError:
            message = f"With --lan, PORTAL_HOST is an address of this machine: {settings.host}."
            raise WrongUse(message) from None
        found = _found() if chosen.is_unspecified else (chosen,)
    else:
        found = _found()
    ours = [one for one in found if may_vouch_for(one)]
    if not ours:
        message = (
            "This machine has no address in a library's own network, such as 192.168.1.5; it has"
            f" {', '.join(map(str, found)) or 'none at all'}."
            " Connect it to the network that the tablets are in."
        )
        raise WrongUse(message)
    return ours


def _found() -> Sequence[Address]:
    every = map(ip_address, dict.fromkeys((*_on_the_way_out(), *_of_interfaces(), *_by_name())))
    return [one for one in every if not one.is_loopback]


def _on_the_way_out() -> Iterator[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out, suppress(OSError):
        out.connect(ELSEWHERE)
        yield out.getsockname()[0]


def _of_interfaces() -> Iterator[str]:
    """Yield what Linux knows of each interface: a network of tablets may lead nowhere else."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            with suppress(OSError):
                request = struct.pack("256s", name.encode()[:15])
                answer = fcntl.ioctl(asking, LINUX_ADDRESS_OF_INTERFACE, request)
                yield socket.inet_ntoa(answer[20:24])


def _by_name() -> Iterator[str]:
    for name in (socket.gethostname(), f"{_host_name()}.local"):
        with suppress(OSError):
            yield from socket.gethostbyname_ex(name)[2]


def _host_name() -> str:
    return socket.gethostname().partition(".")[0].lower() or "portal"


def _origin(settings: Settings, *, addresses: Sequence[Address], names: Sequence[str]) -> str:
    """Return the one address at which the portal answers its own pages."""
    if "origin" not in settings.model_fields_set:
        first = addresses[0]
        return f"https://{f'[{first}]' if first.version == 6 else first}:{settings.port}"  # noqa: PLR2004
    allowed = {*map(str, addresses), *names}
    given = urlsplit(settings.origin)
    if (given.scheme, given.port) != ("https", settings.port) or given.hostname not in allowed:
        message = (
            f"With --lan, PORTAL_ORIGIN is https://, a name of this machine"
            f" ({', '.join(sorted(allowed))}) and :{settings.port}, or is not given."
        )
        raise WrongUse(message)
    return settings.origin


def _captioned(address: str, caption: str) -> Text:
    drawn = Text("\n").join(Text(line, "#ffffff on #000000") for line in _lines_of(address))
    return Text("\n").join((drawn, Text(caption, "bold"), Text(address)))


def _lines_of(address: str) -> Iterator[str]:
    rows = [
        [bool(module) for module in row]
        for row in segno.make(address, error="m", micro=False).matrix_iter(border=4)
    ]
    rows.append([False] * len(rows[0]))  # their number is odd
    for upper, lower in zip(rows[::2], rows[1::2], strict=True):
        yield "".join(map(HALVES.__getitem__, zip(upper, lower, strict=True)))
