"""One shelf as a patron sees it."""

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect

from e2e.pages.base import PortalPage
from portal_app import routes
from portal_app.domain.policies import ShelfModel
from portal_app.text import Lang


class ShelfPage(PortalPage):
    """The books of a shelf, or of all of them."""

    route = routes.SHELF
    title = f"shelves.{ShelfModel.SHELVES}.all"
    everything = routes.shelf("all")

    def __init__(
        self, browser: Page, lang: Lang = Lang.JA, *, name: str | re.Pattern[str] = ""
    ) -> None:
        super().__init__(browser, lang)
        self.name = name

    @property
    def heading(self) -> Locator:
        """Return the one heading of the page: the shelf's name, or that it is all of them."""
        alls = (re.escape(self.say(f"shelves.{model}.all")) for model in ShelfModel)
        name = self.name or re.compile("|".join(alls))
        return self.browser.get_by_role("heading", level=1, name=name)

    def open(self) -> Self:
        """Go to all shelves together."""
        self.browser.goto(self.everything)
        return self.arrive()

    @property
    def books(self) -> Locator:
        """Return the books that the page shows, in their order."""
        return self.browser.get_by_role("main").locator("ol.records > li")

    def book(self, title: str) -> Locator:
        """Return a book by its title."""
        heading = self.browser.get_by_role("heading", name=title, exact=True)
        return self.books.filter(has=heading)

    def dialog(self, name: str) -> Locator:
        """Return the question that is asked."""
        return self.browser.locator(f"dialog[open][aria-labelledby={name}-title]")

    def press(self, key: str, **values: object) -> Self:
        """Press a button of the page."""
        main = self.browser.get_by_role("main")
        main.get_by_role("button", name=self.say(key, **values), exact=True).first.click()
        return self

    def tick(self, *titles: str) -> Self:
        """Choose books."""
        for title in titles:
            box = self.book(title).get_by_role("checkbox")
            box.click()
            expect(box).to_be_checked()
        return self

    def remove(self, *titles: str) -> Self:
        """Take books off, after having been asked (K-59b)."""
        self.tick(*titles).press("shelves.page.remove")
        asked = self.dialog("removal")
        for title in titles:
            expect(asked).to_contain_text(title)
        asked.get_by_role("button", name=self.say("shelves.page.remove")).click()
        return self

    def carry(self, kind: str, *titles: str, to: str) -> Self:
        """Copy or move books to another shelf (K-57)."""
        self.tick(*titles).press(f"shelves.page.{kind}")
        asked = self.dialog(kind)
        asked.get_by_role("radio", name=re.compile(f"^{re.escape(to)}（")).check()
        asked.get_by_role("button", name=self.say(f"shelves.page.{kind}")).click()
        return self

    def write_note(self, title: str, note: str, *, over: str = "") -> Self:
        """Write about a book, over what stands there."""
        self.press("shelves.page.note_named", title=title)
        asked = self.dialog("noting")
        expect(asked.get_by_role("textbox")).to_have_value(over)
        asked.get_by_role("textbox").fill(note)
        asked.get_by_role("button", name=self.say("shelves.save")).click()
        return self

    def mark_read(self, title: str) -> Self:
        """Mark a book as read."""
        return self.press("shelves.page.mark_read_named", title=title)

    def sort_by(self, sort: str, *, order: str = "ascending") -> Self:
        """Sort the books."""
        self.browser.locator("select[name=sort]").select_option(sort)
        self.browser.locator("select[name=order]").select_option(order)
        return self

    def show(self, count: int) -> Self:
        """Show so many books on a page."""
        self.browser.locator("select[name=size]").select_option(str(count))
        return self

    def look_for(self, words: str) -> Self:
        """Look for words inside the shelf."""
        self.browser.get_by_label(self.say("shelves.page.words")).fill(words)
        return self

    def should_show(self, *titles: str) -> Self:
        """Check which books the page shows, in their order."""
        expect(self.books.get_by_role("heading")).to_have_text(list(titles))
        return self

    def should_have_note(self, title: str, note: str) -> Self:
        """Check what stands about a book."""
        expect(self.book(title).locator(".note")).to_have_text(note)
        return self

    def should_be_read(self, title: str) -> Self:
        """Check that a book is marked as read."""
        expect(self.book(title).locator(".badges")).to_contain_text(
            self.say("shelves.page.is_read")
        )
        return self

    def should_not_be_read(self, title: str) -> Self:
        """Check that a book is not marked as read."""
        expect(self.book(title).locator(".badges")).not_to_contain_text(
            self.say("shelves.page.is_read")
        )
        return self

    def should_have_chosen(self, count: int) -> Self:
        """Check how many books are chosen, on whichever page."""
        expect(self.browser.locator(".chosen").first).to_have_text(
            self.say("lists.chosen", count=count)
        )
        return self
