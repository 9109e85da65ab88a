"""The holds, as a patron sees them."""

from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.hold_series import HoldSeriesPage
from e2e.pages.shelving import WithShelving
from portal_app import routes


class HoldsPage(WithShelving):
    """What a patron waits for."""

    route = routes.HOLDS
    title = "holds.title"

    @property
    def rows(self) -> Locator:
        """Return the open holds."""
        table = self.browser.get_by_role("table", name=self.say("holds.title"), exact=True)
        return table.get_by_role("row").filter(has=self.browser.get_by_role("rowheader"))

    def hold(self, title: str) -> Locator:
        """Return the hold of a record."""
        link = self.browser.get_by_role("link", name=title, exact=True)
        return self.rows.filter(has=link)

    @property
    def dialog(self) -> Locator:
        """Return the question that is asked before something happens."""
        return self.browser.get_by_role("dialog")

    def button(self, title: str, deed: str = "cancel") -> Locator:
        """Return the button of a hold that does something about it."""
        name = self.say(f"holds.{deed}_named", title=title)
        return self.hold(title).get_by_role("button", name=name, exact=True)

    def ask_to_cancel(self, title: str) -> Self:
        """Press the button that asks first."""
        return self.ask(title, "cancel")

    def ask(self, title: str, deed: str) -> Self:
        """Press a button of a hold that asks first."""
        self.button(title, deed).click()
        expect(self.dialog).to_be_visible()
        return self

    def unfold(self, title: str) -> Self:
        """Open what is seldom done about a hold."""
        self.hold(title).locator("summary").click()
        return self

    def answer(self, key: str) -> Self:
        """Answer the question, which closes it."""
        self.press(key)
        expect(self.dialog).to_be_hidden()
        return self

    def press(self, key: str) -> Self:
        """Answer the question, which may object."""
        self.dialog.get_by_role("button", name=self.say(key), exact=True).click()
        return self

    def write(self, key: str, value: str) -> Self:
        """Fill in a field of the question, by its label."""
        self.dialog.get_by_label(self.say(key)).fill(value)
        return self

    def choose(self, key: str, label: str) -> Self:
        """Choose something in a field of the question, by its label."""
        self.dialog.get_by_label(self.say(key)).select_option(label=label)
        return self

    def ended(self, title: str) -> Locator:
        """Return a hold among those that ended without a loan (G-36)."""
        region = self.browser.get_by_role("region", name=self.say("holds.ended_title"))
        link = self.browser.get_by_role("link", name=title, exact=True)
        return region.get_by_role("row").filter(has=link)

    def go_to_series(self) -> HoldSeriesPage:
        """Go on to where holds are put together."""
        self.browser.get_by_role("link", name=self.say("holds.to_series"), exact=True).click()
        return HoldSeriesPage(self.browser, self.lang).arrive()

    def confirm(self) -> Self:
        """Give up what is asked about."""
        return self.answer("holds.confirm.yes")

    def dismiss(self) -> Self:
        """Give up nothing."""
        return self.answer("holds.confirm.no")

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

    def should_be_in_series(self, title: str, *, number: int, place: int, size: int) -> Self:
        """Check to which series a hold belongs, and where it stands there (G-31)."""
        hold = self.hold(title)
        expect(hold).to_contain_text(self.say("holds.series.number", number=number))
        expect(hold).to_contain_text(self.say("holds.series.in_order", place=place, size=size))
        return self
