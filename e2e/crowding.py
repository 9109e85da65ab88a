"""Whether everything on a page has room: on the narrowest screen and with letters set apart too.

WCAG 1.4.10: nothing scrolls sideways at 320 pixels, which is also a wide screen at 400 %.
WCAG 1.4.12: nothing is cut off when a reader sets letters, words, lines and paragraphs apart.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from e2e import report

NARROWEST = 320

_SPACED = """
* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
* { line-height: 1.5 !important; }
p { margin-block-end: 2em !important; }
"""

_SET_APART = """(style) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = style ? [sheet] : [];
}"""

_LAY_OUT = """(how) => {
  for (const row of document.querySelectorAll(".record, .table tr"))
    row.style.contentVisibility = how;
}"""

# What scrolls by itself, such as a table, is let off; so is what only a screen reader meets.
_FAULTS = """(width) => {
  const faults = [];
  const name = (one) => one.outerHTML.slice(0, 160);
  const isShown = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const root = document.documentElement;
  const scrolls = (one) => {
    for (let at = one.parentElement; at && at !== root; at = at.parentElement)
      if (at !== document.body && getComputedStyle(at).overflowX !== "visible") return true;
    return false;
  };
  const isFixed = (one) => {
    for (let at = one; at; at = at.parentElement)
      if (["fixed", "sticky"].includes(getComputedStyle(at).position)) return true;
    return false;
  };
  // What has readings stands in a box of its own within what is not seen.
  const isForListeners = (one) => {
    for (let at = one; at; at = at.parentElement) if (at.clientWidth === 1) return true;
    return false;
  };
  const isBeyond = (one) => one.getBoundingClientRect().right > width + 0.5;
  if (root.scrollWidth > width)
    for (const one of document.body.querySelectorAll("*"))
      if (isShown(one) && isBeyond(one) && !isBeyond(one.parentElement) && !isFixed(one)
        && !scrolls(one))
        faults.push(`reaches beyond the screen: ${name(one)}`);
  for (const one of document.body.querySelectorAll("*")) {
    if (!one.textContent.trim() || one.clientWidth < 2 || !isShown(one)) continue;
    const { overflowX, overflowY } = getComputedStyle(one);
    const cuts = (how) => how === "hidden" || how === "clip";
    if ((cuts(overflowX) && one.scrollWidth > one.clientWidth + 1)
      || (cuts(overflowY) && one.scrollHeight > one.clientHeight + 1))
      faults.push(`cuts its text off: ${name(one)}`);
  }
  const controls = [...document.querySelectorAll("a, button, summary, select, input")]
    .filter((one) => isShown(one) && !isFixed(one))
    .map((one) => [one, one.getBoundingClientRect()]);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    const { currentNode: text } = texts, holder = text.parentElement;
    if (!text.data.trim()) continue;
    range.selectNodeContents(text);
    const lines = [...range.getClientRects()];
    for (const [one, room] of controls) {
      if (!lines.some((line) => line.left < room.right - 2 && line.right > room.left + 2
        && line.top < room.bottom - 4 && line.bottom > room.top + 4)) continue;
      if (one.contains(holder) || holder.contains(one)) continue;
      // The button that shows a password stands within its field.
      if (one.matches("input") && one.parentElement.contains(holder.closest("button"))) continue;
      if (isForListeners(holder) || !isShown(holder) || isFixed(holder)) continue;
      faults.push(`lies on ${name(one)}: ${text.data.slice(0, 40)}`);
    }
  }
  return faults;
}"""


@contextmanager
def laid_out_whole(page: Page) -> Iterator[None]:
    """Let rows that are off the screen have their place, as they do when a reader comes near."""
    page.evaluate(_LAY_OUT, "visible")
    yield
    page.evaluate(_LAY_OUT, "")


def crowded_on(page: Page) -> list[str]:
    """Return what has no room of its own on a page as it is."""
    with laid_out_whole(page):
        found = page.evaluate(_FAULTS, page.evaluate("document.documentElement.clientWidth"))
    if run := report.current():
        run.note_test(("1.4.10",), has_failed=bool(found))
    return [f"{page.url}: {fault}" for fault in found]


def crowded_when_narrow_on(page: Page) -> list[str]:
    """Return what has no room of its own on the narrowest screen with letters set apart."""
    as_it_was = page.viewport_size
    assert as_it_was
    page.set_viewport_size({"width": NARROWEST, "height": as_it_was["height"]})
    page.evaluate(_SET_APART, _SPACED)
    found = crowded_on(page)
    page.evaluate(_SET_APART, "")
    page.set_viewport_size(as_it_was)
    if run := report.current():
        run.note_test(("1.4.12",), has_failed=bool(found))
    return [f"320 px: {fault}" for fault in found]
