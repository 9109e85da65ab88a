"""Whether everybody can use a page: WCAG 2.2 A and AA, and what is good practice besides."""

from collections.abc import Mapping

from playwright.sync_api import Page

from e2e import axe, report
from e2e.crowding import laid_out_whole

STANDARDS = {
    "type": "tag",
    "values": ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"),
}
# What colours and sizes alone decide, and most of the time that the others take.
OF_STYLES = {"type": "rule", "values": ("color-contrast", "target-size")}

# What stays on the screen lies on whatever happens to be below it, which a reader scrolls away.
_LOOK_FOR_BARRIERS = """async (options) => {
  const found = await axe.run(options);
  const at = scrollY;
  for (const rule of found.violations.filter(({ id }) => id === "target-size")) {
    for (const node of [...rule.nodes]) {
      document.querySelector(node.target[0])?.scrollIntoView({ block: "center" });
      const again = await axe.run({ include: [node.target] }, { runOnly: [rule.id] });
      if (!again.violations.length) rule.nodes.splice(rule.nodes.indexOf(node), 1);
    }
    if (!rule.nodes.length) found.passes.push(rule);
  }
  scrollTo(0, at);
  return { ...found, violations: found.violations.filter(({ nodes }) => nodes.length) };
}"""


def barriers_on(page: Page, *, of: Mapping[str, object] = STANDARDS) -> list[str]:
    """Return what stands in somebody's way on a page: which rule, where, and why."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe.script())
    with laid_out_whole(page):
        found = page.evaluate(
            _LOOK_FOR_BARRIERS, {"runOnly": dict(of), "resultTypes": ["violations"]}
        )
    if run := report.current():
        run.note(page, found)
    return [
        f"{page.url}: {rule['id']} ({rule['help']}): {' '.join(map(str, node['target']))}: "
        f"{node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
