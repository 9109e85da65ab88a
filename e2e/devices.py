"""A patron's own device: a browser that can be closed and finds its profile again."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright

MILLISECONDS_TO_ANSWER = 40_000  # on a slow machine, with other tests beside these

# What a browser writes into its console when it does not reach a server. Reflex tries on
# and on, so no test without a connection has an empty console.
NOT_REACHED = re.compile(r"net::ERR_|WebSocket connection to|websocket error|Failed to fetch")

# A page that was being loaded while the worker came has none itself; the next one does.
HAS_WORKER = f"""Promise.race([
  navigator.serviceWorker.ready.then(() => true),
  new Promise((resolve) => setTimeout(resolve, {MILLISECONDS_TO_ANSWER}, false)),
])"""


@dataclass(kw_only=True)
class Device:
    """A browser, what it keeps in its profile, and what has gone wrong in it."""

    playwright: Playwright
    chromium: str
    profile: Path
    address: str
    switches: tuple[str, ...] = ()
    complaints: list[str] = field(default_factory=list)
    browser: BrowserContext | None = None

    def open(self) -> Page:
        """Start the browser, and return its first tab."""
        self.browser = self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=self.chromium,
            args=[*self.switches],
            base_url=self.address,
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            reduced_motion="reduce",
            viewport={"width": 1280, "height": 800},
        )
        self.browser.set_default_timeout(MILLISECONDS_TO_ANSWER)
        self.browser.on("weberror", lambda failure: self.complaints.append(str(failure.error)))
        self.browser.on("console", self._listen)
        [tab] = self.browser.pages
        return tab

    def another_tab(self) -> Page:
        """Open one more tab of the running browser."""
        assert self.browser
        return self.browser.new_page()

    def be_ready(self, tab: Page) -> None:
        """Wait until every page opens on this device without a connection, and open this anew."""
        assert tab.evaluate(HAS_WORKER)
        tab.reload()

    def close(self) -> None:
        """End the browser with all its tabs; a cookie without an age goes with it."""
        if self.browser:
            self.browser.close()
            self.browser = None

    def restart(self) -> Page:
        """End the browser and start it again with the same profile."""
        self.close()
        return self.open()

    @property
    def tabs(self) -> list[Page]:
        """The tabs that are open."""
        return self.browser.pages if self.browser else []

    def _listen(self, line: ConsoleMessage) -> None:
        if line.type == "error" and not NOT_REACHED.search(line.text):
            self.complaints.append(f"{line.location['url']}: {line.text}")
