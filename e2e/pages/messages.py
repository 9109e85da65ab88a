"""The messages of the library, as a patron sees them."""

from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from portal_app import routes


class MessagesPage(PortalPage):
    """お知らせ."""

    route = routes.MESSAGES
    title = "messages.title"

    def message(self, subject: str) -> Locator:
        """Return a message by what it is about."""
        return self.browser.get_by_role("listitem").filter(
            has=self.browser.get_by_role("heading", level=2, name=subject)
        )

    def read(self, subject: str, *, says: str) -> Self:
        """Open a message, and see what it says."""
        self.message(subject).get_by_role("button").click()
        expect(self.message(subject)).to_contain_text(says)
        expect(self.message(subject)).not_to_contain_text(self.say("messages.unread"))
        return self

    def show_read_too(self) -> Self:
        """Tick 既読分も表示."""
        self.browser.get_by_role("checkbox", name=self.say("messages.read_too")).check()
        return self
