"""Putting records on shelves from wherever they are shown, as a patron sees it."""

import re
from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage


class WithShelving(PortalPage):
    """A page from which records can be put on shelves."""

    def shelve(self, title: str) -> "Shelving":
        """Ask where a record shall go."""
        self.press_to_shelf(title)
        return Shelving(self).at("choose")

    def shelve_on_the_list(self, title: str) -> "Shelving":
        """Ask to put a record on the one list, where there is nothing to choose."""
        self.press_to_shelf(title)
        return Shelving(self).at("check")

    def press_to_shelf(self, title: str) -> None:
        """Press the button, whatever comes of it."""
        name = self.say("shelf_choice.shelve_named", title=title)
        main = self.browser.get_by_role("main")
        main.get_by_role("button", name=name, exact=True).click()


class Shelving:
    """The question where something shall go, step by step (K-56)."""

    def __init__(self, page: PortalPage) -> None:
        self.page = page
        self.browser, self.say = page.browser, page.say

    @property
    def dialog(self) -> Locator:
        """Return the dialog, at whichever step it is."""
        return self.browser.locator("dialog[aria-labelledby=shelving-title]")

    @property
    def shelves(self) -> Locator:
        """Return the boxes of the shelves to choose from, in their order."""
        return self.dialog.get_by_role("group").locator("input")

    @property
    def names(self) -> Locator:
        """Return the names of the shelves to choose from, in their order."""
        return self.dialog.get_by_role("group").locator(".shelf-name")

    def shelf(self, name: str) -> Locator:
        """Return the box of a shelf."""
        return self.row(name).locator("input")

    def row(self, name: str) -> Locator:
        """Return a shelf to choose, with all that is said of it."""
        exactly = re.compile(f"^{re.escape(name)}$")
        return self.dialog.locator("label").filter(
            has=self.browser.locator(".shelf-name", has_text=exactly)
        )

    def at(self, step: str) -> Self:
        """Wait for a step, and check that the reader is at its heading."""
        expect(self.heading(step)).to_be_focused()
        return self

    def heading(self, step: str) -> Locator:
        """Return the heading of the dialog at a step."""
        return self.dialog.get_by_role(
            "heading", level=2, name=self.say(f"shelf_choice.title.{step}"), exact=True
        )

    def choose(self, *names: str) -> Self:
        """Choose shelves."""
        for name in names:
            self.shelf(name).click()
            expect(self.shelf(name)).to_be_checked()
        return self

    def make(self, name: str) -> Self:
        """Make a shelf right here, which is chosen then."""
        self.write(name)
        expect(self.shelf(name)).to_be_checked()
        return self

    def write(self, name: str) -> Self:
        """Write the name of a new shelf, whatever comes of it."""
        self.dialog.get_by_role("textbox").fill(name)
        self._press("shelf_choice.add_name")
        return self

    def go_on(self) -> Self:
        """Go on to see it all once more."""
        self._press("shelf_choice.choose")
        return self.at("check")

    def choose_again(self) -> Self:
        """Go back to the choice."""
        self._press("shelf_choice.check.back")
        return self.at("choose")

    def confirm(self) -> Self:
        """Put it there."""
        self._press("shelf_choice.check.confirm")
        return self.at("done")

    def confirm_with_a_double_click(self) -> Self:
        """Put it there as somebody does who double-clicks everything."""
        name = self.say("shelf_choice.check.confirm")
        self.dialog.get_by_role("button", name=name, exact=True).dblclick()
        expect(self.heading("done")).to_be_visible()
        return self

    def close(self) -> None:
        """Close the dialog when it is done."""
        self._press("common.close")
        expect(self.dialog).to_be_hidden()

    def cancel(self) -> None:
        """Change one's mind."""
        self.browser.keyboard.press("Escape")
        expect(self.dialog).to_be_hidden()

    def should_offer(self, *names: str) -> Self:
        """Check which shelves there are to choose from, in their order."""
        expect(self.names).to_have_text(list(names))
        return self

    def should_have_already(self, name: str) -> Self:
        """Check that a shelf has all of it and cannot be chosen."""
        expect(self.shelf(name)).to_be_disabled()
        return self.should_say_of(name, "shelf_choice.whole")

    def should_say_of(self, name: str, key: str, **values: object) -> Self:
        """Check what is said of a shelf that can be chosen."""
        expect(self.row(name)).to_contain_text(self.say(key, **values))
        return self

    def should_say(self, key: str, **values: object) -> Self:
        """Check that the dialog says something."""
        expect(self.dialog.get_by_text(self.say(key, **values)).first).to_be_visible()
        return self

    def outcome(self, name: str) -> Locator:
        """Return what is said of a shelf before and after it is done."""
        return self.dialog.get_by_role("listitem").filter(has_text=name)

    def should_tell(self, name: str, key: str, **values: object) -> Self:
        """Check what is said of a shelf before or after it is done."""
        expect(self.outcome(name)).to_contain_text(self.say(key, **values))
        return self

    def should_be_done(self) -> Self:
        """Check 「本棚へ資料を登録しました。」."""
        return self.should_say("shelf_choice.done.done")

    def _press(self, key: str) -> None:
        self.dialog.get_by_role("button", name=self.say(key), exact=True).click()
