"""What every page object can do."""

from typing import ClassVar, Self

from playwright.sync_api import Locator, Page, expect

from portal_app.text import Lang, say


class PortalPage:
    """A page of the portal, as a patron reading one language sees it."""

    route: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, browser: Page, lang: Lang = Lang.JA) -> None:
        self.browser = browser
        self.lang = lang

    @property
    def heading(self) -> Locator:
        """Return the one heading of the page."""
        return self.browser.get_by_role("heading", level=1, name=self.say(self.title))

    def say(self, key: str, **values: object) -> str:
        """Return the text that the patron should read."""
        return say(key, self.lang, **values)

    def open(self) -> Self:
        """Go to the page's address and wait for it."""
        self.browser.goto(self.route)
        return self.arrive()

    def arrive(self) -> Self:
        """Wait until the page is drawn and its events reach the server."""
        expect(self.browser.locator("[data-ready=true]")).to_be_attached()
        expect(self.heading).to_be_visible()
        return self

    def should_say(self, key: str, **values: object) -> Self:
        """Check that a text stands on the page."""
        expect(self.browser.get_by_text(self.say(key, **values)).first).to_be_visible()
        return self
