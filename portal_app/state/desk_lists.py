"""What is to be fetched, kept, sent and cancelled at a desk, as this tab shows it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import reflex as rx

from portal_app import clock, libraries
from portal_app.domain.catalogue import ItemState
from portal_app.domain.circulation import REASONS_OF_LIBRARY
from portal_app.domain.holds import EndReason
from portal_app.services import circulation, desk_lists
from portal_app.services.desk_lists import Kept, Moving, ToFetch
from portal_app.state.access import staff_event
from portal_app.state.desk import DIGITS_ON_SLIPS, Code
from portal_app.state.desk_session import desk_of

REASONS = tuple(reason.value for reason in REASONS_OF_LIBRARY)


class FetchState(rx.State):
    """What should be fetched from the shelves of this branch."""

    is_loaded: bool = False
    as_of: str = ""
    items: list[ToFetch] = []
    missing: str = ""
    problem: str = ""

    @staff_event
    async def open(self) -> None:
        """Show the list as it is now."""
        self.missing = self.problem = ""
        await self._look()

    @staff_event
    async def mark_missing(self, barcode: Code) -> None:
        """Write down that an item is not where it should be, and show what is left."""
        await desk_of(self)
        marked = await asyncio.to_thread(
            circulation.mark_item,
            barcode=barcode,
            state=ItemState.MISSING,
            library=libraries.current(),
            now=clock.now(),
        )
        self.missing = barcode if marked.refused is None else ""
        self.problem = marked.refused or ""
        await self._look()

    async def _look(self) -> None:
        desk, now = await desk_of(self), clock.now()
        found = await asyncio.to_thread(
            desk_lists.to_fetch,
            branch_code=desk.branch_code,
            library=libraries.current(),
            today=now.date(),
        )
        self.items = list(found)
        self.is_loaded, self.as_of = True, now.isoformat()


class HoldShelfState(rx.State):
    """What lies behind the desk, and which of it is given up."""

    is_loaded: bool = False
    ready: list[Kept] = []
    to_send: list[Moving] = []
    to_put_back: list[Moving] = []
    asked_to_cancel: list[Kept] = []
    cancelled: str = ""
    problem: str = ""

    @staff_event
    async def open(self) -> None:
        """Show what there is now."""
        self.cancelled = self.problem = ""
        await self._look()

    @staff_event
    async def cancel(self, hold_id: int, reason: EndReason) -> None:
        """Cancel a hold for a reason of the library, and show what is left."""
        await desk_of(self)
        self.cancelled, self.problem = await cancelled(hold_id, reason)
        await self._look()

    async def _look(self) -> None:
        desk = await desk_of(self)
        shelf = await asyncio.to_thread(desk_lists.on_hold_shelf, branch_code=desk.branch_code)
        asked = await asyncio.to_thread(desk_lists.asked_to_cancel, branch_code=desk.branch_code)
        self.ready, self.asked_to_cancel = _on_slips(shelf.ready), _on_slips(asked)
        self.to_send, self.to_put_back = list(shelf.to_send), list(shelf.to_put_back)
        self.is_loaded = True


def _on_slips(kept: Sequence[Kept]) -> list[Kept]:
    """Return what is kept with the end of the card numbers alone, as on the slips."""
    return [replace(one, card_number=one.card_number[-DIGITS_ON_SLIPS:]) for one in kept]


async def cancelled(hold_id: int, reason: EndReason) -> tuple[str, str]:
    """Cancel a hold, and return the title whose hold is cancelled, or why it is not."""
    done = await asyncio.to_thread(
        circulation.cancel_hold,
        hold_id=hold_id,
        reason=reason,
        library=libraries.current(),
        now=clock.now(),
    )
    if done.refused is not None:
        return "", done.refused.value
    return done.record.title if done.record else "", ""
