"""What Lighthouse finds on the main pages, on the phone that it makes up.

``./portal bench lighthouse``: points lost of 100, each page as at a first visit, those of a patron
signed in. Lighthouse comes from npm when it is asked for, and is no part of the portal.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.report import Figure, middle, report
from e2e.browsers import chromium_for, install_japanese_fonts
from e2e.ports import free_port
from e2e.serving import Serving
from portal_app import routes

LIGHTHOUSE = "lighthouse@13.5.0"
LOOKS = 5  # at each page; the middle one counts
# For all pages. The start of a process takes a fifth of a second, nearly one on the phone that
# Lighthouse makes up, and would be taken for the page's work; a browser in use has one ready.
ONE_PROCESS = "--renderer-process-limit=1"
# The most points that a page may lose.
GOALS: Mapping[str, int] = {"accessibility": 0, "best-practices": 0, "performance": 5}
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
            args=["--no-sandbox", f"--remote-debugging-port={port}", ONE_PROCESS],
        )
        yield from _looked_at(FOR_ANYONE, portal.address, port)
        portal.sign_in(context, "Hanako")
        yield from _looked_at(FOR_PATRONS, portal.address, port)
        context.close()


def _looked_at(pages: Mapping[str, str], address: str, port: int) -> Iterator[Figure]:
    for name, path in pages.items():
        looks = [_scores(address + path, port) for _ in range(LOOKS)]
        for category, goal in GOALS.items():
            lost = round(100 * (1 - middle([scores[category] for scores in looks])))
            yield Figure(name=f"{name}, {category}", value=lost, unit="points lost", goal=goal)


def _scores(url: str, port: int) -> Mapping[str, float]:
    looked = subprocess.run(  # noqa: S603  of the version above, at our own portal
        (
            *("npm", "exec", "--yes", f"--package={LIGHTHOUSE}", "--", "lighthouse", url),
            *(f"--port={port}", "--output=json", "--quiet"),
            f"--only-categories={','.join(GOALS)}",
        ),
        stdout=subprocess.PIPE,
        check=True,
    )
    categories = json.loads(looked.stdout)["categories"]
    return {category: categories[category]["score"] for category in GOALS}


if __name__ == "__main__":
    sys.exit(report("lighthouse", measure()))
