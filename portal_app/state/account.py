"""The patron's own page, as this tab shows it."""

import asyncio

import reflex as rx

from portal_app import clock, libraries
from portal_app.services import account
from portal_app.services.account import Overview
from portal_app.state.access import patron_event
from portal_app.state.offline import kept_on_device
from portal_app.state.session import SessionState, signed_in_patron


@kept_on_device("overview")
class AccountState(rx.State):
    """What is at home, on hold and in the cart."""

    is_loaded: bool = False
    as_of: str = ""
    overview: Overview = Overview()

    @patron_event
    async def open(self) -> None:
        """Show the counts as they are now (K-07)."""
        await self._look()

    async def _look(self) -> None:
        patron_id = await signed_in_patron(self)
        policy, now = libraries.current().holds, clock.now()
        self.overview = await asyncio.to_thread(
            account.overview, patron_id=patron_id, policy=policy, now=now
        )
        self.is_loaded, self.as_of = True, now.isoformat()
        session = await self.get_state(SessionState)
        session.cart_count = self.overview.in_cart
