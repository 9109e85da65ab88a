"""The question where records shall go has words for all that the browser says by itself."""

import re
from importlib.resources import files

import pytest

from portal_app import libraries
from portal_app.browser import words
from portal_app.components import choosing_shelves
from portal_app.components.shelf_choice import shelf_question

KEYS = re.compile(r'"((?:shelves\.refusal|shelf_choice\.problem)\.\w+)"')


@pytest.fixture(params=list(libraries.PRESETS))
def library(request, monkeypatch):
    """Each library with its own form of shelves."""
    monkeypatch.setenv("PORTAL_LIBRARY", request.param)
    libraries.current.cache_clear()
    words.texts.cache_clear()
    yield libraries.current()
    libraries.current.cache_clear()
    words.texts.cache_clear()


def test_every_problem_that_the_browser_finds_has_words(library):
    modules = files("portal_app.browser") / "shelves"
    written = [(modules / name).read_text("utf-8") for name in ("choice.js", "names.js")]

    shelf_question()

    found = {key for module in written for key in KEYS.findall(module)}
    assert len(found) == 4
    assert found <= words.shown()


def test_the_browser_is_told_the_rules_of_the_library(library):
    rules = str(choosing_shelves.offered())

    for number in (library.shelf.name_max, library.shelf.items_max, library.shelf.shelves_max):
        assert f": {number}" in rules


def test_one_list_is_not_asked_about_like_many_shelves(library):
    shelf_question()

    assert f"{choosing_shelves.model()}.which" in words.shown()
