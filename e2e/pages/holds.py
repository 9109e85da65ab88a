"""The holds, as a patron sees them."""

from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from portal_app import routes


class HoldsPage(PortalPage):
    """What a patron waits for."""

    route = routes.HOLDS
    title = "holds.title"

    @property
    def rows(self) -> Locator:
        """Return the holds."""
        return self.browser.get_by_role("row").filter(has=self.browser.get_by_role("rowheader"))

    def hold(self, title: str) -> Locator:
        """Return the hold of a record."""
        link = self.browser.get_by_role("link", name=title, exact=True)
        return self.rows.filter(has=link)

    def should_wait_for(self, title: str, *, place: int, length: int, branch: str) -> Self:
        """Check that a hold waits, in which place and for which branch."""
        hold = self.hold(title)
        expect(hold).to_contain_text(self.say("hold_state.waiting"))
        expect(hold).to_contain_text(self.say("holds.place", place=place, length=length))
        expect(hold).to_contain_text(branch)
        return self
