"""What Lighthouse finds on the main pages, on the phone that it makes up.

``./portal bench lighthouse``: points lost of 100, each page as at a first visit, those of a patron
signed in. Lighthouse comes from npm when it is asked for, and is no part of the portal.

Lighthouse takes every moment for the page's in which its thread was not done, also those in which
the machine did something else. Performance by processor time is Lighthouse's number with the time
alone for which the thread has really run.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from bench.report import Figure, middle, report
from e2e.browsers import chromium_for, install_japanese_fonts
from e2e.ports import free_port
from e2e.serving import Serving
from portal_app import routes

LIGHTHOUSE = "lighthouse@13.5.0"
LOOKS = 3  # at each page; the middle one counts
CATEGORIES = ("accessibility", "best-practices", "performance")
BY_PROCESSOR = "performance by processor time"
# The most points that a page may lose.
GOALS: Mapping[str, int] = {
    "accessibility": 0,
    "best-practices": 0,
    "performance": 5,
    BY_PROCESSOR: 5,
}
FOR_ANYONE = {
    "home": routes.HOME,
    "search": f"{routes.SEARCH}?q=%E6%9C%AC",
    "record": routes.record(1),
    "sign-in": routes.SIGN_IN,
}
FOR_PATRONS = {
    "account": routes.ACCOUNT,
    "loans": routes.LOANS,
    "holds": routes.HOLDS,
    "cart": routes.CART,
    "shelves": routes.SHELVES,
}


def measure() -> Iterator[Figure]:
    """Let Lighthouse look at each page."""
    install_japanese_fonts()
    with (
        tempfile.TemporaryDirectory() as folder,
        Serving.open(library="kagoshima", folder=Path(folder)) as portal,
        sync_playwright() as playwright,
    ):
        port = free_port()
        context = playwright.chromium.launch_persistent_context(
            Path(folder) / "profile",
            executable_path=chromium_for(playwright, folder=Path(folder)),
            args=["--no-sandbox", f"--remote-debugging-port={port}"],
        )
        yield from _looked_at(FOR_ANYONE, portal.address, port)
        portal.sign_in(context, "Hanako")
        yield from _looked_at(FOR_PATRONS, portal.address, port)
        context.close()


def _looked_at(pages: Mapping[str, str], address: str, port: int) -> Iterator[Figure]:
    for name, path in pages.items():
        looks = [_scores(address + path, port) for _ in range(LOOKS)]
        for category, goal in GOALS.items():
            lost = 100 * (1 - middle([scores[category] for scores in looks]))
            yield Figure(name=f"{name}, {category}", value=lost, unit="points lost", goal=goal)


def _scores(url: str, port: int) -> Mapping[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        _lighthouse(url, f"--gather-mode={folder}", f"--port={port}")
        scores = _judged(url, folder)
        trace = Path(folder) / "trace.json"
        events = json.loads(trace.read_text("utf-8"))["traceEvents"]
        trace.write_text(json.dumps({"traceEvents": list(_by_processor(events))}), "utf-8")
        return {**scores, BY_PROCESSOR: _judged(url, folder)["performance"]}


def _judged(url: str, folder: str) -> Mapping[str, float]:
    look = json.loads(_lighthouse(url, f"--audit-mode={folder}", "--output=json"))
    return {category: look["categories"][category]["score"] for category in CATEGORIES}


def _lighthouse(url: str, *options: str) -> bytes:
    looked = subprocess.run(  # noqa: S603  of the version above, at our own portal
        (
            *("npm", "exec", "--yes", f"--package={LIGHTHOUSE}", "--", "lighthouse", url),
            *(f"--only-categories={','.join(CATEGORIES)}", "--quiet", *options),
        ),
        stdout=subprocess.PIPE,
        check=True,
    )
    return looked.stdout


def _by_processor(events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what was traced, each task of the page's thread as long as it has run."""
    seen = next(event for event in events if event["name"] == "firstContentfulPaint")
    task: Mapping[str, Any] = {"ts": 0, "dur": 0}
    for event in sorted(events, key=lambda event: (event["ts"], -event.get("dur", 0))):
        if (event["pid"], event["tid"]) != (seen["pid"], seen["tid"]) or "tts" not in event:
            yield event
            continue
        if event["name"] == "RunTask":
            task = event
        ran = {"dur": event["tdur"]} if "tdur" in event else {}
        if event["ts"] > task["ts"] + task["dur"]:
            yield {**event, **ran}
        else:
            yield {**event, **ran, "ts": task["ts"] + event["tts"] - task["tts"]}


if __name__ == "__main__":
    sys.exit(report("lighthouse", measure()))
