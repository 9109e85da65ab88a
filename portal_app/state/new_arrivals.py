"""What is new in the catalogue, as this tab shows it. The address holds what is asked for."""

import asyncio
from dataclasses import replace
from urllib.parse import urlencode

import reflex as rx

from portal_app import clock, libraries
from portal_app.domain.catalogue import MaterialClass
from portal_app.domain.new_arrivals import (
    NDC_CLASSES,
    of_every_week,
    parse,
    to_params,
    weeks_until,
)
from portal_app.services import new_arrivals
from portal_app.services.new_arrivals import NewRecord
from portal_app.state.access import public_event
from portal_app.state.offline import kept_by_address
from portal_app.state.search import address_of, asked_for

__all__ = ["MATERIALS", "NDC_CLASSES", "NewArrivalsState"]

MATERIALS = tuple(one.value for one in MaterialClass)


@kept_by_address(
    *("as_of", "weeks", "rows", "count", "is_at_least", "page_number", "pages", "asked"),
    "asked_for_ever",
)
class NewArrivalsState(rx.State):
    """The page of new records that an address leads to."""

    is_loaded: bool = False
    shown_at: str = ""
    as_of: str = ""
    # The Mondays that can be chosen, as ISO dates.
    weeks: list[str] = []
    rows: list[NewRecord] = []
    count: int = 0
    is_at_least: bool = False
    page_number: int = 1
    pages: int = 0
    # What the address asks for, without the page; and without the week, for the feed.
    asked: str = ""
    asked_for_ever: str = ""

    @public_event
    async def open(self) -> None:
        """Show what the address asks for."""
        now = clock.now()
        weeks = weeks_until(now.date(), weeks=libraries.current().new_arrivals.weeks)
        asked = parse(asked_for(self), weeks=weeks)
        found = await asyncio.to_thread(new_arrivals.find, asked=asked, weeks=weeks)
        self.weeks = [week.isoformat() for week in weeks]
        self.rows = list(found.rows)
        self.count, self.is_at_least = found.count, found.is_at_least
        self.page_number, self.pages = found.page, found.pages
        self.asked = urlencode(to_params(replace(asked, page=1)))
        self.asked_for_ever = urlencode(to_params(of_every_week(asked)))
        self.is_loaded, self.shown_at = True, address_of(self)
        self.as_of = now.isoformat()
