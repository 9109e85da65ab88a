"""新着図書お知らせメール, as a patron sees it."""

from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from portal_app import routes


class AlertsPage(PortalPage):
    """The list of alerts."""

    route = routes.ALERTS
    title = "alerts.title"

    def row(self, name: str) -> Locator:
        """Return the row of an alert."""
        named = self.browser.get_by_role("rowheader").filter(has_text=name)
        return self.browser.get_by_role("row").filter(has=named)

    def should_list(self, *names: str) -> Self:
        """Check which alerts there are, in their order."""
        said = self.browser.get_by_role("rowheader").locator("> span:first-child")
        expect(said).to_have_text(list(names))
        return self

    def should_be(self, name: str, state: str) -> Self:  # pyright: ignore[reportIncompatibleMethodOverride]  of an alert here
        """Check that an alert is ``active`` or ``paused``."""
        expect(self.row(name).get_by_text(self.say(f"alerts.state.{state}"))).to_be_visible()
        return self

    def press(self, deed: str, name: str) -> Self:
        """Press the button of an alert: ``pause``, ``resume`` or ``delete``."""
        label = self.say(f"alerts.{deed}_named", name=name)
        self.browser.get_by_role("button", name=label, exact=True).click()
        return self

    def begin(self) -> "AlertFormPage":
        """Begin a new alert."""
        return self.follow("alerts.new", AlertFormPage)

    def edit(self, name: str) -> "ChangeAlertPage":
        """Go where an alert is changed."""
        label = self.say("alerts.edit_named", name=name)
        self.browser.get_by_role("link", name=label, exact=True).click()
        return ChangeAlertPage(self.browser, self.lang).arrive()

    @property
    def question(self) -> Locator:
        """Return 削除確認."""
        return self.browser.get_by_role("dialog", name=self.say("alerts.delete_question"))

    def answer(self, key: str) -> Self:
        """Answer the question."""
        self.question.get_by_role("button", name=self.say(key), exact=True).click()
        expect(self.question).to_be_hidden()
        return self


class AlertFormPage(PortalPage):
    """The form for a new alert."""

    route = routes.NEW_ALERT
    title = "alerts.form.new"

    def field(self, key: str) -> Locator:
        """Return a field of the form."""
        return self.browser.get_by_label(self.say(key))

    def condition(self, number: int) -> Locator:
        """Return a line of the form."""
        name = self.say("alerts.form.condition", number=number)
        return self.browser.get_by_role("group", name=name)

    def write(self, number: int, text: str) -> Self:
        """Write what a line looks for."""
        self.condition(number).get_by_role("textbox").fill(text)
        return self

    def call_it(self, name: str) -> Self:
        """Give the alert a name."""
        self.field("alerts.form.name").fill(name)
        return self

    def should_ask_for(self, *texts: str) -> Self:
        """Check what the lines look for."""
        for number, text in enumerate(texts, start=1):
            expect(self.condition(number).get_by_role("textbox")).to_have_value(text)
        return self

    def try_out(self) -> Self:
        """Press 検索例確認."""
        return self._press("alerts.form.preview")

    def should_be_called(self, name: str) -> Self:
        """Check what the alert is called."""
        expect(self.field("alerts.form.name")).to_have_value(name)
        return self

    @property
    def preview(self) -> Locator:
        """Return where it is said what it would have found."""
        return self.browser.get_by_role("region", name=self.say("alerts.preview.title"))

    @property
    def found(self) -> Locator:
        """Return the titles that it would have found."""
        return self.preview.get_by_role("heading", level=2).get_by_role("link")

    def begin_again(self) -> Self:
        """Press リセット."""
        return self._press("alerts.form.reset")

    def register(self) -> Self:
        """Press 登録, whatever comes of it."""
        return self._press("alerts.form.register")

    def check(self) -> "ConfirmAlertPage":
        """Press 登録, and arrive where everything is shown once more."""
        self.register()
        return ConfirmAlertPage(self.browser, self.lang).arrive()

    def _press(self, key: str) -> Self:
        main = self.browser.get_by_role("main")
        main.get_by_role("button", name=self.say(key), exact=True).click()
        return self


class ChangeAlertPage(AlertFormPage):
    """The form for an alert that there is."""

    route = routes.ALERT
    title = "alerts.form.change"

    def visit(self) -> Self:
        """Arrive at an alert by way of the list."""
        listed = AlertsPage(self.browser, self.lang).open()
        listed.browser.get_by_role("row").get_by_role("link").first.click()
        return self.arrive()


class ConfirmAlertPage(PortalPage):
    """登録内容確認."""

    route = routes.CONFIRM_ALERT
    title = "alerts.confirm.title"

    def visit(self) -> Self:
        """Arrive by way of the form."""
        form = AlertFormPage(self.browser, self.lang).open()
        form.call_it("猫の本").write(1, "猫").check()
        return self

    def go_back(self) -> AlertFormPage:
        """Return to the form."""
        return self.follow("alerts.confirm.back", AlertFormPage)

    def register(self) -> AlertsPage:
        """Register it, and arrive at the list."""
        name = self.say("alerts.form.register")
        self.browser.get_by_role("main").get_by_role("button", name=name).click()
        return AlertsPage(self.browser, self.lang).arrive()
