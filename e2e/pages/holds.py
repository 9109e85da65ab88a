"""The holds, as a patron sees them."""

from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from portal_app import routes


class HoldsPage(PortalPage):
    """What a patron waits for."""

    route = routes.HOLDS
    title = "holds.title"

    @property
    def rows(self) -> Locator:
        """Return the holds."""
        return self.browser.get_by_role("row").filter(has=self.browser.get_by_role("rowheader"))

    def hold(self, title: str) -> Locator:
        """Return the hold of a record."""
        link = self.browser.get_by_role("link", name=title, exact=True)
        return self.rows.filter(has=link)

    @property
    def dialog(self) -> Locator:
        """Return the question before a hold is given up."""
        return self.browser.get_by_role("dialog", name=self.say("holds.confirm.title"))

    def button(self, title: str) -> Locator:
        """Return the button that gives a hold up."""
        name = self.say("holds.cancel_named", title=title)
        return self.hold(title).get_by_role("button", name=name, exact=True)

    def ask_to_cancel(self, title: str) -> Self:
        """Press the button that asks first."""
        self.button(title).click()
        expect(self.dialog).to_be_visible()
        return self

    def confirm(self) -> Self:
        """Give up what is asked about."""
        self.dialog.get_by_role("button", name=self.say("holds.confirm.yes"), exact=True).click()
        expect(self.dialog).to_be_hidden()
        return self

    def dismiss(self) -> Self:
        """Give up nothing."""
        self.dialog.get_by_role("button", name=self.say("holds.confirm.no"), exact=True).click()
        expect(self.dialog).to_be_hidden()
        return self

    def should_warn_of_losing(self, title: str, *, place: int, length: int) -> Self:
        """Check what the question says is given up."""
        expect(self.dialog).to_contain_text(title)
        expect(self.dialog).to_contain_text(self.say("holds.place", place=place, length=length))
        expect(self.dialog).to_contain_text(self.say("holds.confirm.advice"))
        return self

    def should_not_cancel(self, title: str, key: str) -> Self:
        """Check that a hold cannot be given up here any more, and why."""
        expect(self.hold(title)).to_contain_text(self.say(key))
        expect(self.button(title)).to_have_count(0)
        return self

    def should_wait_for(self, title: str, *, place: int, length: int, branch: str) -> Self:
        """Check that a hold waits, in which place and for which branch."""
        hold = self.hold(title)
        expect(hold).to_contain_text(self.say("hold_state.waiting"))
        expect(hold).to_contain_text(self.say("holds.place", place=place, length=length))
        expect(hold).to_contain_text(branch)
        return self
