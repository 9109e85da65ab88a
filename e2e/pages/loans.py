"""The loans, as a patron sees them."""

import datetime as dt
import re
from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.shelving import Shelving, WithShelving
from portal_app import routes


class LoansPage(WithShelving):
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

    def shelve_all(self, model: str) -> Shelving:
        """Ask to put all loans on a shelf, or on the one list."""
        name = self.say(f"shelf_choice.{model}.shelve_all")
        self.browser.get_by_role("button", name=name, exact=True).click()
        return Shelving(self)

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

    def tick(self, *titles: str) -> Self:
        """Choose loans, to renew several at once."""
        for title in titles:
            name = self.say("lists.choose_named", title=title)
            self.loan(title).get_by_role("checkbox", name=name, exact=True).check()
        return self

    def several(self, key: str) -> Locator:
        """Return the button above the list that renews several."""
        return self.browser.get_by_role("button", name=self.say(key), exact=True)

    def ask_to_renew_several(self, key: str) -> Self:
        """Press the button that asks first about several."""
        self.several(key).click()
        expect(self.dialog).to_be_visible()
        return self

    def should_ask_about(self, **days: dt.date) -> Self:
        """Check which loans will be renewed, and to which day."""
        asked = self.dialog.get_by_role("listitem").filter(
            has_text=self.say("loans.confirm.new_due_on")
        )
        expect(asked).to_have_count(len(days))
        for at, (title, day) in enumerate(days.items()):
            expect(asked.nth(at)).to_contain_text(title)
            expect(asked.nth(at)).to_contain_text(self.day(day))
        return self

    @property
    def calendar(self) -> Locator:
        """Return what is said about the patron's calendar."""
        return self.browser.get_by_role("dialog", name=self.say("calendar_link.offer"))

    @property
    def calendar_address(self) -> Locator:
        """Return the field with the address of the calendar."""
        return self.calendar.get_by_role("textbox", name=self.say("calendar_link.address"))

    def open_calendar(self) -> Self:
        """Give the calendar an address, if it has none, and show it."""
        self.several("calendar_link.offer").click()
        make = self.calendar.get_by_role("button", name=self.say("calendar_link.make"))
        expect(make.or_(self.calendar_address).first).to_be_enabled()
        if make.is_visible():
            make.click()
        expect(self.calendar_address).to_have_value(re.compile(r"/files/calendar/.*\.ics"))
        return self

    def end_calendar(self, deed: str) -> Self:
        """Change or withdraw the address of the calendar, after being asked."""
        self.calendar.get_by_role("button", name=self.say(deed), exact=True).click()
        sure = self.browser.get_by_role("dialog", name=self.say(f"{deed}_title"))
        sure.get_by_role("button", name=self.say(deed), exact=True).click()
        expect(sure).to_be_hidden()
        return self

    def heading_of(self, key: str) -> Locator:
        """Return the heading of a column."""
        return self.browser.get_by_role("columnheader", name=self.say(key), exact=True)

    def sort_on_a_phone(self, value: str) -> Self:
        """Choose by what the list stands, where there are no headings."""
        name = self.say("tables.sort")
        self.browser.get_by_role("combobox", name=name).select_option(value)
        return self

    def should_stand(self, *titles: str) -> Self:
        """Check the order of the list."""
        rows = self.browser.get_by_role("rowheader")
        for at, title in enumerate(titles):
            link = rows.nth(at).get_by_role("link", name=title, exact=True)
            expect(link).to_be_visible()
        expect(rows).to_have_count(len(titles))
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
