"""Sharing a shelf by a link, from the shelf's own page."""

from dataclasses import dataclass
from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.shelf import ShelfPage


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """What the page of a shelf asks and shows about its link."""

    shelf: ShelfPage

    @property
    def address(self) -> Locator:
        """Return the field that has the link."""
        return self.shelf.dialog("sharing").get_by_label(self.shelf.say("shelf_link.address"))

    def open(self) -> Self:
        """Ask how the shelf is shared."""
        self.shelf.press("shelf_link.share")
        expect(self.shelf.dialog("sharing")).to_contain_text(self.shelf.say("shelf_link.what"))
        return self

    def make(self) -> str:
        """Make a link, and return it."""
        self._press("sharing", "shelf_link.make")
        expect(self.address).to_be_visible()
        return self.address.input_value()

    def copy(self) -> Self:
        """Have the link copied."""
        self._press("sharing", "shelf_link.copy")
        self.shelf.should_say("shelf_link.copied")
        return self

    def hand_on(self) -> Self:
        """Hand the link to another app of the device."""
        self._press("sharing", "shelf_link.send")
        return self

    def withdraw(self) -> Self:
        """Withdraw the link, after having been asked."""
        self._press("sharing", "shelf_link.withdraw")
        self._press("withdrawal", "shelf_link.withdraw")
        expect(self.address).to_have_count(0)
        return self

    def should_have_link(self, address: str) -> Self:
        """Check by which link the shelf is shared."""
        expect(self.address).to_have_value(address)
        return self

    def _press(self, dialog: str, key: str) -> None:
        asked = self.shelf.dialog(dialog)
        asked.get_by_role("button", name=self.shelf.say(key), exact=True).click()
