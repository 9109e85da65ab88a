"""The tools of the demonstration."""

import datetime as dt
from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.account import AccountPage
from e2e.pages.base import PortalPage
from portal_app import routes


class DemonstrationPage(PortalPage):
    """Where whoever shows the portal chooses whom to be and what day it is."""

    route = routes.DEMONSTRATION
    title = "demonstration.title"

    @property
    def bar(self) -> Locator:
        """Return what stands above every page of a demonstration."""
        return self.browser.get_by_role("complementary", name=self.say("demonstration.bar"))

    def arrive(self) -> Self:
        """Wait until the tools are there, too."""
        super().arrive()
        expect(self._button("demonstration.put_back")).to_be_visible()
        return self

    def be(self, name: str) -> AccountPage:
        """Sign in as somebody of the cast."""
        self._button("demonstration.be", name=name).click()
        return AccountPage(self.browser, self.lang).arrive()

    def go_on(self, step: str) -> Self:
        """Set the clock forward by a day or a week."""
        self._button(f"demonstration.step.{step}").click()
        return self

    def go_on_to(self, day: dt.date) -> Self:
        """Set the clock forward to a day."""
        self.browser.get_by_role("main").get_by_label(self.say("demonstration.date")).fill(
            day.isoformat()
        )
        return self.go_on("date")

    def should_be_on(self, day: dt.date) -> Self:
        """Check what day it is, in the bar as well."""
        said = self.say("demonstration.clock_done", day=self.day(day))
        expect(self.browser.get_by_role("status").filter(has_text=said)).to_be_visible()
        expect(self.bar).to_contain_text(self.day(day))
        return self

    def should_refuse(self, why: str) -> Self:
        """Check that the clock stays, and why."""
        expect(self.browser.get_by_text(self.say(f"demonstration.problem.{why}"))).to_be_visible()
        return self

    def put_back(self) -> Self:
        """Put everything back, when asked once more."""
        self._button("demonstration.put_back").click()
        dialog = self.browser.get_by_role("dialog")
        yes = self.say("demonstration.put_back_yes")
        dialog.get_by_role("button", name=yes, exact=True).click()
        done = self.browser.get_by_text(self.say("demonstration.put_back_done"))
        expect(done).to_be_visible()
        return self

    def _button(self, key: str, **values: object) -> Locator:
        main = self.browser.get_by_role("main")
        return main.get_by_role("button", name=self.say(key, **values), exact=True)
