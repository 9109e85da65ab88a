"""Finding a browser and the fonts for it. Without a browser the tests fail; they never skip."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Playwright

MINUTES_10 = 600

# Unpacks the browser that an npm package carries, and says where it is.
UNPACK = "import('@sparticuz/chromium').then(m => m.default.executablePath()).then(console.log)"


class NoBrowser(RuntimeError):
    """Raised when this machine has no browser and none could be installed."""


def chromium_for(playwright: Playwright, *, folder: Path) -> str:
    """Return the path of a Chromium, installing one when there is none."""
    for path in _chromiums(playwright, folder):
        if path and Path(path).exists():
            return path
    message = "No Chromium was found and none could be installed; PORTAL_CHROMIUM may name one."
    raise NoBrowser(message)


def install_japanese_fonts() -> None:
    """Add a Japanese font where there is none, so that pictures show words and not boxes."""
    listed = shutil.which("fc-list")
    if listed and subprocess.check_output([listed, ":lang=ja"]):
        return
    _apt_get("fontconfig", "fonts-noto-cjk")


def _chromiums(playwright: Playwright, folder: Path) -> Iterator[str | None]:
    """Yield where a browser may be, cheapest first; what stands later may install one."""
    yield os.environ.get("PORTAL_CHROMIUM")
    yield playwright.chromium.executable_path
    yield _on_path()
    _run(sys.executable, "-m", "playwright", "install", "--with-deps", "chromium")
    yield playwright.chromium.executable_path
    for package in ("chromium-headless-shell", "chromium"):
        _apt_get(package)
        yield _on_path()
    yield _from_npm(folder)


def _on_path() -> str | None:
    # The first draws the same pages without a window around them, in half the time.
    names = (
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    )
    return next(filter(None, map(shutil.which, names)), None)


def _from_npm(folder: Path) -> str | None:
    _run(
        "npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), "@sparticuz/chromium"
    )
    found = _run("node", "--input-type=module", "--eval", UNPACK, cwd=folder)
    return found.strip() or None


def _apt_get(*packages: str) -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    _run("apt-get", "update")
    _run("apt-get", "install", "--yes", "--no-install-recommends", *packages)


def _run(*command: str, cwd: Path | None = None) -> str:
    """Return what a program says, or nothing when it is missing, fails or hangs."""
    if shutil.which(command[0]) is None:
        return ""
    try:
        finished = subprocess.run(
            command, cwd=cwd, capture_output=True, text=True, check=False, timeout=MINUTES_10
        )
    except subprocess.TimeoutExpired:
        return ""
    return finished.stdout if finished.returncode == 0 else ""
