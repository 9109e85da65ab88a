"""The sign-in page, as a patron sees it."""

from typing import Self
from urllib.parse import urlencode

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from portal_app import routes


class SignInPage(PortalPage):
    """Where a patron says who they are."""

    route = routes.SIGN_IN
    title = "sign_in.title"

    @property
    def card_field(self) -> Locator:
        """Return where the card number is written."""
        return self.browser.get_by_role("main").get_by_label(self.say("sign_in.card"))

    @property
    def password_field(self) -> Locator:
        """Return where the password is written."""
        return self.browser.get_by_role("main").get_by_label(self.say("sign_in.password")).first

    def open_on_the_way_to(self, address: str) -> Self:
        """Arrive here as somebody who wants to go on to another page."""
        return self.open_unfinished_on_the_way_to(address).arrive()

    def open_unfinished_on_the_way_to(self, address: str) -> Self:
        """Come here likewise, and wait for no more than what was drawn beforehand."""
        asked = urlencode({"next": address})
        self.browser.goto(f"{self.route}?{asked}", wait_until="commit")
        return self

    def fill_in(self, *, card_number: str, password: str) -> None:
        """Write a card number and a password, and send them."""
        self.card_field.fill(card_number)
        self.password_field.fill(password)
        main = self.browser.get_by_role("main")
        main.get_by_role("button", name=self.say("sign_in.submit")).click()

    def sign_in(self, *, card_number: str, password: str) -> None:
        """Sign in, and wait until the portal knows whose card it is."""
        self.fill_in(card_number=card_number, password=password)
        expect(self.card).to_be_visible()
