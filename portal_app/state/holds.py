"""The patron's holds, as this tab shows them."""

import asyncio

import reflex as rx

from portal_app import clock, libraries
from portal_app.domain.limits import Tally, tally
from portal_app.services import holds as service
from portal_app.services import letters
from portal_app.services.holds import EndedHold, OpenHold
from portal_app.state.access import patron_event
from portal_app.state.offline import kept_on_device
from portal_app.state.session import signed_in_patron


@kept_on_device("holds", "tallies", "ended", "letter_choices")
class HoldsState(rx.State):
    """What the patron waits for, and what has lately ended without a loan (G-36)."""

    is_loaded: bool = False
    as_of: str = ""
    holds: list[OpenHold] = []
    tallies: list[Tally] = []
    ended: list[EndedHold] = []
    letter_choices: list[letters.Choice] = []

    @patron_event
    async def open(self) -> None:
        """Show the holds as they are now (G-31)."""
        await self._look()

    async def _look(self) -> None:
        patron_id = await signed_in_patron(self)
        library, now = libraries.current(), clock.now()
        found = await asyncio.to_thread(service.look, patron_id=patron_id, library=library, now=now)
        ended = await asyncio.to_thread(
            service.ended, patron_id=patron_id, policy=library.holds, now=now
        )
        known = await asyncio.to_thread(letters.choices, patron_id=patron_id)
        self.holds, self.ended = list(found), list(ended)
        self.letter_choices = list(known)
        self.tallies = list(tally([hold.record.material for hold in found], library.holds.limits))
        self.is_loaded, self.as_of = True, now.isoformat()
