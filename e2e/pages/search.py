"""The search and its results, as a patron sees them."""

import re
from typing import Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from e2e.pages.record import RecordPage
from portal_app import routes


class WithSearchBox(PortalPage):
    """A page from which a patron can search at once."""

    def search(self, words: str) -> "SearchPage":
        """Search for words, and arrive at what they find."""
        box = self.browser.get_by_role("search")
        box.get_by_role("searchbox", name=self.say("search.box")).fill(words)
        box.get_by_role("button", name=self.say("search.submit")).click()
        return SearchPage(self.browser, self.lang).arrive_at(q=words)


class SearchPage(WithSearchBox):
    """What a search finds, and what narrows it down."""

    route = routes.SEARCH
    title = "search.title"

    @property
    def results(self) -> Locator:
        """Return the rows of the results."""
        rows = self.browser.get_by_role("main").get_by_role("listitem")
        return rows.filter(has=self.browser.get_by_role("heading"))

    @property
    def titles(self) -> Locator:
        """Return the titles of the results, in their order."""
        return self.results.get_by_role("heading")

    @property
    def marks(self) -> Locator:
        """Return what is marked in the results."""
        return self.browser.get_by_role("main").locator("mark")

    def result(self, title: str) -> Locator:
        """Return the row of a record."""
        heading = self.browser.get_by_role("heading", name=title, exact=True)
        return self.results.filter(has=heading)

    def visit(self) -> Self:
        """Arrive at a search that finds something."""
        found = self.open_at(q="の")
        expect(found.results.first).to_be_visible()
        return found

    def open_at(self, **asked: str) -> Self:
        """Open the address of a search, as somebody does who was sent it."""
        self.browser.goto(f"{self.route}?{urlencode(asked)}")
        return self.arrive()

    def arrive_at(self, **asked: str) -> Self:
        """Wait until the address asks for exactly this, and the page is drawn."""
        self.browser.wait_for_url(lambda url: dict(parse_qsl(urlsplit(url).query)) == asked)
        return self.arrive()

    def open_record(self, title: str) -> RecordPage:
        """Choose a result by its title."""
        self.result(title).get_by_role("link", name=title, exact=True).click()
        return RecordPage(self.browser, self.lang).arrive_at(title)

    def narrow_down(self, key: str) -> Self:
        """Tick a filter, or untick it."""
        self._unfold_filters()
        self._filter(key).click()
        return self

    def sort_by(self, key: str) -> Self:
        """Put the results in another order."""
        self.browser.get_by_label(self.say("search.sort")).select_option(label=self.say(key))
        return self

    def show_on_a_page(self, how_many: int) -> Self:
        """Show more or fewer results on a page."""
        label = self.say("common.count", count=how_many)
        self.browser.get_by_label(self.say("search.page_size")).select_option(label=label)
        return self

    def turn_to(self, page_number: int) -> Self:
        """Go to another page of the results."""
        pages = self.browser.get_by_role("navigation", name=self.say("lists.pages"), exact=True)
        pages.get_by_role("link", name=self.say("lists.page", number=page_number)).click()
        return self

    def switch_highlight(self) -> Self:
        """Mark what was searched for, or no longer."""
        self.browser.get_by_role("checkbox", name=self.say("search.highlight")).click()
        return self

    def put_in_cart(self, title: str) -> Self:
        """Put a result in the cart without opening it."""
        name = self.say("cart.add_named", title=title)
        self.result(title).get_by_role("button", name=name, exact=True).click()
        return self.should_say("cart.added", title=title)

    def should_find(self, count: int) -> Self:
        """Check how many were found."""
        return self.should_say("search.count", count=count)

    def should_have_ticked(self, *keys: str) -> Self:
        """Check which filters hold."""
        self._unfold_filters()
        for key in keys:
            expect(self._filter(key)).to_be_checked()
        return self

    def _filter(self, key: str) -> Locator:
        name = re.compile(f"^{re.escape(self.say(key))}")
        return self.browser.get_by_role("group").get_by_role("checkbox", name=name)

    def _unfold_filters(self) -> None:
        panel = self.browser.locator("details", has_text=self.say("search.filters"))
        expect(panel).to_have_attribute("data-decided", "true")
        if panel.get_attribute("open") is None:
            panel.get_by_text(self.say("search.filters")).click()
