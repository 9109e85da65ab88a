"""The pages without a server, and that nothing but the pages is kept."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from e2e.devices import Device
from e2e.pages.account import AccountPage
from e2e.pages.base import PortalPage
from e2e.pages.loans import LoansPage
from e2e.pages.sign_in import SignInPage
from portal_app import routes
from portal_app.portal_app import PAGES
from portal_app.text import Lang, say

# With nothing in the cart, nothing placed and nothing written, these lead on by themselves.
LEADS_ON = {
    routes.CONFIRM_HOLDS: routes.CART,
    routes.HOLDS_PLACED: routes.CART,
    routes.CONFIRM_INFORMATION: routes.PATRON_INFORMATION,
}

# Every address of the portal with a page of its own, as a patron may have noted it.
NOTED = {
    address.format(re.sub(r"\[\w+\]", "123", route)): PAGES[LEADS_ON.get(route, route)].title
    for route in PAGES
    if route != routes.NOT_FOUND
    for address in ("{}", "{}?q=猫&page=2")
}

BESIDES = {"/__spa-fallback.html", "/icon.svg", "/manifest.webmanifest"}

WHAT_IS_KEPT = """async () => {
    const all = {};
    for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys())
            all[new URL(url).pathname] = await (await caches.match(url)).text();
    return all;
}"""


@pytest.fixture
def visited(device: Device) -> Page:
    """The tab in which the portal has been visited once."""
    tab = device.open()
    tab.goto(routes.HOME)
    tab.evaluate("navigator.serviceWorker.ready")
    return tab


def test_nothing_keeps_a_browser_from_installing_the_portal(visited):
    browser = visited.context.new_cdp_session(visited)

    manifest = browser.send("Page.getAppManifest")

    assert browser.send("Page.getInstallabilityErrors") == {"installabilityErrors": []}
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["name"] == "鹿児島県立図書館"


def test_after_one_visit_every_page_opens_without_a_server(visited, device, portal):
    portal.kill()

    tab = device.restart()

    for address, title in NOTED.items():
        tab.goto(address)
        expect(tab).to_have_title(say("common.page_title", Lang.JA, page=say(title, Lang.JA)))
        expect(tab.get_by_role("main")).to_be_attached()


def test_a_server_that_keeps_silent_is_not_waited_for(visited, link):
    link.freeze()

    visited.goto(routes.LOANS)

    expect(visited).to_have_title(title_of(LoansPage))


def test_a_proxy_that_cannot_reach_the_portal_does_not_stand_in_the_way(visited, device, link):
    link.refuse()
    with bad_gateway(link.port):
        tab = device.restart()
        tab.goto(routes.LOANS)

        expect(tab).to_have_title(title_of(LoansPage))
    assert all("502" in complaint for complaint in device.complaints)
    device.complaints.clear()


def test_nothing_of_a_patron_is_kept(visited, portal, sign_in):
    sign_in(visited, "Hanako", AccountPage)
    for address in (routes.LOANS, routes.HOLDS, routes.CART, "/records/5"):
        visited.goto(address)
        expect(visited.locator("[data-ready=true]")).to_be_attached()

    kept = visited.evaluate(WHAT_IS_KEPT)

    hanako = portal.cast["Hanako"].card_number
    built = {route for route in PAGES if "[" not in route and route != routes.NOT_FOUND}
    named_by_content = {address for address in kept if address.startswith("/assets/")}
    assert set(kept) - named_by_content == {*built, *BESIDES}
    assert not [address for address, text in kept.items() if hanako in text or "花子" in text]


def test_signing_out_leaves_the_pages_where_they_are(visited, device, portal, sign_in):
    account = sign_in(visited, "Hanako", AccountPage)
    account.card.get_by_role("button", name=say("frame.sign_out", Lang.JA)).click()
    SignInPage(visited).arrive()
    portal.kill()

    tab = device.restart()
    tab.goto(routes.LOANS)

    expect(tab).to_have_title(title_of(LoansPage))


def title_of(kind: type[PortalPage]) -> str:
    return say("common.page_title", Lang.JA, page=say(kind.title, Lang.JA))


class BadGateway(BaseHTTPRequestHandler):
    """Says what a proxy says without a portal behind it."""

    def do_GET(self) -> None:
        self.send_error(HTTPStatus.BAD_GATEWAY)

    def log_message(self, format: str, *said: object) -> None:  # noqa: A002  as its parent has it
        """Keep it to itself."""


@contextmanager
def bad_gateway(port: int) -> Iterator[None]:
    with ThreadingHTTPServer(("127.0.0.1", port), BadGateway) as proxy:
        thread = Thread(target=proxy.serve_forever)
        thread.start()
        try:
            yield
        finally:
            proxy.shutdown()
            thread.join()
