"""A full shelf in a browser: what it takes to see it, and to do something with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter, sleep

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from bench._shelf_stock import NAME, NAME_OF_EMPTY, OWNER, Stock
from bench.report import Figure, middle
from e2e.browsers import chromium_for
from e2e.pages.shelf import ShelfPage
from e2e.pages.sign_in import SignInPage
from portal_app import routes
from portal_app.browser.words import words_of
from portal_app.text import adopt

MOST_NODES = 1_500
MOVED = 100
TIMES = 5
WORDS = "図書"  # in the titles of some, and in every note
SECONDS = 30

# Notes when the first book is on the screen.
NOTE_BOOKS = """(() => {
  const observer = new MutationObserver(() => {
    if (document.querySelector("ol.records > li")) {
      window.booksAt = performance.now();
      observer.disconnect();
    }
  });
  observer.observe(document, { childList: true, subtree: true });
})();"""

# Changes a field as a patron does, and returns how long it took until the page was drawn anew.
CHANGE = """([selector, value]) => new Promise((resolve) => {
  const field = document.querySelector(selector);
  const shown = () => document.querySelector("main").textContent;
  const before = shown();
  const begin = performance.now();
  const observer = new MutationObserver(() => {
    if (shown() === before) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin)));
  });
  observer.observe(document.querySelector("main"), {
    childList: true, subtree: true, characterData: true,
  });
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, value);
  field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input", {
    bubbles: true,
  }));
})"""
TICK_ALL_SHOWN = """() => {
  for (const box of document.querySelectorAll("ol.records > li input[type=checkbox]")) box.click();
}"""
NODES = "document.querySelectorAll('*').length"


@dataclass(frozen=True, kw_only=True)
class ShelfVisit:
    """A browser in which the patron has signed in, at the full shelf."""

    stock: Stock
    context: BrowserContext

    @cached_property
    def page(self) -> Page:
        """The tab."""
        return self.context.new_page()

    @cached_property
    def devtools(self) -> CDPSession:
        """What tells of the tab what pages cannot know."""
        return self.context.new_cdp_session(self.page)

    @property
    def shelf(self) -> ShelfPage:
        """The page of the shelf."""
        return ShelfPage(self.page, name=NAME)

    def open(self) -> float:
        """Open the shelf, and return when its books were on the screen, in milliseconds."""
        self.page.goto(routes.shelf(self.stock.full.shelf_id))
        self.page.wait_for_selector("ol.records > li")
        at = self.page.evaluate("window.booksAt")
        self.shelf.arrive()
        return at

    def change(self, selector: str, value: str) -> float:
        """Change a field, and return how long the page took, in milliseconds."""
        return self.page.evaluate(CHANGE, [selector, value])

    def memory(self) -> float:
        """Return how much memory the page uses, in megabytes."""
        self.devtools.send("HeapProfiler.collectGarbage")
        self.devtools.send("Performance.enable")
        metrics = self.devtools.send("Performance.getMetrics")["metrics"]
        return next(one["value"] for one in metrics if one["name"] == "JSHeapUsedSize") / 1e6


def in_the_browser(stock: Stock) -> Iterator[Figure]:
    """Open the shelf, sort it, look for words, move a hundred books and take it away."""
    with sync_playwright() as playwright:
        path = chromium_for(playwright, folder=stock.file.parent)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        adopt(words_of(stock.portal.library))
        visit = _signed_in(browser, stock)
        yield from _seen(visit)
        yield from _taken_away(visit)
        yield from _moved(visit)
        browser.close()


def _signed_in(browser: Browser, stock: Stock) -> ShelfVisit:
    context = browser.new_context(base_url=stock.portal.address)
    context.add_init_script(NOTE_BOOKS)
    visit = ShelfVisit(stock=stock, context=context)
    member = stock.portal.cast[OWNER]
    SignInPage(visit.page).open().sign_in(card_number=member.card_number, password=member.password)
    return visit


def _seen(visit: ShelfVisit) -> Iterator[Figure]:
    wire = _Wire(visit.devtools)
    for name in ("first time", "again"):
        before = wire.kilobytes
        opened = visit.open()
        visit.page.wait_for_load_state("networkidle")
        yield Figure(name=f"page: open, {name}", value=opened, unit="ms")
        sent = wire.kilobytes - before
        yield Figure(name=f"page: over the wire, {name}", value=sent, unit="kB")
    nodes = visit.page.evaluate(NODES)
    yield Figure(name="page: nodes", value=nodes, unit="nodes", goal=MOST_NODES)
    yield Figure(name="page: memory", value=visit.memory(), unit="MB")
    sorts = [visit.change("select[name=sort]", by) for by in ("title", "author", "published")]
    yield Figure(name="page: sort", value=middle(sorts), unit="ms")
    words = [visit.change("input[name=words]", word) for word in (WORDS, WORDS[:1], "")]
    yield Figure(name="page: search, first word", value=words[0], unit="ms")
    yield Figure(name="page: search", value=middle(words[1:]), unit="ms")
    largest = visit.change("select[name=size]", str(MOVED))
    yield Figure(name=f"page: show {MOVED}", value=largest, unit="ms")
    nodes = visit.page.evaluate(NODES)
    yield Figure(name=f"page: nodes, {MOVED} on it", value=nodes, unit="nodes")


def _taken_away(visit: ShelfVisit) -> Iterator[Figure]:
    visit.page.locator(".downloads summary").click()
    for name, is_offline in (("", False), (", without a connection", True)):
        visit.context.set_offline(is_offline)
        visit.shelf.should_be("offline" if is_offline else "online")
        for kind in ("text", "csv"):
            took = middle([_download(visit, kind) for _ in range(TIMES)])
            yield Figure(name=f"page: download {kind}{name}", value=took, unit="ms")
    visit.context.set_offline(False)
    visit.shelf.should_be("online")


def _download(visit: ShelfVisit, kind: str) -> float:
    menu = visit.page.locator(".downloads")
    name = visit.shelf.say(f"shelf_downloads.format.{kind}")
    begin = perf_counter()
    with visit.page.expect_download() as saving:
        menu.get_by_role("link", name=name).first.click()
    saving.value.path()
    return (perf_counter() - begin) * 1000


def _moved(visit: ShelfVisit) -> Iterator[Figure]:
    visit.page.evaluate(TICK_ALL_SHOWN)
    visit.shelf.should_have_chosen(MOVED).press("shelves.page.move")
    asked = visit.shelf.dialog("move")
    asked.get_by_role("radio", name=re.compile(f"^{NAME_OF_EMPTY}（")).check()
    begin = perf_counter()
    asked.get_by_role("button", name=visit.shelf.say("shelves.page.move")).click()
    visit.shelf.should_have_chosen(0)
    yield Figure(name=f"page: move {MOVED}, shown", value=_since(begin), unit="ms")
    while visit.stock.moved() < MOVED and perf_counter() - begin < SECONDS:
        sleep(0.005)
    yield Figure(name=f"page: move {MOVED}, at the library", value=_since(begin), unit="ms")


def _since(begin: float) -> float:
    return (perf_counter() - begin) * 1000


class _Wire:
    """Adds up what comes over the wire."""

    def __init__(self, devtools: CDPSession) -> None:
        self._bytes = 0
        devtools.send("Network.enable")
        devtools.on("Network.loadingFinished", lambda done: self._add(done["encodedDataLength"]))
        devtools.on(
            "Network.webSocketFrameReceived",
            lambda frame: self._add(len(frame["response"]["payloadData"].encode())),
        )

    @property
    def kilobytes(self) -> float:
        """How many kilobytes have come so far."""
        return self._bytes / 1000

    def _add(self, number: int) -> None:
        self._bytes += number
