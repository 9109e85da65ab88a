"""What every page object can do."""

import datetime as dt
import re
from typing import ClassVar, Self, TypeVar

from playwright.sync_api import Locator, Page, expect

from portal_app.text import Lang, say
from portal_app.text.dates import written_day

AnyPage = TypeVar("AnyPage", bound="PortalPage")


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
        return self.browser.get_by_role("heading", level=1, name=self.named(self.title))

    @property
    def card(self) -> Locator:
        """Return where the page says whose card it is."""
        return self.browser.get_by_role("region", name=self.named("frame.account"))

    def say(self, key: str, **values: object) -> str:
        """Return the text that the patron should read."""
        return say(key, self.lang, **values)

    def named(self, key: str, **values: object) -> str | re.Pattern[str]:
        """Return how what has a text for its name is called: there readings are left out.

        Playwright takes each piece with a reading for a word of its own.
        """
        text = self.say(key, **values)
        if self.lang is not Lang.EASY:
            return text
        letters = re.sub(r"\([ぁ-ゖー]+\)| ", "", text)
        return re.compile(r"^\s*" + r"\s*".join(map(re.escape, letters)))

    def day(self, day: dt.date) -> str:
        """Return a day as the patron should read it."""
        return written_day(day, self.lang)

    def open(self) -> Self:
        """Go to the page's address and wait for it."""
        self.browser.goto(self.route)
        return self.arrive()

    def arrive(self) -> Self:
        """Wait until the page is drawn and its events reach the server."""
        expect(self.browser.locator("[data-ready=true]")).to_be_attached()
        expect(self.heading).to_be_visible()
        return self

    def visit(self) -> Self:
        """Arrive with something to see. Some pages are reached only by way of others."""
        return self.open()

    def follow(self, key: str, to: type[AnyPage]) -> AnyPage:
        """Choose a link of the page by its text, and arrive at its page."""
        main = self.browser.get_by_role("main")
        main.get_by_role("link", name=self.named(key), exact=True).click()
        return to(self.browser, self.lang).arrive()

    @property
    def unread(self) -> int:
        """Return how many messages the bar with the card says are unread."""
        link = self.card.get_by_role("link", name=self.named("frame.messages"))
        counted = link.locator(".count > [aria-hidden]")
        return int(counted.inner_text()) if counted.count() else 0

    def should_have_unread(self, count: int) -> Self:
        """Check how many messages the bar with the card says are unread."""
        said = self.say("frame.messages") + (self.say("frame.unread", count=count) if count else "")
        link = self.card.get_by_role("link", name=said, exact=True)
        expect(link).to_be_visible()
        return self

    def menu_entry(self, key: str) -> Locator:
        """Return an entry of the menu by its word, long or short; a number may follow."""
        words = [self.say(key), *([self.say(f"{key}_short")] if key in _SHORTENED else [])]
        menu = self.browser.get_by_role("navigation", name=self.named("frame.menu"))
        return menu.get_by_role(
            "link", name=re.compile(f"^({'|'.join(map(re.escape, words))})( ?[（(\\d]|$)")
        )

    def follow_menu(self, key: str, to: type[AnyPage]) -> AnyPage:
        """Choose an entry of the menu, and arrive at its page."""
        self.menu_entry(key).click()
        return to(self.browser, self.lang).arrive()

    def open_menu(self, key: str) -> Self:
        """Open a menu of the header, such as the display menu."""
        banner = self.browser.get_by_role("banner")
        banner.get_by_role("button", name=self.named(key), exact=True).click()
        expect(banner.get_by_role("radio").first).to_be_visible()
        return self

    def close_menu(self) -> Self:
        """Close whatever menu is open."""
        self.browser.keyboard.press("Escape")
        expect(self.browser.get_by_role("banner").get_by_role("radio")).to_have_count(0)
        return self

    def choose_display(self, name: str, choice: str) -> Self:
        """Choose in the display menu how something looks."""
        self.open_menu("display.title")
        banner = self.browser.get_by_role("banner")
        banner.get_by_role("radio", name=self.say(f"display.{name}.{choice}"), exact=True).check()
        return self.close_menu()

    @property
    def connection(self) -> Locator:
        """Return the bar that says whether there is a connection and how much waits for one."""
        return self.browser.locator("[data-connection]")

    def should_have_waiting(self, count: int) -> Self:
        """Check how much waits to be sent."""
        if not count:
            expect(self.connection.get_by_role("link")).to_have_count(0)
            return self
        expect(self.connection).to_contain_text(self.say("frame.waiting", count=count))
        return self

    def follow_what_waits(self, to: type[AnyPage]) -> AnyPage:
        """Choose the bar's link to what waits, and arrive at its page."""
        self.connection.get_by_role("link").click()
        return to(self.browser, self.lang).arrive()

    def should_be(self, connection: str) -> Self:
        """Check that the page knows it is ``online``, ``reconnecting`` or ``offline``."""
        expect(self.connection).to_have_attribute("data-connection", connection)
        return self

    def keep_nothing(self) -> Self:
        """Say, where the page asks, that this device shall keep nothing."""
        choice = self.browser.get_by_role("checkbox", name=self.named("keeping.choice"))
        choice.click()
        expect(choice).not_to_be_checked()
        return self

    def sign_out(self) -> None:
        """Sign out, wherever that leads."""
        self.browser.get_by_role("button", name=self.named("frame.sign_out")).click()

    def should_say(self, key: str, **values: object) -> Self:
        """Check that a text stands on the page."""
        expect(self.browser.get_by_text(self.say(key, **values)).first).to_be_visible()
        return self


_SHORTENED = frozenset({"frame.portal", "frame.loans", "frame.holds", "frame.shelves"})
