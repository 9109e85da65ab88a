"""The mailbox of the demonstration."""

from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from portal_app import routes


class MailboxPage(PortalPage):
    """What the demonstration would have sent."""

    route = routes.MAILBOX
    title = "mailbox.title"

    @property
    def letters(self) -> Locator:
        """Return the letters, newest first."""
        return self.browser.locator(".letters > .letter")

    def open_newest(self, *, saying: str) -> Self:
        """Open the newest letter, and read it."""
        newest = self.letters.first
        newest.locator("summary").click()
        expect(newest.locator(".letter-body")).to_contain_text(saying)
        return self

    def should_be_nowhere(self) -> Self:
        """Check that there is no mailbox, because mail is really sent."""
        expect(self.browser.get_by_text(self.say("not_found.lead"))).to_be_visible()
        return self
