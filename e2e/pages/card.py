"""The library card, as a patron shows it at the desk."""

from io import BytesIO
from typing import Self

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from portal_app import routes

NW_7 = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.Codabar)


class CardPage(PortalPage):
    """The card, its barcode and its number."""

    route = routes.CARD
    title = "card.title"

    @property
    def barcode(self) -> Locator:
        """Return the bars."""
        return self.browser.get_by_role("img", name=self.say("card.barcode"))

    @property
    def number(self) -> Locator:
        """Return where the number stands, hidden or not."""
        return self.browser.get_by_role("main").get_by_role("status", name=self._term)

    def scan(self) -> str:
        """Hold the whole screen before a scanner, and return what it reads."""
        expect(self.barcode).to_be_visible()
        screen = Image.open(BytesIO(self.browser.screenshot(full_page=True)))
        [found] = zxingcpp.read_barcodes(screen, formats=NW_7)
        return found.text

    def show_number(self) -> Self:
        """Tap to see the number."""
        self.browser.get_by_role("button", name=self.say("card.show")).click()
        return self

    def hide_number(self) -> Self:
        """Tap to hide it again."""
        self.browser.get_by_role("button", name=self.say("card.hide")).click()
        return self

    def should_show_as_number(self, written: str) -> Self:
        """Check what stands where the number is."""
        expect(self.number).to_have_text(written)
        return self

    @property
    def _term(self) -> str:
        return self.say("frame.card_number")
