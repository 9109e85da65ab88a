"""What the checks have found, written down for the page that says so to patrons.

``./portal test --accessibility-report`` takes the tests that look for barriers, and writes
``portal_app/domain/accessibility_run.toml`` anew. Nobody else writes in that file.
"""

import datetime as dt
import json
import re
import shutil
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

from portal_app import routes
from portal_app.domain.accessibility import LATEST_RUN
from portal_app.settings import PROJECT

# How axe writes that a rule belongs to criterion 1.4.10.
CRITERION = re.compile(r"wcag(\d)(\d)(\d{1,2})")
OUTCOMES = {"passes": "passed", "violations": "violated", "incomplete": "undecided"}

# The pages of a real library do not speak of these.
OF_A_DEMONSTRATION = frozenset({routes.DEMONSTRATION, routes.MAILBOX})

_LOOK = """() => {
  const { dataset, lang } = document.documentElement;
  return [dataset.palette, dataset.mode, dataset.size, lang];
}"""


@dataclass(kw_only=True)
class Report:
    """One run of the checks."""

    begun_on: dt.date
    views: int = 0
    addresses: set[str] = field(default_factory=set)
    looks: set[str] = field(default_factory=set)
    widths: set[int] = field(default_factory=set)
    tools: set[str] = field(default_factory=set)
    rules: dict[str, Counter[str]] = field(default_factory=dict)
    criteria: dict[str, list[str]] = field(default_factory=dict)
    tests: dict[str, Counter[str]] = field(default_factory=dict)

    def note(self, page: Page, found: Mapping[str, Any]) -> None:
        """Count what axe has found on a page as it is looked at now."""
        self.views += 1
        self.addresses.add(re.sub(r"[\w-]{22,}|\d+", "…", urlsplit(page.url).path))
        self.looks.add(json.dumps(page.evaluate(_LOOK)))
        if page.viewport_size:
            self.widths.add(page.viewport_size["width"])
        browser = page.context.browser
        if browser:
            self.tools.add(f"{browser.browser_type.name.capitalize()} {browser.version}")
        self.tools.add("axe-core {version}".format_map(found["testEngine"]))
        for kind, outcome in OUTCOMES.items():
            for rule in found[kind]:
                if criteria := list(criteria_in(rule["tags"])):
                    self.criteria[rule["id"]] = criteria
                    self.rules.setdefault(rule["id"], Counter())[outcome] += 1

    def note_test(self, criteria: Iterable[str], *, has_failed: bool) -> None:
        """Count a test of our own that holds these criteria."""
        for criterion in criteria:
            self.tests.setdefault(criterion, Counter())["failed" if has_failed else "passed"] += 1

    def write(self, *, is_whole: bool) -> None:
        """Write the run down."""
        LATEST_RUN.write_text("\n".join(self._lines(is_whole=is_whole)) + "\n", "utf-8")

    def _lines(self, *, is_whole: bool) -> Iterator[str]:
        project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
        yield "# Written by ./portal test --accessibility-report. What stands here was measured."
        yield ""
        yield f"begun_on  = {self.begun_on}"
        yield f"ended_on  = {dt.datetime.now(dt.UTC).date()}"
        yield f"is_whole  = {json.dumps(is_whole)}"
        yield f"version   = {json.dumps(project['version'])}"
        yield f"commit    = {json.dumps(_commit())}"
        yield f"views     = {self.views}"
        yield f"looks     = {len(self.looks)}"
        yield f"widths    = {sorted(self.widths)}"
        yield f"tools     = {json.dumps(sorted(self.tools))}"
        yield "addresses = ["
        named = sorted(self.addresses - OF_A_DEMONSTRATION)
        yield from (f"  {json.dumps(one, ensure_ascii=False)}," for one in named)
        yield "]"
        for rule, counted in sorted(self.rules.items()):
            yield ""
            yield "[[rules]]"
            yield f"id       = {json.dumps(rule)}"
            yield f"criteria = {json.dumps(self.criteria[rule])}"
            yield from (f"{how:8} = {counted[how]}" for how in ("passed", "violated", "undecided"))
        for criterion, counted in sorted(self.tests.items()):
            yield ""
            yield "[[tests]]"
            yield f"criterion = {json.dumps(criterion)}"
            yield from (f"{how:9} = {counted[how]}" for how in ("passed", "failed"))


_run: Report | None = None


def begin() -> None:
    """Write down from now on what is found."""
    global _run
    _run = Report(begun_on=dt.datetime.now(dt.UTC).date())


def current() -> Report | None:
    """Return the run that is written down, if one is."""
    return _run


def criteria_in(tags: Iterable[str]) -> Iterator[str]:
    """Yield the criteria that a rule's tags name."""
    for tag in tags:
        if named := CRITERION.fullmatch(tag):
            yield ".".join(named.groups())


def _commit() -> str:
    git = shutil.which("git")
    asked = [git or "git", "rev-parse", "--short", "HEAD"]
    return subprocess.check_output(asked, cwd=PROJECT, text=True).strip() if git else ""
