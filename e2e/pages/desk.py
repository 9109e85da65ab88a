"""The desk, as staff see it."""

from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import AnyPage, PortalPage
from portal_app import routes
from portal_app.data import demonstration


class DeskPage(PortalPage):
    """A page of the desk, whose menu leads to the others."""

    def go_to(self, page: type[AnyPage]) -> AnyPage:
        """Choose a page of the desk's menu, and arrive there."""
        menu = self.browser.get_by_role("navigation", name=self.say("desk.menu"))
        menu.locator(f"a[href='{page.route}']").click()
        return page(self.browser, self.lang).arrive()

    def close_desk(self) -> None:
        """Leave the desk, and wait until nobody is there."""
        self.browser.get_by_role("button", name=self.say("desk.sign_out")).click()
        DeskSignInPage(self.browser, self.lang).arrive().should_say(
            "desk.sign_in.problem.signed_out"
        )


class ScanningPage(DeskPage):
    """A page with the one field that is always ready."""

    @property
    def field(self) -> Locator:
        """Return where a scanner types."""
        return self.browser.locator("#scan")

    @property
    def answer(self) -> Locator:
        """Return the big line that says what became of the latest scan."""
        return self.browser.get_by_role("status").locator(".scan-answer")

    @property
    def scans(self) -> Locator:
        """Return the list of what was scanned in this tab."""
        return self.browser.get_by_role("region", name=self.say("desk.scans")).get_by_role(
            "listitem"
        )

    def scan(self, *codes: str) -> Self:
        """Do what a scanner does: type a code wherever the focus is, and press Enter."""
        expect(self.field).to_be_focused()
        for code in codes:
            self.browser.keyboard.type(code)
            self.browser.keyboard.press("Enter")
        return self

    def should_answer(self, key: str, **values: object) -> Self:
        """Check what the desk reads, and that the field is ready for the next scan."""
        expect(self.answer).to_contain_text(self.say(key, **values))
        expect(self.field).to_be_focused()
        expect(self.field).to_have_value("")
        return self

    def should_refuse(self, key: str, **values: object) -> Self:
        """Check that a no cannot be overlooked."""
        self.should_answer(key, **values)
        expect(self.answer).to_contain_text(self.say("desk.error"))
        return self


class DeskSignInPage(PortalPage):
    """Where staff say who they are, and at which desk."""

    route = routes.DESK_SIGN_IN
    title = "desk.sign_in.title"

    def fill_in(self, *, login: str, password: str, branch: str = "") -> Self:
        """Write who it is, and send it."""
        main = self.browser.get_by_role("main")
        main.get_by_label(self.say("desk.sign_in.login")).fill(login)
        main.get_by_label(self.say("sign_in.password")).first.fill(password)
        main.get_by_label(self.say("desk.sign_in.branch")).select_option(branch)
        main.get_by_role("button", name=self.say("desk.sign_in.submit")).click()
        return self

    def sign_in(self, *, branch: str = "") -> "CheckInPage":
        """Open the desk as the clerk of the demonstration."""
        [clerk] = demonstration.cast().staff
        self.fill_in(login=clerk.login, password=clerk.password, branch=branch)
        return CheckInPage(self.browser, self.lang).arrive()


class CheckInPage(ScanningPage):
    """返却・取置."""

    route = routes.DESK
    title = "desk.title"


class LendPage(ScanningPage):
    """貸出."""

    route = routes.DESK_LEND
    title = "desk.lend.title"

    def should_serve(self, name: str) -> Self:
        """Check whose card was scanned."""
        said = self.say("common.name_of_patron", name=name)
        expect(self.browser.get_by_role("heading", level=2, name=said)).to_be_visible()
        return self

    def should_serve_nobody(self) -> Self:
        """Check that nothing of a patron is on the screen."""
        expect(self.browser.get_by_role("heading", level=2)).to_have_count(0)
        expect(self.field).to_be_focused()
        return self

    def finish(self) -> Self:
        """Let the patron go."""
        self.browser.get_by_role("button", name=self.say("desk.lend.finish")).click()
        return self.should_serve_nobody()


class FetchPage(DeskPage):
    """取り寄せる資料."""

    route = routes.DESK_FETCH
    title = "desk.nav.fetch"


class HoldShelfPage(DeskPage):
    """取置棚."""

    route = routes.DESK_HOLD_SHELF
    title = "desk.nav.hold_shelf"

    def section(self, name: str, count: int) -> Locator:
        """Return one of the lists."""
        return self.browser.get_by_role(
            "region", name=self.say(f"desk.hold_shelf.{name}", count=count)
        )


class DeskPatronPage(LendPage):
    """利用者."""

    route = routes.DESK_PATRON
    title = "desk.patron.title"

    def issue_password(self) -> str:
        """Give the patron a first password, and read it from the screen."""
        name = self.say("desk.patron.issue")
        self.browser.get_by_role("main").get_by_role("button", name=name).click()
        dialog = self.browser.get_by_role("dialog", name=self.say("desk.patron.issue_title"))
        dialog.get_by_role("button", name=name).click()
        shown = self.browser.locator(".first-password")
        expect(shown).to_be_visible()
        return shown.inner_text().strip()

    @property
    def letter(self) -> Locator:
        """Return what can be written into a message to the patron: its subject and its text."""
        section = self.browser.get_by_role("region", name=self.say("desk.patron.message"))
        return section.get_by_role("textbox")

    def write(self, *, subject: str, body: str) -> Self:
        """Write the patron a message."""
        self.letter.nth(0).fill(subject)
        self.letter.nth(1).fill(body)
        return self

    def send(self) -> Self:
        """Send the patron what was written."""
        self.browser.get_by_role("button", name=self.say("desk.patron.send")).click()
        return self

    @property
    def dialog(self) -> Locator:
        """Return the question for which reason a hold is cancelled."""
        return self.browser.get_by_role("dialog", name=self.say("desk.cancel"))

    def ask_to_cancel(self, title: str) -> Self:
        """Press the button that asks for the reason."""
        self.browser.get_by_role("button", name=self.say("desk.cancel_named", title=title)).click()
        expect(self.dialog).to_be_visible()
        return self

    def cancel(self, title: str, *, reason: str) -> Self:
        """Cancel a hold of the patron for a reason."""
        self.ask_to_cancel(title)
        self.dialog.get_by_role("radio", name=self.say(f"desk.reason.{reason}")).check()
        self.dialog.get_by_role("button", name=self.say("desk.cancel"), exact=True).click()
        return self.should_say("desk.cancelled", title=title)


class DeskPasswordPage(DeskPage):
    """Where staff choose a new password."""

    route = routes.DESK_PASSWORD
    title = "desk.password.title"
