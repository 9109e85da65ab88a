"""The patron's own page, as this tab shows it."""

import asyncio

import reflex as rx

from portal_app import clock
from portal_app.services import account
from portal_app.services.account import Overview
from portal_app.state.access import patron_event
from portal_app.state.session import SessionState, signed_in_patron


class AccountState(rx.State):
    """What is at home, on hold and in the cart."""

    is_loaded: bool = False
    overview: Overview = Overview()
    card_is_expired: bool = False

    @patron_event
    async def open(self) -> None:
        """Show the counts as they are now (K-07)."""
        patron_id = await signed_in_patron(self)
        today = clock.now().date()
        self.overview = await asyncio.to_thread(account.overview, patron_id=patron_id, today=today)
        session = await self.get_state(SessionState)
        session.cart_count = self.overview.in_cart
        self.card_is_expired = today.isoformat() > session.card_expires_on
        self.is_loaded = True
