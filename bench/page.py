"""What a visit costs: bytes, requests, and the time until there is something to read.

``./portal bench page``: a patron's own page, signed in, in a browser that has
never been here; as it is, and with a slow processor on a slow line. Then the
same page again, and without a connection; and how much of it all the offline
part is.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench._offline_layer import OfflineLayer, weigh_offline_layer
from bench.report import Figure, middle, report
from e2e.browsers import chromium_for
from e2e.pages.sign_in import SignInPage
from e2e.serving import Serving
from portal_app import routes
from portal_app.browser.words import words_of
from portal_app.text import adopt

VISITS = 5
KILOBYTES, REQUESTS = 230, 15  # the goals of the first visit
OFFLINE_KILOBYTES = 8

SLOW_PROCESSOR = 4
SLOW_LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}

# Notes when the patron is named, which the page as built cannot know. The browser
# notes the paint itself.
NOTE_DATA = """(() => {
  const observer = new MutationObserver(() => {
    if (document.querySelector(".patron-name")) {
      window.dataAt = performance.now();
      observer.disconnect();
    }
  });
  observer.observe(document, { childList: true, subtree: true });
})();"""
# The worker has the pages, and the device has the patron's data.
READY_FOR_NEXT_TIME = """async () => {
  await navigator.serviceWorker.ready;
  const answered = (request) => new Promise((done) => {
    request.onsuccess = () => done(request.result);
  });
  for (let count = 0; count < 2; await new Promise((done) => setTimeout(done, 50))) {
    const db = await answered(indexedDB.open("portal"));
    count = await answered(db.transaction("copies").objectStore("copies").count());
    db.close();
  }
}"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One first visit."""

    kilobytes: float
    requests: int
    painted_at: float
    data_at: float


def measure() -> Iterator[Figure]:
    """Visit several times, each time with a browser that knows nothing."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Serving.open(library="kagoshima", folder=Path(folder)) as portal,
        sync_playwright() as playwright,
    ):
        path = chromium_for(playwright, folder=Path(folder))
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        adopt(words_of(portal.library))
        cookies = _signed_in(browser, portal)
        fast = [_visit(browser, portal.address, cookies) for _ in range(VISITS)]
        slow = [_visit(browser, portal.address, cookies, is_slow=True) for _ in range(VISITS)]
        again = [_visit_again(browser, portal.address, cookies) for _ in range(VISITS)]
        browser.close()
        layer = weigh_offline_layer(portal.pages)
    yield _figure("first visit", [v.kilobytes for v in fast], "kB", goal=KILOBYTES)
    yield _figure("requests", [v.requests for v in fast], "requests", goal=REQUESTS)
    for name, visits in (("", fast), (", slow phone", slow)):
        yield _figure(f"first paint{name}", [v.painted_at for v in visits], "ms")
        yield _figure(f"data on screen{name}", [v.data_at for v in visits], "ms")
    yield _figure("data on screen, again", [warm for warm, _ in again], "ms")
    yield _figure("data on screen, without a connection", [cold for _, cold in again], "ms")
    yield from _weights(layer)


def _weights(layer: OfflineLayer) -> Iterator[Figure]:
    yield Figure(name="offline part, in the pages", value=layer.modules / 1000, unit="kB")
    yield Figure(name="offline part, its worker", value=layer.worker / 1000, unit="kB")
    whole = (layer.modules + layer.worker) / 1000
    yield Figure(name="offline part", value=whole, unit="kB", goal=OFFLINE_KILOBYTES)


def _figure(
    name: str, values: list[float] | list[int], unit: str, *, goal: float | None = None
) -> Figure:
    return Figure(name=name, value=middle(values), unit=unit, goal=goal)


def _signed_in(browser: Browser, portal: Serving) -> Any:  # noqa: ANN401  Playwright's own form
    context = browser.new_context(base_url=portal.address)
    member = portal.cast["Hanako"]
    SignInPage(context.new_page()).open().sign_in(
        card_number=member.card_number, password=member.password
    )
    cookies = context.cookies()
    context.close()
    return cookies


def _visit(
    browser: Browser,
    address: str,
    cookies: Any,  # noqa: ANN401  Playwright's own form
    *,
    is_slow: bool = False,
) -> Visit:
    context = browser.new_context(base_url=address)
    context.add_cookies(cookies)
    context.add_init_script(NOTE_DATA)
    page = context.new_page()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    if is_slow:
        network.send("Network.emulateNetworkConditions", SLOW_LINE)
        network.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PROCESSOR})
    sizes: list[float] = []
    requests: list[str] = []
    network.on("Network.requestWillBeSent", lambda sent: requests.append(sent["request"]["url"]))
    network.on("Network.webSocketCreated", lambda sent: requests.append(sent["url"]))
    network.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    network.on(
        "Network.webSocketFrameReceived",
        lambda frame: sizes.append(len(frame["response"]["payloadData"].encode())),
    )
    page.goto(routes.ACCOUNT)
    page.wait_for_selector(".patron-name")
    page.wait_for_load_state("networkidle")
    visit = Visit(
        kilobytes=sum(sizes) / 1000,
        requests=len([url for url in requests if not url.startswith("data:")]),
        painted_at=page.evaluate(PAINT),
        data_at=page.evaluate("window.dataAt"),
    )
    context.close()
    return visit


def _visit_again(browser: Browser, address: str, cookies: Any) -> tuple[float, float]:  # noqa: ANN401  ditto
    """Return when the data was on the screen, with a connection and without one."""
    context = browser.new_context(base_url=address)
    context.add_cookies(cookies)
    context.add_init_script(NOTE_DATA)
    page = context.new_page()
    page.goto(routes.ACCOUNT)
    page.evaluate(READY_FOR_NEXT_TIME)
    page.goto(routes.ACCOUNT)
    page.wait_for_selector(".patron-name")
    warm = page.evaluate("window.dataAt")
    page.wait_for_selector("[data-ready=true]")
    context.set_offline(True)
    page.goto(routes.ACCOUNT)
    page.wait_for_selector(".patron-name")
    cold = page.evaluate("window.dataAt")
    context.close()
    return warm, cold


if __name__ == "__main__":
    sys.exit(report("page", measure()))
