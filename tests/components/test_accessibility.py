"""What the pages about accessibility say that no preset and no good run lets them say."""

import datetime as dt

import pytest

from portal_app import libraries
from portal_app.browser import words
from portal_app.components import accessibility
from portal_app.domain.accessibility import OwnTests, latest_run
from portal_app.domain.policies import Accessibility

OFFICE = {"ja": "奉仕係", "en": "Reader services", "ja-simple": "図書館(としょかん)の 人(ひと)"}


@pytest.fixture
def library(monkeypatch):
    """A library that has said whom to turn to, and by when its goal is reached."""
    chosen = Accessibility(
        office=OFFICE,
        telephone="0123-45-6789",
        mail="access@library.example",
        reached_by=dt.date(2027, 3, 31),
    )
    changed = libraries.current().model_copy(update={"accessibility": chosen})
    monkeypatch.setattr(libraries, "current", lambda: changed)


def test_a_library_says_whom_to_turn_to_and_by_when_it_is_done(library):
    drawn = str(accessibility.policy())

    assert "Reader services" in drawn
    assert "tel:0123-45-6789" in drawn
    assert "mailto:access@library.example" in drawn
    assert "31 Mar 2027" in drawn


def test_what_was_found_not_to_conform_is_named(monkeypatch):
    faulty = latest_run().model_copy(
        update={"tests": [OwnTests(criterion="2.1.1", passed=1, failed=1)]}
    )
    monkeypatch.setattr(accessibility, "latest_run", lambda: faulty)

    assert "2.1.1 Keyboard" in str(accessibility.policy())
    assert "Does not conform" in str(accessibility.results())


def test_a_run_that_found_nothing_says_on_which_day(monkeypatch):
    clean = latest_run().model_copy(
        update={"rules": [], "tests": [], "ended_on": dt.date(2027, 1, 10)}
    )
    monkeypatch.setattr(accessibility, "latest_run", lambda: clean)

    assert "The checks of Sun 10 Jan 2027 found nothing" in str(accessibility.policy())


@pytest.mark.parametrize(
    ("begun_on", "when"),
    [
        (dt.date(2027, 1, 10), '"Sun 10 Jan 2027"'),
        (dt.date(2027, 1, 9), '"Sat 9 Jan 2027 to Sun 10 Jan 2027"'),
    ],
)
def test_a_run_of_one_day_names_it_once(monkeypatch, begun_on, when):
    run = latest_run().model_copy(update={"begun_on": begun_on, "ended_on": dt.date(2027, 1, 10)})
    monkeypatch.setattr(accessibility, "latest_run", lambda: run)

    assert when in str(accessibility.results())


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_run_that_was_ended_early_says_so(monkeypatch, is_whole):
    run = latest_run().model_copy(update={"is_whole": is_whole})
    monkeypatch.setattr(accessibility, "latest_run", lambda: run)

    assert ("ended early" in str(accessibility.results())) is not is_whole


def test_the_words_of_these_pages_burden_no_other(monkeypatch):
    monkeypatch.setattr(words, "_shown", set())

    accessibility.policy()
    accessibility.results()

    assert not {key for key in words.shown() if key.startswith("accessibility.")}
