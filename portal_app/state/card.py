"""The library card, as this tab shows it."""

import asyncio

import reflex as rx

from portal_app import clock, libraries
from portal_app.services import card
from portal_app.state.access import patron_event
from portal_app.state.offline import kept_on_device
from portal_app.state.session import signed_in_patron


@kept_on_device("number", "bars", "bars_width")
class CardState(rx.State):
    """The number of the card and its barcode. Whose it is, and until when, the session knows."""

    is_loaded: bool = False
    as_of: str = ""
    number: str = ""
    bars: str = ""
    bars_width: int = 0

    @patron_event
    async def open(self) -> None:
        """Show the card."""
        await self._look()

    async def _look(self) -> None:
        patron_id, now = await signed_in_patron(self), clock.now()
        found = await asyncio.to_thread(
            card.look, patron_id=patron_id, policy=libraries.current().card.barcode
        )
        self.number, self.bars, self.bars_width = found.number, found.bars, found.bars_width
        self.is_loaded, self.as_of = True, now.isoformat()
