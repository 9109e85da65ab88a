"""A search and its results. The address holds the search; this only shows what it finds."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from portal_app import clock, routes
from portal_app.domain.catalogue import MaterialClass
from portal_app.domain.search import PAGE_SIZE, Query, Sort, parse, to_params
from portal_app.domain.topics import topic_of
from portal_app.services import search
from portal_app.state.access import public_event
from portal_app.state.offline import kept_by_address

Choice = TypeVar("Choice")


@kept_by_address(
    *("as_of", "asks_for_something", "words", "address", "rows", "count", "is_at_least"),
    *(
        "page_number",
        "pages",
        "are_alike",
        "sort",
        "page_size",
        "materials",
        "branches",
        "problems",
    ),
    "topic",
    *("material_facets", "branch_facets"),
)
class SearchState(rx.State):
    """What an address searches for, and the page of results it leads to."""

    is_loaded: bool = False
    shown_at: str = ""
    as_of: str = ""
    asks_for_something: bool = False
    words: str = ""
    address: str = ""
    rows: list[search.Row] = []
    count: int = 0
    is_at_least: bool = False
    page_number: int = 1
    pages: int = 0
    are_alike: bool = False
    problems: list[str] = []
    sort: str = Sort.RELEVANCE.value
    page_size: str = str(PAGE_SIZE)
    materials: list[str] = []
    branches: list[str] = []
    topic: str = ""
    material_facets: list[search.Facet] = []
    branch_facets: list[search.Facet] = []
    is_highlighting: bool = True

    @public_event
    async def open(self) -> AsyncIterator[None]:
        """Search for what the address asks, then count how many each filter would leave."""
        query = self._query()
        await self._find(query)
        yield
        if query.asks_for_something:
            found = await asyncio.to_thread(search.facets, query=query)
            self.material_facets = list(found.materials)
            self.branch_facets = list(found.branches)

    @public_event
    def filter_by_material(self, material: MaterialClass) -> EventSpec:
        """Show only this class of material too, or no longer."""
        query = self._query()
        kept = _toggled(query.materials, material)
        return rx.redirect(_address(replace(query, materials=kept, page=1)))

    @public_event
    def filter_by_branch(self, branch: str) -> EventSpec:
        """Show only what this branch has too, or no longer."""
        query = self._query()
        kept = _toggled(query.branches, branch)
        return rx.redirect(_address(replace(query, branches=kept, page=1)))

    @public_event
    def sort_by(self, sort: str) -> EventSpec:
        """Show the results in another order, from the first page."""
        wanted = parse({"sort": sort})
        return rx.redirect(_address(replace(self._query(), sort=wanted.sort, page=1)))

    @public_event
    def resize(self, page_size: str) -> EventSpec:
        """Show more or fewer results on a page, from the first."""
        wanted = parse({"size": page_size})
        return rx.redirect(_address(replace(self._query(), page_size=wanted.page_size, page=1)))

    @public_event
    def highlight(self) -> None:
        """Mark what was searched for, or no longer (K-22)."""
        self.is_highlighting = not self.is_highlighting

    def _query(self) -> Query:
        return parse(asked_for(self))

    async def _find(self, query: Query) -> None:
        results = await asyncio.to_thread(search.find, query=query)
        self.asks_for_something = query.asks_for_something
        self.words = query.words
        self.address = urlencode(to_params(replace(query, page=1)))
        self.rows = list(results.rows)
        self.count, self.is_at_least = results.count.number, results.count.is_at_least
        self.page_number, self.pages = results.page, results.pages
        self.are_alike = results.are_alike
        self.problems = [problem.value for problem in results.problems]
        self.sort, self.page_size = query.sort.value, str(query.page_size)
        self.materials = [one.value for one in query.materials]
        self.branches = list(query.branches)
        self.topic = topic_of(query) or ""
        self.is_loaded, self.shown_at = True, address_of(self)
        self.as_of = clock.now().isoformat()


def asked_for(state: rx.State) -> Mapping[str, str]:
    """Return what the address of a state's page asks for."""
    return state.router.url.query_parameters


def address_of(state: rx.State) -> str:
    """Return the address of a state's page, as the browser shows it."""
    url = state.router.url
    return f"{url.path}?{url.query}" if url.query else url.path


def _address(query: Query) -> str:
    params = to_params(query)
    return f"{routes.SEARCH}?{urlencode(params)}" if params else routes.SEARCH


def _toggled(chosen: tuple[Choice, ...], one: Choice) -> tuple[Choice, ...]:
    return tuple(other for other in chosen if other != one) if one in chosen else (*chosen, one)
