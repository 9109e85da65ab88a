"""What a patron has borrowed, as they see it."""

from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from portal_app import routes


class HistoryPage(PortalPage):
    """Where a patron reads what nobody else can."""

    route = routes.HISTORY
    title = "history.title"

    @property
    def main(self) -> Locator:
        """Return what is on the page itself."""
        return self.browser.get_by_role("main")

    @property
    def titles(self) -> Locator:
        """Return what has been borrowed, in the order of the table."""
        return self.main.get_by_role("table").get_by_role("rowheader").get_by_role("link")

    @property
    def code(self) -> Locator:
        """Return the recovery code."""
        return self.main.locator(".recovery-code")

    def arrive(self) -> Self:
        """Wait until the history has been opened, or the page says why not."""
        super().arrive()
        expect(self.browser.locator("main [aria-busy=true]")).to_have_count(0)
        return self

    def begin(self, password: str) -> Self:
        """Ask for a recovery code."""
        self._password.fill(password)
        return self.press("history.off.begin")

    def keep(self) -> str:
        """Say that the code is kept, switch the history on, and return the code."""
        code = self.code.inner_text()
        self.main.get_by_role("checkbox", name=self.say("history.code.is_kept")).click()
        self.press("history.code.keep").should_say("history.begun")
        return code

    def unlock(self, password: str, *, code: str = "") -> Self:
        """Type the password, and after a reset the code."""
        self._password.fill(password)
        self.main.get_by_label(self.say("history.locked.code")).fill(code)
        return self.press("history.locked.open")

    def search(self, words: str) -> Self:
        """Search within the history."""
        self.main.get_by_role("searchbox", name=self.say("history.search")).fill(words)
        return self

    def press(self, key: str, **values: object) -> Self:
        """Press a button of the page or of its question."""
        name = self.say(key, **values)
        self.browser.get_by_role("button", name=name, exact=True).last.click()
        return self

    def forget(self, title: str) -> Self:
        """Delete an entry, and say yes."""
        self.press("history.forget_named", title=title)
        dialog = self.browser.get_by_role("dialog")
        dialog.get_by_role("button", name=self.say("history.forget"), exact=True).click()
        return self.should_say("history.forgotten", count=1)

    def end(self) -> Self:
        """Switch it off, and say yes."""
        return self.press("history.end.title").press("history.end.yes")

    def should_list(self, *titles: str) -> Self:
        """Check what has been borrowed, in the order of the table."""
        expect(self.titles).to_have_text(list(titles))
        return self

    @property
    def _password(self) -> Locator:
        return self.main.get_by_label(self.say("history.off.password")).first
