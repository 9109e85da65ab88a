"""A shelf that somebody else shares, as whoever has the link sees it. No device keeps it."""

import asyncio

import reflex as rx
from reflex.event import EventSpec

from portal_app import clock
from portal_app.domain.search import parse
from portal_app.domain.shelves import Sort, Sorting, View
from portal_app.services import shelf_links
from portal_app.services.shelf_links import SharedShelf
from portal_app.state.access import public_event
from portal_app.state.search import asked_for
from portal_app.state.shelf_link import signing_key

# When a book was put there is not for others to know.
SORTS = (Sort.OWN, Sort.TITLE, Sort.AUTHOR, Sort.CALL_NUMBER, Sort.PUBLISHED)


class SharedShelfState(rx.State):
    """The shelf that the secret in the address leads to, if it leads anywhere."""

    is_loaded: bool = False
    as_of: str = ""
    shelf: SharedShelf | None = None
    sort: str = Sort.OWN.value

    @public_event
    async def open(self) -> None:
        """Show the page of the shelf that the address asks for."""
        asked = asked_for(self)
        sort = _sort_called(asked.get("sort", ""))
        self.shelf = await asyncio.to_thread(
            shelf_links.look,
            secret=self.router.url.path.rstrip("/").rpartition("/")[2],
            signing_key=signing_key(),
            view=View(sorting=Sorting(by=sort), page=parse(asked).page),
        )
        self.sort = sort.value
        self.is_loaded, self.as_of = True, clock.now().isoformat()

    @public_event
    def sort_by(self, sort: str) -> EventSpec:
        """Show the shelf in another order, from the first page."""
        return rx.redirect(f"{self.router.url.path}?sort={_sort_called(sort)}")


def _sort_called(name: str) -> Sort:
    return next((one for one in SORTS if one == name), Sort.OWN)
