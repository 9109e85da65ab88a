"""The cart, as this tab shows it. What is ticked in it only the page knows."""

import asyncio

import reflex as rx

from portal_app import clock, libraries
from portal_app.services import cart, letters
from portal_app.state.access import patron_event
from portal_app.state.offline import kept_on_device
from portal_app.state.session import SessionState, signed_in_patron


@kept_on_device("lines", "pickup_branch", "contact_method", "expires_on", "letter_choices")
class CartState(rx.State):
    """What waits to be placed on hold, and how the patron likes to be served (K-26, K-46)."""

    is_loaded: bool = False
    as_of: str = ""
    lines: list[cart.Line] = []
    pickup_branch: str = ""
    contact_method: str = ""
    letter_choices: list[letters.Choice] = []
    expires_on: str = ""  # as a date field has it; empty is for ever

    @patron_event
    async def open(self) -> None:
        """Show the cart as it is now."""
        await self._look()

    async def _look(self) -> None:
        patron_id = await signed_in_patron(self)
        now = clock.now()
        found = await asyncio.to_thread(
            cart.look,
            patron_id=patron_id,
            policy=libraries.current().holds,
            today=now.date(),
        )
        known = await asyncio.to_thread(letters.choices, patron_id=patron_id)
        self.lines, self.letter_choices = list(found.lines), list(known)
        self.pickup_branch, self.contact_method = found.pickup_branch, found.contact_method
        self.expires_on = found.expires_on.isoformat() if found.expires_on else ""
        self.is_loaded, self.as_of = True, now.isoformat()
        session = await self.get_state(SessionState)
        session.cart_count = len(found.lines)
