"""The advanced search, as a patron sees it."""

from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from e2e.pages.search import SearchPage
from portal_app import routes


class AdvancedSearchPage(PortalPage):
    """Conditions, and what limits them."""

    route = routes.ADVANCED_SEARCH
    title = "search.advanced.title"

    def ask(
        self,
        number: int,
        text: str,
        *,
        field: str = "any",
        match: str = "contains",
        connector: str = "",
    ) -> Self:
        """Fill in one of the conditions."""
        condition = self._condition(number)
        condition.get_by_label(self.say("search.advanced.text")).fill(text)
        chosen = {"field": field, "match": match, "connector": connector}
        for name, value in chosen.items():
            if value:
                label = self.say(f"search.{name}.{value}")
                select = condition.get_by_label(self.say(f"search.advanced.{name}"))
                select.select_option(label=label)
        return self

    def should_ask(
        self,
        number: int,
        text: str,
        *,
        field: str = "any",
        match: str = "contains",
        connector: str = "",
    ) -> Self:
        """Check what one of the conditions says."""
        condition = self._condition(number)
        words = condition.get_by_label(self.say("search.advanced.text"))
        expect(words).to_have_value(text)
        for name, value in {"field": field, "match": match, "connector": connector}.items():
            if value:
                chosen = condition.get_by_label(self.say(f"search.advanced.{name}"))
                expect(chosen).to_have_value(value)
        return self

    def limit_years(self, *, since: str, until: str) -> Self:
        """Ask only for what was published in these years."""
        self.browser.get_by_label(self.say("search.advanced.year_from")).fill(since)
        self.browser.get_by_label(self.say("search.advanced.year_to")).fill(until)
        return self

    def limit_material(self, key: str) -> Self:
        """Ask only for one class of material."""
        self.browser.get_by_label(self.say("search.material")).select_option(label=self.say(key))
        return self

    def submit(self, **asked: str) -> SearchPage:
        """Search, and arrive at an address that asks for exactly this."""
        main = self.browser.get_by_role("main")
        main.get_by_role("button", name=self.say("search.submit")).click()
        return SearchPage(self.browser, self.lang).arrive_at(**asked)

    def _condition(self, number: int) -> Locator:
        name = self.say("search.advanced.condition", number=number)
        return self.browser.get_by_role("group", name=name)
