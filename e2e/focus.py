"""Whether what has the focus can be seen (WCAG 2.4.11), wherever bars stand on the page."""

from playwright.sync_api import Page

from e2e import report
from e2e.crowding import laid_out_whole

_COVERED = """() => {
  const covered = [];
  // What the patron has opened may lie on the rest: it goes with one press of Escape.
  const opened = document.querySelectorAll("dialog[open], :popover-open");
  const open = [...opened].at(-1) ?? document;
  const stops = open.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']");
  const { activeElement, scrollingElement } = document;
  const at = scrollingElement.scrollTop;
  // One that is drawn by what stands beside it, such as a dot of the display menu.
  const belongs = (met, one) => met && (one.contains(met) || met.contains(one)
    || one.closest("label")?.contains(met));
  for (const one of stops) {
    if (one.disabled || !one.checkVisibility({ visibilityProperty: true })) continue;
    one.focus();
    if (document.activeElement !== one) continue;
    const { left, top, width, height } = one.getBoundingClientRect();
    const met = document.elementFromPoint(left + width / 2, top + height / 2);
    if (width > 1 && !belongs(met, one))
      covered.push(`${one.outerHTML.slice(0, 120)} by ${met?.outerHTML.slice(0, 60)}`);
  }
  activeElement?.focus({ preventScroll: true });
  scrollingElement.scrollTop = at;
  return covered;
}"""


def covered_on(page: Page) -> list[str]:
    """Return what is hidden under something else, or off the screen, when it has the focus."""
    with laid_out_whole(page):
        found = page.evaluate(_COVERED)
    if run := report.current():
        run.note_test(("2.4.11",), has_failed=bool(found))
    return [f"{page.url}: covered when it has the focus: {one}" for one in found]
