"""What the library has written to the patron, as this tab shows it."""

import asyncio

import reflex as rx

from portal_app import clock
from portal_app.services import messages as service
from portal_app.services.messages import Received
from portal_app.state.access import patron_event
from portal_app.state.offline import kept_on_device
from portal_app.state.session import SessionState, signed_in_patron


@kept_on_device("messages")
class MessagesState(rx.State):
    """The messages to the patron. Which are shown, and which is open, only the page knows."""

    is_loaded: bool = False
    as_of: str = ""
    messages: list[Received] = []

    @patron_event
    async def open(self) -> None:
        """Show what there is now (K-13)."""
        await self._look()

    async def _look(self) -> None:
        patron_id = await signed_in_patron(self)
        now = clock.now()
        found = await asyncio.to_thread(service.look, patron_id=patron_id, today=now.date())
        self.messages = list(found)
        self.is_loaded, self.as_of = True, now.isoformat()
        session = await self.get_state(SessionState)
        session.unread_count = sum(not one.is_read for one in found)
