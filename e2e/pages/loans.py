"""The loans, as a patron sees them."""

import datetime as dt
from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from portal_app import routes


class LoansPage(PortalPage):
    """What a patron has at home."""

    route = routes.LOANS
    title = "loans.title"

    @property
    def dialog(self) -> Locator:
        """Return the question before a renewal."""
        return self.browser.get_by_role("dialog", name=self.say("loans.confirm.title"))

    def loan(self, title: str) -> Locator:
        """Return the loan of a record."""
        rows = self.browser.get_by_role("row")
        return rows.filter(has=self.browser.get_by_role("link", name=title, exact=True))

    def button(self, title: str) -> Locator:
        """Return the button that renews a loan, or says why it cannot."""
        name = self.say("loans.renew_named", title=title)
        return self.loan(title).get_by_role("button", name=name, exact=True)

    def ask_to_renew(self, title: str) -> Self:
        """Press the button that asks first."""
        self.button(title).click()
        expect(self.dialog).to_be_visible()
        return self

    def confirm(self) -> Self:
        """Renew what is asked about."""
        self.dialog.get_by_role("button", name=self.say("loans.confirm.yes"), exact=True).click()
        expect(self.dialog).to_be_hidden()
        return self

    def dismiss(self) -> Self:
        """Renew nothing."""
        self.dialog.get_by_role("button", name=self.say("loans.confirm.no"), exact=True).click()
        expect(self.dialog).to_be_hidden()
        return self

    def should_be_due(self, title: str, day: dt.date) -> Self:
        """Check the due date of a loan."""
        due = self.loan(title).get_by_role("cell").first
        expect(due).to_contain_text(self.day(day))
        return self

    def should_not_renew(self, title: str, key: str, **values: object) -> Self:
        """Check that a loan's button is off, and that it says why."""
        expect(self.button(title)).to_have_attribute("aria-disabled", "true")
        reason = self.say(key, **values)
        expect(self.button(title)).to_have_accessible_description(reason)
        expect(self.loan(title).get_by_text(reason)).to_be_visible()
        return self

    def should_promise(self, day: dt.date) -> Self:
        """Check the new due date before anything happens."""
        expect(self.dialog).to_contain_text(self.say("loans.confirm.new_due_on"))
        expect(self.dialog).to_contain_text(self.day(day))
        return self

    def should_offer(self, title: str, day: dt.date) -> Self:
        """Check that a loan can be renewed, and until when."""
        expect(self.button(title)).not_to_have_attribute("aria-disabled", "true")
        expect(self.loan(title)).to_contain_text(self.say("loans.could_become", day=day))
        return self

    def should_be_renewed(self, title: str) -> Self:
        """Check that a loan says 延長済."""
        expect(self.loan(title)).to_contain_text(self.say("loans.renewed_already"))
        return self

    def should_be_overdue(self, title: str) -> Self:
        """Check that a loan is marked as late."""
        expect(self.loan(title)).to_contain_text(self.say("loans.overdue"))
        return self
