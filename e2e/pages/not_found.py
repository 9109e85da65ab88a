"""The page of every address that leads nowhere, as a patron sees it."""

from typing import ClassVar, Self

from e2e.pages.base import PortalPage
from portal_app import routes


class NotFoundPage(PortalPage):
    """Where an address leads that is none of the portal's."""

    route = routes.NOT_FOUND
    title = "not_found.title"
    nowhere: ClassVar[str] = "/nowhere"

    def visit(self) -> Self:
        """Arrive by an address that nobody has written."""
        self.browser.goto(self.nowhere)
        return self.arrive()
