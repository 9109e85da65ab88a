"""Which criteria an accessible website meets, and what the latest run of the checks has found.

JIS X 8341-3:2016 has the criteria of WCAG 2.0; WCAG 2.2 adds some and drops one.
"""

import datetime as dt
import tomllib
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

_HERE = Path(__file__).parent
LATEST_RUN = _HERE / "accessibility_run.toml"


class Finding(StrEnum):
    """What the checks say of a criterion. That it is met as a whole, only people can say."""

    NOTHING_FOUND = "nothing_found"
    FAULT_FOUND = "fault_found"
    FOR_PEOPLE = "for_people"  # no program can tell


class _Read(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Criterion(_Read):
    """A criterion, as its standards name it."""

    number: str
    level: str
    jis: bool  # in JIS X 8341-3:2016
    wcag22: bool
    ja: str
    en: str


class Rule(_Read):
    """What one of axe's rules has found: on how many views it was met, and was not."""

    id: str
    criteria: Sequence[str]
    passed: int
    violated: int
    undecided: int


class OwnTests(_Read):
    """How many of our own tests hold a criterion."""

    criterion: str
    passed: int
    failed: int


class Run(_Read):
    """One run of the checks, as it was written down."""

    begun_on: dt.date
    ended_on: dt.date
    is_whole: bool  # False when somebody ended it before it was through
    version: str
    commit: str
    views: int
    looks: int
    widths: Sequence[int]
    tools: Sequence[str]
    addresses: Sequence[str]
    rules: Sequence[Rule] = ()
    tests: Sequence[OwnTests] = ()

    def finding_for(self, criterion: Criterion) -> Finding:
        """Return what this run says of a criterion."""
        rules, tests = self.rules_of(criterion), self.tests_of(criterion)
        if any(rule.violated for rule in rules) or any(test.failed for test in tests):
            return Finding.FAULT_FOUND
        if any(rule.passed for rule in rules) or any(test.passed for test in tests):
            return Finding.NOTHING_FOUND
        return Finding.FOR_PEOPLE

    def rules_of(self, criterion: Criterion) -> Sequence[Rule]:
        """Return the rules that had something to check."""
        return [one for one in self.rules if criterion.number in one.criteria]

    def tests_of(self, criterion: Criterion) -> Sequence[OwnTests]:
        """Return our own tests of it."""
        return [one for one in self.tests if one.criterion == criterion.number]


@cache
def criteria() -> Sequence[Criterion]:
    """Return every criterion of levels A and AA, of either standard."""
    read = tomllib.loads((_HERE / "accessibility_criteria.toml").read_text("utf-8"))
    return [Criterion.model_validate(one) for one in read["criteria"]]


@cache
def latest_run() -> Run:
    """Return the latest run that was written down."""
    return Run.model_validate(tomllib.loads(LATEST_RUN.read_text("utf-8")))
