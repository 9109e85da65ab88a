"""One record, and the results it was found among."""

import asyncio
from dataclasses import replace
from urllib.parse import urlencode

import reflex as rx

from portal_app import clock, routes
from portal_app.domain.search import MOST_RESULTS, Query, parse, to_params
from portal_app.services import records, search
from portal_app.services.records import RecordDetail
from portal_app.state.access import public_event
from portal_app.state.offline import kept_by_address
from portal_app.state.search import address_of, asked_for

LARGEST_ID = 2**31 - 1


@kept_by_address(
    *("as_of", "record", "words", "position", "count", "is_at_least", "results_address"),
    *("form_address", "previous_address", "following_address"),
)
class RecordState(rx.State):
    """A record in full, with 前へ and 次へ where it was found by a search (K-22)."""

    is_loaded: bool = False
    shown_at: str = ""
    as_of: str = ""
    record: RecordDetail | None = None
    words: str = ""
    position: int = 0
    count: int = 0
    is_at_least: bool = False
    results_address: str = ""
    form_address: str = ""
    previous_address: str = ""
    following_address: str = ""

    @public_event
    async def open(self) -> None:
        """Show the record of the address, and what stands beside it in its results."""
        record_id = number_in(self.router.url.path.rstrip("/").rpartition("/")[2], LARGEST_ID)
        self.record = await asyncio.to_thread(records.show, record_id=record_id)
        asked = asked_for(self)
        query = parse(asked)
        await self._stand_among(query, number_in(asked.get("n", ""), MOST_RESULTS))
        self.is_loaded, self.shown_at = True, address_of(self)
        self.as_of = clock.now().isoformat()

    async def _stand_among(self, query: Query, position: int) -> None:
        self.words, self.position = query.words, position
        if not position or not query.asks_for_something:
            self.results_address = self.form_address = ""
            self.previous_address = self.following_address = ""
            self.position = 0
            return
        beside = await asyncio.to_thread(search.neighbours, query=query, position=position)
        params = to_params(query)
        page = replace(query, page=(position - 1) // query.page_size + 1)
        self.results_address = f"{routes.SEARCH}?{urlencode(to_params(page))}#result-{position}"
        self.form_address = f"{routes.ADVANCED_SEARCH}?{urlencode(params)}"
        self.count, self.is_at_least = beside.count.number, beside.count.is_at_least
        self.previous_address = _beside(params, beside.previous, position - 1)
        self.following_address = _beside(params, beside.following, position + 1)


def _beside(params: dict[str, str], record_id: int | None, position: int) -> str:
    if record_id is None:
        return ""
    return f"{routes.record(record_id)}?{urlencode({**params, 'n': str(position)})}"


def number_in(written: str, largest: int) -> int:
    """Return a number from an address, or 0 for what is none."""
    if not written.isascii() or not written.isdigit() or len(written) > len(str(largest)):
        return 0
    return min(int(written), largest)
