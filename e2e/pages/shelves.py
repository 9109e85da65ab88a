"""The patron's shelves as a patron sees them: those of a kind, or categories of one list."""

import datetime as dt
import re
from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from e2e.pages.shelf import ShelfPage
from portal_app import routes
from portal_app.domain.policies import ShelfModel


class ShelvesPage(PortalPage):
    """All shelves."""

    route = routes.SHELVES
    title = f"shelves.{ShelfModel.SHELVES}.title"

    @property
    def heading(self) -> Locator:
        """Return the one heading of the page, in whichever library."""
        titles = (re.escape(self.say(f"shelves.{model}.title")) for model in ShelfModel)
        return self.browser.get_by_role("heading", level=1, name=re.compile("|".join(titles)))

    @property
    def rows(self) -> Locator:
        """Return the shelves, in the order in which they stand."""
        return self.browser.get_by_role("main").locator("ol.shelf-list > li")

    def row(self, name: str) -> Locator:
        """Return a shelf by its name."""
        heading = self.browser.get_by_role("heading", name=name, exact=True)
        return self.rows.filter(has=heading)

    def dialog(self, name: str) -> Locator:
        """Return the question that is asked."""
        return self.browser.locator(f"dialog[open][aria-labelledby={name}-title]")

    def ask_to_create(self) -> Self:
        """Ask for a new shelf."""
        words = "|".join(re.escape(self.say(f"shelves.{model}.create")) for model in ShelfModel)
        main = self.browser.get_by_role("main")
        main.get_by_role("button", name=re.compile(f"^({words})$")).click()
        return self

    def write_name(self, name: str) -> Self:
        """Write a name into the question, and send it."""
        asked = self.dialog("naming")
        asked.get_by_role("textbox").fill(name)
        asked.get_by_role("textbox").press("Enter")
        return self

    def confirm_creation(self) -> Self:
        """Say that the shelf shall be made (K-51)."""
        self.dialog("creation").get_by_role("button", name=self.say("shelves.register")).click()
        return self

    def create(self, name: str) -> Self:
        """Make a shelf, from the beginning to the end."""
        self.ask_to_create().write_name(name)
        expect(self.dialog("creation")).to_contain_text(name)
        return self.confirm_creation()

    def rename(self, name: str, *, to: str) -> Self:
        """Call a shelf otherwise (K-54)."""
        self.press(name, "shelves.rename_named")
        expect(self.dialog("naming").get_by_role("textbox")).to_have_value(name)
        return self.write_name(to)

    def press(self, name: str, key: str) -> Self:
        """Press a button of a shelf, or of one that was deleted."""
        self.browser.get_by_role("button", name=self.say(key, name=name), exact=True).click()
        return self

    def tick(self, *names: str) -> Self:
        """Choose shelves."""
        for name in names:
            box = self.row(name).get_by_role("checkbox")
            box.click()
            expect(box).to_be_checked()
        return self

    def ask_to_delete(self, *names: str) -> Self:
        """Ask to delete shelves."""
        self.tick(*names)
        name = self.say("shelves.delete")
        self.browser.get_by_role("button", name=name, exact=True).first.click()
        expect(self.dialog("deletion")).to_be_visible()
        return self

    def confirm_deletion(self) -> Self:
        """Say that they shall be deleted."""
        self.dialog("deletion").get_by_role("button", name=self.say("shelves.delete")).click()
        return self

    def restore(self, name: str) -> Self:
        """Bring a shelf back."""
        return self.press(name, "shelves.restore_named")

    def open_shelf(self, name: str) -> ShelfPage:
        """Look into a shelf."""
        self.row(name).get_by_role("link").click()
        return ShelfPage(self.browser, self.lang, name=name).arrive()

    def open_all(self) -> ShelfPage:
        """Look at everything on any shelf."""
        words = {self.say(f"shelves.{model}.all") for model in ShelfModel}
        main = self.browser.get_by_role("main")
        one_of_them = re.compile("^(" + "|".join(map(re.escape, words)) + ")$")
        main.get_by_role("link", name=one_of_them).click()
        return ShelfPage(self.browser, self.lang, name=one_of_them).arrive()

    def sort_by(self, sort: str, *, order: str = "ascending") -> Self:
        """Sort the shelves."""
        self.browser.locator("select[name=sort]").select_option(sort)
        self.browser.locator("select[name=order]").select_option(order)
        return self

    def should_have(self, **counts: int) -> Self:
        """Check the shelves, their order and how many books each has."""
        expect(self.rows.get_by_role("heading")).to_have_text(list(counts))
        for name, count in counts.items():
            expect(self.row(name)).to_contain_text(self.say("shelves.count", count=count))
        return self

    def should_offer_back(self, name: str, *, count: int, until: dt.date) -> Self:
        """Check that a deleted shelf can be brought back, through that day."""
        self.should_say("shelves.named_with_count", name=name, count=count)
        return self.should_say("shelves.deleted_until", day=self.day(until))

    def should_refuse_name(self, key: str, **values: object) -> Self:
        """Check what is wrong with the name that was written."""
        expect(self.dialog("naming")).to_contain_text(self.say(key, **values))
        return self
