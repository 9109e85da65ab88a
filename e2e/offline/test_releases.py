"""A new release at an old address: there at the next visit, and no page loads over and over."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.devices import Device
from e2e.offline.builds import OLDER_RELEASE, build_for
from e2e.pages.search import SearchPage
from e2e.serving import Serving
from portal_app import libraries, routes
from portal_app.cli import building, serving
from portal_app.text import Lang, say

OLD, NEW = "kagoshima", "koganei"
MILLISECONDS_TO_COME_BACK = 30_000

TAKE_WHAT_IS_NEW = """async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const incoming = registration.installing ?? registration.waiting;
    while (incoming && incoming.state !== "activated")
        await new Promise((changed) => incoming.addEventListener("statechange", changed));
}"""


@dataclass
class Tab:
    """A tab, and how often it has loaded a page."""

    page: Page
    loads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("load", lambda page: self.loads.append(page.url))


@pytest.fixture
def address(portal: Serving) -> Iterator[Serving]:
    """The portal's address, where another release is served for a while."""
    pages = portal.pages
    yield portal
    portal.stop()
    portal.pages = pages
    portal.start()


@pytest.fixture
def tab(device: Device, address: Serving) -> Tab:
    """A tab in which the portal of the old release has been visited."""
    return visit(device)


def test_the_next_visit_shows_the_new_release_and_so_does_the_one_without_a_server(
    tab, device, address
):
    serve(address, NEW)

    tab.page.goto(routes.HOME)

    expect(tab.page).to_have_title(title("home.title", NEW))
    tab.page.evaluate(TAKE_WHAT_IS_NEW)
    assert len(tab.loads) == 2
    address.kill()
    tab = Tab(device.restart())
    for route, key in ((routes.HOME, "home.title"), (routes.LOANS, "loans.title")):
        tab.page.goto(route)
        expect(tab.page).to_have_title(title(key, NEW))
    assert len(tab.loads) == 2


def test_a_tab_left_open_goes_on_with_the_pages_of_its_release(tab, device, address, tmp_path):
    serve(address, with_alerts(NEW, folder=tmp_path))
    other = device.another_tab()
    other.goto(routes.HOME)
    other.evaluate(TAKE_WHAT_IS_NEW)

    tab.page.get_by_role("link", name=say("frame.search", Lang.JA), exact=True).click()

    expect(SearchPage(tab.page).heading).to_be_visible()
    expect(tab.page).to_have_title(title("search.title", OLD))
    assert len(tab.loads) == 1


def test_a_tab_that_no_longer_understands_the_server_loads_the_new_release_once(
    device, address, tmp_path
):
    older = build_for(OLDER_RELEASE, pages=address.pages, to=tmp_path / "older")
    newer = address.pages
    serve(address, OLD, pages=older, app=f"{OLDER_RELEASE}:app")
    tab = visit(device)
    assert is_of(older, tab.page)

    # The tab asks again in growing intervals while the server starts.
    with tab.page.expect_event("load", timeout=MILLISECONDS_TO_COME_BACK):
        serve(address, OLD, pages=newer)

    expect(tab.page.locator("[data-ready=true]")).to_be_attached()
    assert not is_of(older, tab.page)
    assert len(tab.loads) == 2
    assert "version" not in tab.page.inner_text("body")


def test_where_two_releases_answer_at_one_address_a_tab_loads_once_more_and_then_bears_it(
    device, address, link, tmp_path
):
    older = build_for(OLDER_RELEASE, pages=address.pages, to=tmp_path / "older")
    serve(address, OLD, pages=older)
    tab = Tab(device.open())
    with tab.page.expect_event("load", lambda _page: len(tab.loads) == 2):
        tab.page.goto(routes.HOME)
    expect(tab.page.locator("[data-ready=true]")).to_be_attached()
    tab.page.evaluate("navigator.serviceWorker.ready")  # whose script is fetched over the link

    for _outage in range(3):
        with tab.page.expect_websocket() as waiting:
            link.cut()
        waiting.value.wait_for_event("framereceived", lambda frame: "is_hydrated" in str(frame))

    assert len(tab.loads) == 2
    assert "version" not in tab.page.inner_text("body")


def visit(device: Device) -> Tab:
    tab = Tab(device.open())
    tab.page.goto(routes.HOME)
    expect(tab.page.locator("[data-ready=true]")).to_be_attached()
    tab.page.evaluate(TAKE_WHAT_IS_NEW)
    return tab


def serve(
    address: Serving, library: str, *, pages: Path | None = None, app: str = serving.APP
) -> None:
    address.stop()
    address.pages = pages or building.build(library=library, demonstration=True)
    settings = address.settings.model_copy(update={"library": library})
    with (settings.folder / "server.log").open("ab") as log:
        address.server = serving.start(settings, pages=address.pages, output=log, app=app)


def with_alerts(library: str, *, folder: Path) -> str:
    """Return a library's file, with the pages of alerts: the address of one adds to every state.

    So its states are those of a release of the other library, as those of most releases are.
    """
    _, text = libraries.text_of(library)
    without, its_own = "[alerts]\nis_offered = false", "[alerts]\nis_offered = true"
    assert without in text
    file = folder / f"{library}.toml"
    file.write_text(text.replace(without, its_own), "utf-8")
    return str(file)


def is_of(build: Path, page: Page) -> bool:
    """Return whether a page has come from a build."""
    [entry] = build.glob("build/client/assets/entry.client-*.js")
    return f"/assets/{entry.name}" in page.content()


def title(key: str, library: str) -> str:
    name = libraries.load(library).name["ja"]
    return f"{say(key, Lang.JA)}｜{name}"
