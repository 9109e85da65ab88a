"""All shelves, as whoever takes them away sees them."""

from pathlib import Path
from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from portal_app import routes


class DownloadsPage(PortalPage):
    """The page of all shelves, with its menu of files."""

    route = routes.SHELVES
    title = "shelves.shelves.title"

    @property
    def menu(self) -> Locator:
        """Return the menu of files."""
        return self.browser.locator(".downloads")

    def unfold(self) -> Self:
        """Open the menu."""
        self.menu.get_by_text(self.say("shelf_downloads.title"), exact=True).click()
        expect(self.menu.get_by_role("list")).to_be_visible()
        return self

    def take(self, kind: str, folder: Path) -> Path:
        """Choose a format, and return the file that the browser has saved."""
        with self.browser.expect_download() as saving:
            self.link(kind).click()
        file = folder / saving.value.suggested_filename
        saving.value.save_as(file)
        return file

    def link(self, kind: str) -> Locator:
        """Return the link to the file of a format."""
        return self.menu.get_by_role("link", name=self.say(f"shelf_downloads.format.{kind}"))

    def should_need_a_connection(self, kind: str) -> Self:
        """Check that a format says that only the library can make it."""
        name = self.say(f"shelf_downloads.format.{kind}")
        button = self.menu.get_by_role("button", name=name, exact=True)
        expect(button).to_have_accessible_description(self.say("shelf_downloads.needs_connection"))
        return self
