"""The patron's loans, as this tab shows them."""

import asyncio

import reflex as rx

from portal_app import clock, libraries
from portal_app.domain.limits import Tally, tally
from portal_app.services import loans as service
from portal_app.services.loans import OpenLoan
from portal_app.state.access import patron_event
from portal_app.state.offline import kept_on_device
from portal_app.state.session import signed_in_patron


@kept_on_device("loans", "tallies")
class LoansState(rx.State):
    """What is at home."""

    is_loaded: bool = False
    as_of: str = ""
    loans: list[OpenLoan] = []
    tallies: list[Tally] = []

    @patron_event
    async def open(self) -> None:
        """Show the loans as they are now."""
        await self._look()

    async def _look(self) -> None:
        patron_id = await signed_in_patron(self)
        policy, now = libraries.current().loans, clock.now()
        found = await asyncio.to_thread(
            service.look, patron_id=patron_id, policy=policy.renewals, today=now.date()
        )
        self.loans = list(found)
        self.tallies = list(tally([loan.record.material for loan in found], policy.limits))
        self.is_loaded, self.as_of = True, now.isoformat()
