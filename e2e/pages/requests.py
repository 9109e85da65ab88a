"""What was asked for on this device and how far it has come, as a patron sees it."""

from typing import NamedTuple, Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from portal_app import routes


class Request(NamedTuple):
    """Something that was asked for: a kind, such as ``loans.renew``, and what it is about.

    Of shelves it is the ``name``, perhaps another shelf as the ``target``, and so many ``books``.
    """

    kind: str
    title: str = ""
    name: str = ""
    target: str = ""
    books: int = 0


class RequestsPage(PortalPage):
    """What waits to be sent, what the library refused, and what is done."""

    route = routes.REQUESTS
    title = "outbox.title"

    @property
    def refused(self) -> Locator:
        """Return where the page lists what the library refused."""
        return self.browser.get_by_role("region", name=self.say("outbox.refused_title"))

    @property
    def done(self) -> Locator:
        """Return where the page lists what is done."""
        return self.browser.get_by_role("region", name=self.say("outbox.done_title"))

    def waiting(self, *, count: int) -> Locator:
        """Return where the page lists what waits, if it is so much."""
        name = self.say("outbox.waiting_title", count=count)
        return self.browser.get_by_role("region", name=name)

    def row(self, request: Request) -> Locator:
        """Return something that was asked for, wherever it is listed."""
        heading = self.browser.get_by_role("heading", level=3, name=self.call(request))
        return self.browser.get_by_role("main").get_by_role("listitem").filter(has=heading)

    def call(self, request: Request) -> str:
        """Return how the page calls a request."""
        kind, title, name, target, books = request
        return self.say(f"outbox.kind.{kind}", title=title, name=name, target=target, count=books)

    def try_again(self, request: Request) -> Self:
        """Send what was refused once more."""
        return self._press("outbox.try_again_named", request)

    def dismiss(self, request: Request) -> Self:
        """Forget what was refused or is done."""
        return self._press("outbox.dismiss_named", request)

    def dismiss_settled(self) -> Self:
        """Forget everything that was refused or is done."""
        self.browser.get_by_role("button", name=self.say("outbox.dismiss_all")).click()
        return self

    def should_wait_with(self, *requests: Request) -> Self:
        """Check what waits, the latest first."""
        return self._should_list(self.waiting(count=len(requests)), requests)

    def should_have_refused(self, *requests: Request) -> Self:
        """Check what is listed as refused, the latest first."""
        return self._should_list(self.refused, requests)

    def should_have_done(self, *requests: Request) -> Self:
        """Check what is listed as done, the latest first."""
        return self._should_list(self.done, requests)

    def should_explain(self, request: Request, key: str, **values: object) -> Self:
        """Check the reason that a request gives."""
        expect(self.row(request)).to_contain_text(self.say(key, **values))
        return self

    def _press(self, button: str, request: Request) -> Self:
        name = self.say(button, what=self.call(request))
        self.row(request).get_by_role("button", name=name, exact=True).click()
        return self

    def _should_list(self, region: Locator, requests: tuple[Request, ...]) -> Self:
        headings = region.get_by_role("heading", level=3)
        expect(headings).to_have_text([self.call(request) for request in requests])
        return self
