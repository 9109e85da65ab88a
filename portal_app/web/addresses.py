"""Where visitors come from, and where they may be sent."""

import re
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlencode, urlsplit

from portal_app import routes

# Why a patron finds themselves on the sign-in page: each has a text there.
ENDED = f"{routes.SIGN_IN}?problem=ended"
NEEDED = f"{routes.SIGN_IN}?problem=needed"
SIGNED_OUT = f"{routes.SIGN_IN}?problem=signed_out"
PASSWORD_CHANGED = f"{routes.SIGN_IN}?problem=password_changed"

# The same for a desk.
DESK_ENDED = f"{routes.DESK_SIGN_IN}?problem=ended"
DESK_NEEDED = f"{routes.DESK_SIGN_IN}?problem=needed"
DESK_SIGNED_OUT = f"{routes.DESK_SIGN_IN}?problem=signed_out"

LONGEST = 2_000

Network = IPv4Network | IPv6Network

# Where patrons are sent from there, not to.
NOT_A_DESTINATION = frozenset(
    {routes.SIGN_IN, routes.PASSWORD, routes.FORGOTTEN_PASSWORD, routes.NEW_PASSWORD}
)

_PAGES = [
    re.compile(re.sub(r"\\\[\w+\\\]", "[^/]+", re.escape(route)) + "/?")
    for name, route in vars(routes).items()
    if name.isupper() and not name.startswith(("DO_", "DESK")) and route not in NOT_A_DESTINATION
]
# What browsers take for a slash, or drop.
_UNSAFE = re.compile(r"[\\\x00-\x20\x7f]")


def visitor_address(scope: Any, *, trusted_proxy_hops: int) -> str:  # noqa: ANN401  an ASGI scope
    """Return the address of a visitor, behind as many proxies as the library runs.

    What a visitor writes into the header himself stands before what they add.
    """
    if trusted_proxy_hops:
        forwarded = ",".join(
            value.decode("latin-1")
            for name, value in scope["headers"]
            if name == b"x-forwarded-for"
        ).split(",")
        if len(forwarded) >= trusted_proxy_hops and (
            address := forwarded[-trusted_proxy_hops].strip()
        ):
            return address
    client = scope.get("client")
    return client[0] if client else ""


def is_within(address: str, networks: Iterable[Network]) -> bool:
    """Return whether an address belongs to one of these networks."""
    try:
        place = ip_address(address)
    except ValueError:
        return False
    # How a socket that listens to both kinds writes an address of the older kind.
    place = getattr(place, "ipv4_mapped", None) or place
    return any(place in network for network in networks)


def page_of_ours(address: str) -> str:
    """Return an address within the portal to go on to, or an empty text for any other."""
    if len(address) > LONGEST or _UNSAFE.search(address):
        return ""
    if not address.startswith("/") or address.startswith("//"):
        return ""
    path = urlsplit(address).path
    return address if any(page.fullmatch(path) for page in _PAGES) else ""


def coming_back(address: str, *, to: str) -> str:
    """Return the address of the sign-in page with where to go on to, if that is a page of ours."""
    here = page_of_ours(to)
    return f"{address}&{urlencode({'next': here})}" if here else address
