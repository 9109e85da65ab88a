"""At which address a patron's calendar is read, as this tab shows it. No device keeps it."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx

from portal_app import clock, routes
from portal_app.services import calendar_links
from portal_app.services.calendar_links import Subscription
from portal_app.settings import Settings
from portal_app.state.access import patron_event
from portal_app.state.session import signed_in_patron

_NONCE_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCalendar:
    """The address of the patron's calendar, as links and as calendars write it; empty for none."""

    address: str
    webcal: str
    since: str


class CalendarLinkState(rx.State):
    """The patron's calendar, once it was asked about."""

    known: KnownCalendar | None = None

    @patron_event
    async def look(self) -> None:
        """Show at which address the calendar is read now."""
        patron_id = await signed_in_patron(self)
        found = await asyncio.to_thread(
            calendar_links.find, patron_id=patron_id, signing_key=_signing_key()
        )
        self._show(found)

    @patron_event
    async def make(self) -> None:
        """Give the calendar an address."""
        await self._give_address(calendar_links.make)

    @patron_event
    async def reset_address(self) -> None:
        """Give the calendar another address."""
        await self._give_address(calendar_links.reset)

    @patron_event
    async def withdraw(self) -> None:
        """Let the address lead nowhere from now on."""
        patron_id = await signed_in_patron(self)
        await asyncio.to_thread(calendar_links.withdraw, patron_id=patron_id)
        self._show(Subscription())

    async def _give_address(self, give: Callable[..., Subscription]) -> None:
        patron_id = await signed_in_patron(self)
        given = await asyncio.to_thread(
            give,
            patron_id=patron_id,
            signing_key=_signing_key(),
            nonce=secrets.token_urlsafe(_NONCE_BYTES),
            now=clock.now(),
        )
        self._show(given)

    def _show(self, found: Subscription) -> None:
        origin = Settings.read().origin
        address = f"{origin}{routes.calendar(found.secret)}" if found.secret else ""
        _, _, without_scheme = address.partition("://")
        self.known = KnownCalendar(
            address=address,
            webcal=f"webcal://{without_scheme}" if address else "",
            since=found.since.isoformat() if found.since else "",
        )


def _signing_key() -> bytes:
    return Settings.read().secret_key()
