"""How the patron shares a shelf, as this tab shows it. No device keeps the link."""

import asyncio
import secrets
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Protocol

import reflex as rx
from pydantic import StringConstraints

from portal_app import clock, routes
from portal_app.domain.shelves import ShelfKey
from portal_app.services import shelf_links
from portal_app.services.shelf_links import Sharing
from portal_app.settings import Settings
from portal_app.state.access import patron_event
from portal_app.state.session import signed_in_patron

ShelfNumber = Annotated[str, StringConstraints(pattern=r"^[0-9a-z-]{1,36}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSharing:
    """How a shelf is shared: by an address since a day, or not at all, or why it cannot be."""

    shelf_id: str
    address: str
    since: str
    refused: str


class _Ask(Protocol):
    def __call__(self, *, shelf: ShelfKey, signing_key: bytes) -> Sharing: ...


class ShelfLinkState(rx.State):
    """The link to the shelf that was asked about last."""

    known: KnownSharing | None = None

    @patron_event
    async def look(self, shelf_id: ShelfNumber) -> None:
        """Show how a shelf is shared now."""
        await self._learn(shelf_id, shelf_links.find)

    @patron_event
    async def make(self, shelf_id: ShelfNumber) -> None:
        """Share a shelf by a link."""
        nonce = secrets.token_urlsafe(16)
        await self._learn(shelf_id, partial(shelf_links.make, nonce=nonce, now=clock.now()))

    @patron_event
    async def withdraw(self, shelf_id: ShelfNumber) -> None:
        """Let the link lead nowhere from now on."""
        shelf = await self._of_the_patron(shelf_id)
        await asyncio.to_thread(shelf_links.withdraw, shelf=shelf)
        self._show(shelf_id, Sharing())

    async def _learn(self, shelf_id: str, ask: _Ask) -> None:
        shelf = await self._of_the_patron(shelf_id)
        sharing = await asyncio.to_thread(ask, shelf=shelf, signing_key=signing_key())
        self._show(shelf_id, sharing)

    async def _of_the_patron(self, shelf_id: str) -> ShelfKey:
        return ShelfKey(patron_id=await signed_in_patron(self), shelf_id=shelf_id)

    def _show(self, shelf_id: str, sharing: Sharing) -> None:
        path = routes.shared_shelf(sharing.secret) if sharing.secret else ""
        self.known = KnownSharing(
            shelf_id=shelf_id,
            address=f"{Settings.read().origin}{path}" if path else "",
            since=sharing.since.isoformat() if sharing.since else "",
            refused=sharing.refused or "",
        )


def signing_key() -> bytes:
    """Return what turns what the database keeps of a link into the link."""
    return Settings.read().secret_key()
