"""The patron's own page, as they see it."""

import re
from typing import Self

from playwright.sync_api import expect

from e2e.pages.search import WithSearchBox
from portal_app import routes


class AccountPage(WithSearchBox):
    """What a patron has with the library."""

    route = routes.ACCOUNT
    title = "account.title"

    def should_count(self, key: str, count: int) -> Self:
        """Check how many a tile says there are."""
        name = re.compile(f"^{re.escape(self.say(key))}")
        tile = self.browser.get_by_role("main").get_by_role("link", name=name)
        expect(tile).to_contain_text(self.say("counts.items", count=count))
        return self
