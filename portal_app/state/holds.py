"""The patron's holds, as this tab shows them."""

import asyncio

import reflex as rx

from portal_app import clock, libraries
from portal_app.domain.limits import Tally, tally
from portal_app.services import holds as service
from portal_app.services.holds import OpenHold
from portal_app.state.access import patron_event
from portal_app.state.offline import kept_on_device
from portal_app.state.session import signed_in_patron


@kept_on_device("holds", "tallies")
class HoldsState(rx.State):
    """What the patron waits for."""

    is_loaded: bool = False
    as_of: str = ""
    holds: list[OpenHold] = []
    tallies: list[Tally] = []

    @patron_event
    async def open(self) -> None:
        """Show the holds as they are now (G-31)."""
        await self._look()

    async def _look(self) -> None:
        patron_id = await signed_in_patron(self)
        found = await asyncio.to_thread(service.look, patron_id=patron_id)
        limits = libraries.current().holds.limits
        self.holds = list(found)
        self.tallies = list(tally([hold.record.material for hold in found], limits))
        self.is_loaded, self.as_of = True, clock.now().isoformat()
