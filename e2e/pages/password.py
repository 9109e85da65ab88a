"""The page for a new password, as a patron sees it."""

from typing import Self

from e2e.pages.base import AnyPage, PortalPage
from portal_app import routes


class PasswordPage(PortalPage):
    """Where a patron chooses a password of their own."""

    route = routes.PASSWORD
    title = "password.title"

    def fill_in(self, *, current: str, new: str, repeated: str) -> Self:
        """Write the old password and the new one, and send them."""
        main = self.browser.get_by_role("main")
        given = {"current": current, "new": new, "repeated": repeated}
        for name, password in given.items():
            main.get_by_label(self.say(f"password.{name}"), exact=False).first.fill(password)
        main.get_by_role("button", name=self.say("password.submit")).click()
        return self

    def change(self, to: type[AnyPage], *, current: str, new: str) -> AnyPage:
        """Choose a new password, and arrive where the patron was going."""
        self.fill_in(current=current, new=new, repeated=new)
        return to(self.browser, self.lang).arrive()
