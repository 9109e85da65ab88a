"""The patron's shelves, as this tab shows them. How they are sorted only the page knows."""

import asyncio
from collections.abc import Collection, Mapping
from typing import Annotated, cast

import reflex as rx
from pydantic import StringConstraints
from reflex.event import EventSpec

from portal_app import clock, libraries
from portal_app.domain.shelves import ALL
from portal_app.services import shelf_copies
from portal_app.services import shelves as service
from portal_app.services.shelf_copies import Held
from portal_app.services.shelves import DeletedShelf, ShelfRow
from portal_app.state.access import patron_event, server_event
from portal_app.state.offline import Revisions, kept_on_device
from portal_app.state.session import signed_in_patron

ShelfNumber = Annotated[str, StringConstraints(max_length=36)]


@kept_on_device("shelves", "deleted", merged=("contents",))
class ShelvesState(rx.State):
    """All shelves, in the patron's own order, and the books of those that were looked into.

    ``contents`` holds only what is being sent. The browser puts it together with what it
    has; None is what it need not keep any longer.
    """

    is_loaded: bool = False
    as_of: str = ""
    shelves: list[ShelfRow] = []
    deleted: list[DeletedShelf] = []
    contents: dict[str, Held | None] = {}

    @patron_event
    async def open(self) -> None:
        """Show the shelves as they are now (K-53)."""
        await self._look()

    @patron_event
    async def look_into(self, shelf_id: ShelfNumber, known: Revisions) -> list[EventSpec]:
        """Send the books of a shelf as it is now, or of all of them (K-57).

        What the device has in the revision that is ``known`` is not sent again.
        """
        await self._look()
        await self._look_into_what_changed(known, among=None if shelf_id == ALL else [shelf_id])
        return [cast("EventSpec", ShelvesState.forget_sent())]

    @server_event
    def forget_sent(self) -> None:
        """Let go of the books that a device has been sent.

        A tab's memory is for what it shows, and a later hydration would send what is old.
        """
        if self.contents:
            self.contents = {}

    async def _look(self) -> None:
        patron_id = await signed_in_patron(self)
        now = clock.now()
        found = await asyncio.to_thread(
            service.look,
            patron_id=patron_id,
            policy=libraries.current().shelf,
            now=now,
        )
        self.shelves, self.deleted = list(found.shelves), list(found.deleted)
        self.is_loaded, self.as_of = True, now.isoformat()
        self.forget_sent()

    async def _look_into(self, shelf_ids: Collection[str] | None) -> None:
        """Send these shelves, or all of them, with their books."""
        await self._look()
        self.contents = {**await self._held(shelf_ids)}

    async def _look_into_what_changed(
        self, known: Mapping[str, str], *, among: Collection[str] | None = None
    ) -> None:
        """Send what a device, which has shelves in these revisions, has not or not like this."""
        held = await self._held(among)
        changed = {
            shelf_id: shelf
            for shelf_id, shelf in held.items()
            if known.get(shelf_id) != shelf.revision
        }
        asked = known.keys() if among is None else known.keys() & set(among)
        self.contents = {**changed, **dict.fromkeys(asked - held.keys())}

    async def _held(self, shelf_ids: Collection[str] | None) -> Mapping[str, Held]:
        patron_id = await signed_in_patron(self)
        return await asyncio.to_thread(shelf_copies.look, patron_id=patron_id, shelf_ids=shelf_ids)
