"""The pages on the way to a password by mail, as a patron sees them."""

import re
from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from e2e.pages.sign_in import SignInPage
from portal_app import libraries, routes


class ForgottenPasswordPage(PortalPage):
    """Where a patron who has no password, or knows it no more, asks for a link."""

    route = routes.FORGOTTEN_PASSWORD
    title = "forgotten_password.title"

    @property
    def heading(self) -> Locator:
        """Return the heading, which each library words by its own rule."""
        names = [self.say(f"{self.title}.{kind}") for kind in ("birth_date", "issued")]
        headings = self.browser.get_by_role("heading", level=1)
        return headings.filter(has_text=names[0]).or_(headings.filter(has_text=names[1]))

    def ask(self, *, card_number: str) -> Self:
        """Write a card number, send it, and read what is said to everybody."""
        main = self.browser.get_by_role("main")
        main.get_by_label(self.say("sign_in.card")).fill(card_number)
        main.get_by_role("button", name=self.say("forgotten_password.submit")).click()
        minutes = libraries.load("kagoshima").sign_in.link_minutes
        return self.should_say("forgotten_password.problem.asked", minutes=minutes)


class NewPasswordPage(PortalPage):
    """Where the link in a mail leads."""

    route = routes.NEW_PASSWORD
    title = "new_password.title"

    def open_link(self, address: str) -> Self:
        """Open the address in a mail, and check that its secret is no longer to be seen."""
        self.browser.goto(address)
        self.arrive()
        expect(self.browser).to_have_url(re.compile(f"{self.route}$"))
        return self

    def fill_in(self, new: str) -> None:
        """Write a new password twice, and send it."""
        main = self.browser.get_by_role("main")
        for name in ("new", "repeated"):
            main.get_by_label(self.say(f"password.{name}"), exact=False).first.fill(new)
        main.get_by_role("button", name=self.say("new_password.submit")).click()

    def choose(self, new: str) -> SignInPage:
        """Choose a password, and arrive where it is asked for."""
        self.fill_in(new)
        page = SignInPage(self.browser, self.lang).arrive()
        return page.should_say("sign_in.problem.password_changed")
