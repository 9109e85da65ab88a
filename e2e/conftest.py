"""The browser, the portals and the cast that every journey may use."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    StorageState,
    expect,
    sync_playwright,
)

from e2e import contact_sheet, report
from e2e.browsers import chromium_for, install_japanese_fonts
from e2e.devices import MILLISECONDS_TO_ANSWER
from e2e.keyboard import take_the_pointer_away
from e2e.mail import Inbox
from e2e.narrowing import is_taken
from e2e.offline.stores import wait_until_nothing_waits
from e2e.pages.base import AnyPage
from e2e.pages.not_found import NotFoundPage
from e2e.serving import Serving
from portal_app.browser.words import words_of
from portal_app.settings import PROJECT
from portal_app.text import Lang, adopt

PICTURES = PROJECT / "test-results"

DEVICES = {
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 2,
        "has_touch": True,
        "is_mobile": True,
    },
    "tablet": {"viewport": {"width": 820, "height": 1180}, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}

Newcomer = Callable[[], Page]


class PatronAt(Protocol):
    """Signs somebody of the cast in on the way to a page."""

    def __call__(self, name: str, kind: type[AnyPage], /) -> AnyPage: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--pictures",
        action="store_true",
        help="keep a picture of every page in test-results, and renew those of the README",
    )
    parser.addoption(
        "--keyboard",
        action="store_true",
        help="use phones and tablets with a keyboard alone, too, as desktops always",
    )
    parser.addoption(
        "--contact-sheet",
        action="store_true",
        help="take pictures of every page alone, and put them side by side in test-results",
    )
    parser.addoption(
        "--accessibility-report",
        action="store_true",
        help="look for barriers alone, and write down what was found for the page that says so",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "crosswise: each library on another device")
    config.addinivalue_line("markers", "criteria(*numbers): what of WCAG it holds")
    if config.getoption("accessibility_report"):
        report.begin()
    if config.getoption("contact_sheet"):
        contact_sheet.begin(PICTURES)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = filter(is_taken, items)
    if report.current():
        items[:] = filter(_looks_for_barriers, items)
    if contact_sheet.current():
        items[:] = filter(_shows_every_page, items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    made = yield
    item.stash.setdefault(FAILED, []).append(made.failed)
    run = report.current()
    if run and made.when == "call":
        run.note_test(_criteria_of(item), has_failed=made.failed)
    return made


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    run = report.current()
    if run and run.views:
        has_ended = exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
        run.write(is_whole=has_ended and not session.config.getoption("keyword"))
    sheet = contact_sheet.current()
    if sheet and sheet.rows:
        sheet.write()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    sheet = contact_sheet.current()
    if sheet and sheet.rows:
        terminalreporter.write_line(f"The contact sheet is {sheet.file}")


def _shows_every_page(item: pytest.Item) -> bool:
    if item.name.partition("[")[0] != "test_every_page_is_open_to_everybody":
        return False
    chosen = item.callspec.params  # type: ignore[attr-defined]  a test that was parametrized
    return chosen["served"] == "kagoshima" and chosen["device"] in contact_sheet.WIDTHS


def _looks_for_barriers(item: pytest.Item) -> bool:
    return "inspect" in getattr(item, "fixturenames", ()) or bool(list(_criteria_of(item)))


def _criteria_of(item: pytest.Item) -> Iterator[str]:
    for marker in item.iter_markers("criteria"):
        yield from marker.args


FAILED = pytest.StashKey[list[bool]]()


@pytest.fixture(scope="module")
def chromium(tmp_path_factory) -> Iterator[Browser]:
    """A browser. Playwright keeps an event loop for itself, so no longer than it must."""
    install_japanese_fonts()
    expect.set_options(timeout=MILLISECONDS_TO_ANSWER)
    with sync_playwright() as playwright:
        path = chromium_for(playwright, folder=tmp_path_factory.getbasetemp())
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture(scope="session", params=["kagoshima", "koganei"])
def served(request, tmp_path_factory) -> Iterator[Serving]:
    """A portal for each preset, served once for all tests."""
    with Serving.open(library=request.param, folder=tmp_path_factory.mktemp(request.param)) as it:
        yield it


@pytest.fixture
def portal(served: Serving) -> Serving:
    """The portal, with the demonstration as it was in the beginning."""
    served.make_as_found()
    adopt(words_of(served.library))
    return served


@pytest.fixture
def inbox(portal: Serving) -> Iterator[Inbox]:
    """The patrons' mail: the portal sends it over a real mail server, a moment after it is written.

    Ask for it before the page that writes a letter is opened: the portal is started anew.
    """
    with Inbox.open() as inbox, portal.with_settings(**inbox.settings):
        yield inbox


@pytest.fixture(params=list(DEVICES))
def device(request) -> str:
    """What the patron holds in hand: the test runs on each."""
    return request.param


@pytest.fixture
def look() -> Mapping[str, str]:
    """What the patron has chosen in the display menu; a test may ask for other choices."""
    return {}


@pytest.fixture
def lang(look: Mapping[str, str]) -> Lang:
    """What the patron reads."""
    chosen = Lang(look.get("lang", Lang.JA))
    return Lang.EASY if (chosen, look.get("mode")) == (Lang.JA, "child") else chosen


@pytest.fixture
def newcomer(
    chromium: Browser,
    portal: Serving,
    device: str,
    look: Mapping[str, str],
    request,
    monkeypatch,
) -> Iterator[Newcomer]:
    """Open browsers that nobody has used yet; what goes wrong in one fails the test.

    A desktop has no pointer: what is pressed in a journey there, the keyboard presses.
    """
    if device == "desktop" or request.config.getoption("keyboard"):
        take_the_pointer_away(monkeypatch)
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def listen(line: ConsoleMessage) -> None:
        # An address that leads nowhere is an error to the browser, too.
        if line.type == "error" and not line.location["url"].endswith(NotFoundPage.nowhere):
            complaints.append(f"{line.location['url']}: {line.text}")

    def come() -> Page:
        context = chromium.new_context(
            base_url=portal.address,
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            reduced_motion="reduce",
            storage_state=kept(look, origin=portal.address),
            **DEVICES[device],
        )
        contexts.append(context)
        context.set_default_timeout(MILLISECONDS_TO_ANSWER)
        context.on("weberror", lambda failure: complaints.append(str(failure.error)))
        context.on("console", listen)
        return context.new_page()

    yield come
    if any(request.node.stash.get(FAILED, [])):
        for number, page in enumerate(page for context in contexts for page in context.pages):
            photograph(page, name=f"failed-{request.node.name}-{number}")
    for context in contexts:
        for page in context.pages:
            let_arrive(page, address=portal.address)
        context.close()
    assert not complaints


@pytest.fixture
def visitor(newcomer: Newcomer) -> Page:
    """A browser that nobody has used yet."""
    return newcomer()


@pytest.fixture
def patron_at(visitor: Page, portal: Serving, lang: Lang) -> PatronAt:
    """Sign somebody of the cast in on the way to a page: ``patron_at("Yuki", CartPage)``."""

    def sign_in(name: str, kind: type[AnyPage]) -> AnyPage:
        portal.sign_in(visitor.context, name)
        visitor.goto(kind.route)
        return kind(visitor, lang).arrive()

    return sign_in


@pytest.fixture
def hanako_at(patron_at: PatronAt) -> Callable[[type[AnyPage]], AnyPage]:
    """Hanako, in good standing, signed in and at a page."""
    return partial(patron_at, "Hanako")


@pytest.fixture
def taro_at(patron_at: PatronAt) -> Callable[[type[AnyPage]], AnyPage]:
    """Taro, who is late with two books, signed in and at a page."""
    return partial(patron_at, "Taro")


def kept(look: Mapping[str, str], *, origin: str) -> StorageState:
    """Return what a device keeps of a patron's choices, as display.js writes it."""
    if not look:
        return {}
    written = json.dumps(dict(look))
    return {
        "origins": [
            {"origin": origin, "localStorage": [{"name": "portal.display", "value": written}]}
        ]
    }


def let_arrive(page: Page, *, address: str) -> None:
    """Wait until what was done on a page is done, lest it be done to the next test's portal."""
    if page.url.startswith(address):
        wait_until_nothing_waits(page)


def photograph(page: Page, *, name: str) -> Path:
    """Keep a picture of the whole page, for people to look at."""
    file = PICTURES / f"{name.replace('/', '-')}.png"
    page.screenshot(path=file, full_page=True)
    return file
