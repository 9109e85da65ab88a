"""Hands that never leave the keyboard, and eyes that look where the focus is."""

from functools import partialmethod

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.waiting import until

# No page has more stops than this before what a test looks for.
MOST_STOPS = 80

HAS_FOCUS = "element => element === document.activeElement"
# The parts of a date field show their focus inside of it, where no script can look.
IS_SEEN = """() => {
  const focused = document.activeElement;
  if (focused === document.body || focused.type === "date") return true;
  // Some dots are drawn by what stands behind them.
  const drawn = focused.type === "radio" ? [focused, focused.nextElementSibling] : [focused];
  return drawn.some((one) => getComputedStyle(one).outlineStyle !== "none");
}"""
# Puts the focus where somebody wants to press, if Tab leads there, and returns the key to press.
GO_TO = """(element) => {
  const stop = element.closest("a[href], button, summary, input, select, textarea, [tabindex]")
    ?? element.closest("label")?.control;
  if (!stop || stop.tabIndex < 0) throw new Error("Tab does not lead to " + element.outerHTML);
  stop.focus();
  if (document.activeElement !== stop) throw new Error("No focus for " + stop.outerHTML);
  return ["checkbox", "radio"].includes(stop.type) ? "Space" : "Enter";
}"""
WHERE = "() => document.activeElement.outerHTML.slice(0, 200)"


class Lost(AssertionError):
    """Raised when the keyboard does not lead somewhere, or hides where it is."""


class Keyboard:
    """What somebody does who has no mouse."""

    def __init__(self, browser: Page) -> None:
        self.browser = browser

    def go_to(self, place: Locator) -> None:
        """Press Tab until a place has the focus; every stop on the way must be seen."""
        for _ in range(MOST_STOPS):
            self.browser.keyboard.press("Tab")
            if not self.browser.evaluate(IS_SEEN):
                raise Lost(self.browser.evaluate(WHERE))
            if place.evaluate(HAS_FOCUS):
                return
        raise Lost(str(place))

    def press(self, place: Locator, key: str = "Enter") -> None:
        """Go to a place and press a key there."""
        self.go_to(place)
        self.browser.keyboard.press(key)

    def write(self, place: Locator, text: str) -> None:
        """Go to a field and fill it in."""
        self.go_to(place)
        self.browser.keyboard.insert_text(text)


def take_the_pointer_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the keyboard press whatever is pressed in a test, without walking there by Tab."""
    monkeypatch.setattr(Locator, "click", _press)
    monkeypatch.setattr(Locator, "dblclick", partialmethod(_press, times=2))
    monkeypatch.setattr(Locator, "check", _check)


def _press(place: Locator, times: int = 1) -> None:
    expect(place).to_be_enabled()
    key = place.evaluate(GO_TO)
    if not place.page.evaluate(IS_SEEN):
        raise Lost(place.page.evaluate(WHERE))
    for _ in range(times):
        place.page.keyboard.press(key)


def _check(place: Locator) -> None:
    expect(place).to_be_visible()
    box = place.element_handle()  # what is chosen may change its name
    if not box.is_checked():
        _press(place)
    until(box.is_checked)
