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
        """Check a number, looking again until it is so."""
        row = self.browser.locator(".facts > div").filter(has_text=self.say(key))
        expect(row).to_contain_text(count)
        return self
