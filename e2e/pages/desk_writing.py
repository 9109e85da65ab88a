"""What a desk writes to many, as staff see it."""

from typing import Self

from playwright.sync_api import expect

from e2e.pages.desk import DeskPage
from portal_app import routes
from portal_app.state.desk_patron import LONGEST_BODY, LONGEST_SUBJECT


class WritingPage(DeskPage):
    """A page with a form, a look at what was written, and a list of what is shown."""

    def write(self, *, subject: str, body: str) -> Self:
        """Write something."""
        main = self.browser.get_by_role("main")
        main.get_by_label(self.say("desk.patron.subject", limit=LONGEST_SUBJECT)).fill(subject)
        main.get_by_label(self.say("desk.patron.body", limit=LONGEST_BODY)).fill(body)
        return self

    def check(self) -> Self:
        """Look at it as it will be read."""
        self.press("desk.writing.check")
        heading = self.say("desk.writing.preview")
        expect(self.browser.get_by_role("heading", name=heading)).to_be_visible()
        return self

    def withdraw(self, subject: str) -> Self:
        """Take back what was written, and say once more that it is meant."""
        self.press("desk.writing.withdraw_named", subject=subject)
        dialog = self.browser.get_by_role("dialog")
        dialog.get_by_role("button", name=self.say("desk.writing.withdraw"), exact=True).click()
        expect(dialog).to_have_count(0)
        return self

    def press(self, key: str, **values: object) -> None:
        """Press a button of the page."""
        main = self.browser.get_by_role("main")
        main.get_by_role("button", name=self.say(key, **values), exact=True).click()


class DeskMessagesPage(WritingPage):
    """利用者へのお知らせ."""

    route = routes.DESK_MESSAGES
    title = "desk.messages.title"

    def send(self) -> Self:
        """Send what was looked at."""
        self.press("desk.messages.send")
        return self


class DeskNewsPage(WritingPage):
    """トップページのお知らせ."""

    route = routes.DESK_NEWS
    title = "desk.news.title"

    def publish(self) -> Self:
        """Publish what was looked at, and wait until it is."""
        self.press("desk.news.publish")
        return self.should_say("desk.news.done.sent")
