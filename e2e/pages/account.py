"""The patron's own page, as they see it."""

from playwright.sync_api import Locator

from e2e.pages.search import WithSearchBox
from portal_app import routes


class AccountPage(WithSearchBox):
    """What a patron has with the library."""

    route = routes.ACCOUNT
    title = "account.title"

    def tile(self, key: str) -> Locator:
        """Return a tile by what it leads to."""
        region = self.browser.get_by_role("main")
        return region.get_by_role("link").filter(has_text=self.say(key)).filter(has_text="冊")
