"""How long a click takes, beside the smallest server of the same kind.

``./portal bench event``: an event that changes one var, from a program; and a
click until the page has changed, in a browser. The reference of each is the
same through a python-socketio echo.
"""

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import socketio
from playwright.sync_api import Page, sync_playwright

from bench.report import Figure, middle, report, slowest_of_twenty
from e2e.browsers import chromium_for
from e2e.serving import Serving, free_port
from portal_app import routes

WARM_UP = 30
TIMES = 300
GOAL = 5  # times the echo
HANDLER = "reflex___state____state.portal_app___state___search____search_state.highlight"
PLACE = {"pathname": routes.SEARCH, "query": {}, "asPath": routes.SEARCH}

# Clicks, and answers how long it took until anything below the target changed.
CLICKS = """async ([selector, target, times]) => {
  const button = document.querySelector(selector);
  const took = [];
  for (let i = 0; i < times; i++) {
    took.push(await new Promise((done) => {
      const begin = performance.now();
      const observer = new MutationObserver(() => {
        observer.disconnect();
        done(performance.now() - begin);
      });
      observer.observe(document.querySelector(target),
        { childList: true, subtree: true, characterData: true });
      button.click();
    }));
    await new Promise((done) => setTimeout(done, 5));
  }
  return took;
}"""


def measure() -> Iterator[Figure]:
    """Measure the portal and the echo, one right after the other."""
    with (
        tempfile.TemporaryDirectory() as folder,
        _echo() as echo,
        Serving.open(library="kagoshima", folder=Path(folder)) as portal,
    ):
        event = asyncio.run(_round_trips(portal.address, _event()))
        empty = asyncio.run(_round_trips(echo, {"count": 1}))
        yield from _figures("event", event, empty)
        with sync_playwright() as playwright:
            path = chromium_for(playwright, folder=Path(folder))
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            page = browser.new_page()
            changed = _clicks_on_the_portal(page, portal.address)
            echoed = _clicks_on_the_echo(page, echo)
            browser.close()
        yield from _figures("click to changed page", changed, echoed)


def _figures(name: str, taken: list[float], reference: list[float]) -> Iterator[Figure]:
    for of, measure_of, goal in (("median", middle, GOAL), ("p95", slowest_of_twenty, None)):
        yield Figure(
            name=f"{name}, {of}",
            value=measure_of(taken),
            unit="ms",
            reference=measure_of(reference),
            goal=goal,
        )


@contextmanager
def _echo() -> Iterator[str]:
    port = free_port()
    server = subprocess.Popen(  # noqa: S603  our own program
        [
            *(sys.executable, "-m", "granian", "--interface", "asgi", "--workers", "1"),
            *("--port", str(port), "--log-level", "warning", "bench._echo:app"),
        ],
    )
    try:
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(10)


async def _round_trips(address: str, sent: object) -> list[float]:
    """Return how many milliseconds each of many events took to be answered."""
    client = socketio.AsyncClient()
    answered = asyncio.Event()
    client.on("event", lambda _answer: answered.set(), namespace="/_event")
    await client.connect(
        f"{address}/_event?token=bench",
        headers={"Origin": address},
        transports=["websocket"],
        namespaces=["/_event"],
        socketio_path="/_event",
        retry=True,
    )
    taken: list[float] = []
    for _ in range(WARM_UP + TIMES):
        answered.clear()
        begin = perf_counter()
        await client.emit("event", sent, namespace="/_event")
        await asyncio.wait_for(answered.wait(), 10)
        taken.append((perf_counter() - begin) * 1000)
        await asyncio.sleep(0.04)  # as fast as the shield lets one browser send
    await client.disconnect()
    return taken[WARM_UP:]


def _event() -> dict[str, object]:
    return {"name": HANDLER, "payload": {}, "router_data": PLACE}


def _clicks_on_the_portal(page: Page, address: str) -> list[float]:
    page.goto(f"{address}{routes.SEARCH}?q=こころ")
    page.wait_for_selector("mark")
    return _clicks(page, "input[name=highlight]", ".records")


def _clicks_on_the_echo(page: Page, address: str) -> list[float]:
    page.goto(address)
    page.wait_for_selector("[data-ready=true]")
    return _clicks(page, "button", "button")


def _clicks(page: Page, selector: str, target: str) -> list[float]:
    page.evaluate(CLICKS, [selector, target, WARM_UP])
    return page.evaluate(CLICKS, [selector, target, TIMES // 5])


if __name__ == "__main__":
    sys.exit(report("event", measure()))
