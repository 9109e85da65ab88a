"""What the latest run of the checks says of each criterion, and that it is said as it was found."""

import datetime as dt

import pytest

from portal_app.domain.accessibility import (
    Criterion,
    Finding,
    OwnTests,
    Rule,
    Run,
    criteria,
    latest_run,
)


def run_that_found(*, rules=(), tests=()) -> Run:
    day = dt.date(2026, 11, 29)
    return Run(
        begun_on=day,
        ended_on=day,
        is_whole=True,
        version="0.1.0",
        commit="abc1234",
        views=1,
        looks=1,
        widths=[390],
        tools=["axe-core 4"],
        addresses=["/"],
        rules=rules,
        tests=tests,
    )


def criterion(number) -> Criterion:
    [found] = [one for one in criteria() if one.number == number]
    return found


def rule(*, passed=0, violated=0, undecided=0) -> Rule:
    return Rule(
        id="image-alt", criteria=["1.1.1"], passed=passed, violated=violated, undecided=undecided
    )


def test_every_criterion_of_both_standards_is_listed_once():
    numbers = [one.number for one in criteria()]

    assert len(set(numbers)) == len(numbers)
    assert sum(one.jis for one in criteria()) == 38  # WCAG 2.0, levels A and AA
    assert sum(one.wcag22 for one in criteria()) == 55
    assert {one.level for one in criteria()} == {"A", "AA"}


@pytest.mark.parametrize(
    ("rules", "tests", "finding"),
    [
        ([], [], Finding.FOR_PEOPLE),
        ([rule(undecided=3)], [], Finding.FOR_PEOPLE),
        ([rule(passed=3)], [], Finding.NOTHING_FOUND),
        ([rule(passed=3), rule(violated=1)], [], Finding.FAULT_FOUND),
        ([], [OwnTests(criterion="1.1.1", passed=2, failed=0)], Finding.NOTHING_FOUND),
        ([rule(passed=3)], [OwnTests(criterion="1.1.1", passed=2, failed=1)], Finding.FAULT_FOUND),
    ],
)
def test_one_fault_anywhere_is_a_fault_and_nothing_checked_is_for_people(rules, tests, finding):
    assert run_that_found(rules=rules, tests=tests).finding_for(criterion("1.1.1")) is finding


def test_what_is_found_of_one_criterion_says_nothing_of_another():
    run = run_that_found(rules=[rule(passed=3)])

    assert run.finding_for(criterion("1.2.1")) is Finding.FOR_PEOPLE


def test_the_latest_run_looked_at_every_kind_of_page():
    run = latest_run()

    assert run.begun_on <= run.ended_on
    assert run.commit
    assert run.views > len(run.addresses) > 30
    assert {"/", "/loans", "/desk", "/records/…"} <= set(run.addresses)
    numbers = {one.number for one in criteria()}
    assert {number for rule in run.rules for number in rule.criteria} & numbers
