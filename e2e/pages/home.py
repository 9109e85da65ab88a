"""The page where everybody comes in, as they see it."""

from playwright.sync_api import Locator

from e2e.pages.search import WithSearchBox
from portal_app import routes


class HomePage(WithSearchBox):
    """Where everybody comes in."""

    route = routes.HOME
    title = "home.title"

    @property
    def news(self) -> Locator:
        """Return what the library tells everybody."""
        return self.browser.get_by_role("region", name=self.say("home.news"))

    @property
    def branches(self) -> Locator:
        """Return the branches with their hours of today."""
        return self.browser.get_by_role("region", name=self.say("home.opening")).get_by_role(
            "listitem"
        )
