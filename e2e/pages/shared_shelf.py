"""A shelf that somebody shares, as whoever has the link sees it."""

from typing import Self

from playwright.sync_api import expect

from e2e.pages.base import PortalPage
from portal_app import routes

NOWHERE = routes.shared_shelf("A" * 24)


class SharedShelfPage(PortalPage):
    """The books of a shelf, and nothing about whose it is."""

    route = routes.SHARED_SHELF
    title = "shared_shelf.title"

    def visit(self) -> Self:
        """Arrive by a link that leads nowhere, since every other is somebody's secret."""
        return self.follow_link(NOWHERE).should_lead_nowhere()

    def follow_link(self, address: str) -> Self:
        """Open a link that somebody has sent."""
        self.browser.goto(address)
        return self.arrive()

    def sort_by(self, order: str) -> Self:
        """Show the shelf in another order."""
        self.browser.get_by_label(self.say("search.sort")).select_option(order)
        self.browser.wait_for_url(f"**sort={order}")
        return self

    def should_show(self, name: str, *titles: str) -> Self:
        """Check what the shelf is called and which books are on it, in their order."""
        headings = self.browser.get_by_role("main").get_by_role("heading", level=2)
        expect(headings).to_have_text([name, *titles])
        return self

    def should_lead_nowhere(self) -> Self:
        """Check that the link leads nowhere, and that the page does not say why."""
        self.should_say("shared_shelf.nowhere")
        expect(self.browser.get_by_role("main").get_by_role("heading", level=2)).to_have_count(0)
        return self
