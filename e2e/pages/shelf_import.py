"""Putting several books on a shelf, as a patron sees it."""

import re
from typing import Self

from playwright.sync_api import FilePayload, Locator, expect

from e2e.pages.base import PortalPage
from portal_app import routes

_A_SHELF = re.compile(r"^/shelves/[0-9a-f-]{36}$")


class ShelfImportPage(PortalPage):
    """Books that come on a shelf from a list, a file or a photograph."""

    route = routes.SHELF_IMPORT
    title = "shelf_import.title"

    @property
    def found(self) -> Locator:
        """Return the records that were found."""
        rows = self.browser.get_by_role("main").get_by_role("listitem")
        return rows.filter(has=self.browser.get_by_role("heading"))

    def visit(self) -> Self:
        """Arrive at the first shelf's page."""
        self.browser.goto(routes.SHELVES)
        expect(self.browser.locator("[data-ready=true]")).to_be_attached()
        link = self.browser.locator("ol.shelf-list a").first
        expect(link).to_have_attribute("href", _A_SHELF)
        first = link.get_attribute("href") or ""
        return self.open_for(first.removeprefix(routes.shelf("")))

    def open_for(self, shelf_id: str) -> Self:
        """Go to the page of a shelf by its number."""
        self.browser.goto(routes.shelf_import(shelf_id))
        return self.arrive()

    def paste(self, text: str) -> Self:
        """Paste a list, and have it looked up."""
        self.browser.get_by_label(self.say("shelf_import.paste")).fill(text)
        self.browser.get_by_role("button", name=self.say("shelf_import.find")).click()
        return self

    def choose_file(self, name: str, content: bytes) -> Self:
        """Choose a file of this device."""
        file = FilePayload(name=name, mimeType="text/csv", buffer=content)
        self.browser.get_by_label(self.say("shelf_import.file")).set_input_files(file)
        return self

    def photograph(self, picture: bytes) -> Self:
        """Take a photograph."""
        file = FilePayload(name="photo.png", mimeType="image/png", buffer=picture)
        self.browser.get_by_label(self.say("shelf_import.photo")).set_input_files(file)
        return self

    def put_there(self, count: int) -> Self:
        """Put everything there that was found and is new."""
        name = self.say("shelf_import.put_there", count=count)
        self.browser.get_by_role("button", name=name).click()
        return self.should_say("shelf_import.put", count=count)

    def should_have_found(self, *titles: str) -> Self:
        """Check which records were found, in the order of the list."""
        expect(self.found.get_by_role("heading")).to_have_text(list(titles))
        return self

    def should_list(self, name: str, *lines: str) -> Self:
        """Check what was ``missing`` or ``unread``."""
        heading = self.say(f"shelf_import.{name}", count=len(lines))
        section = self.browser.get_by_role("region", name=heading)
        expect(section.get_by_role("listitem")).to_have_text(list(lines))
        return self
