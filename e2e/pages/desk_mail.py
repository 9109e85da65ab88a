"""How mail stands, as staff see it."""

from typing import Self

from playwright.sync_api import expect

from e2e.pages.desk import DeskPage
from portal_app import routes


class DeskMailPage(DeskPage):
    """What waits, what was sent and what was not."""

    route = routes.DESK_MAIL
    title = "desk.mail.title"

    def should_count(self, key: str, count: str) -> Self:
        """Check a number."""
        term = self.browser.get_by_text(self.say(key), exact=True)
        row = self.browser.locator(".facts > div").filter(has=term)
        expect(row.get_by_role("definition")).to_have_text(count)
        return self
