"""The service worker as it is written after a build."""

import json
import re

import pytest

from portal_app.browser.worker import worker_for

ROUTES = ["index", "loans", "search/advanced", "records/[record_id]", "shelves/[id]/items", "404"]
FILLED_IN = {"RELEASE", "PAGES", "WITH_FALLBACK", "FILES", "ASSETS"}


@pytest.fixture
def built(tmp_path):
    """A build with a few pages, each of them twice, as Reflex leaves it."""
    pages = ("index", "loans", "loans/index", "search/advanced/index", "__spa-fallback")
    files = ("icon.svg", "manifest.webmanifest", "portal.css", "robots.txt")
    assets = ("root-SDDmE7GB.js", "root-SDDmE7GB.js.br", "root-SDDmE7GB.js.gz")
    for name in (*(f"{page}.html" for page in pages), *files, *(f"assets/{a}" for a in assets)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def test_every_page_is_kept_by_its_address_and_what_it_needs(built):
    worker = written(built)

    assert set(worker["PAGES"]) == {"/", "/loans", "/search/advanced", "/__spa-fallback.html"}
    assert set(worker["FILES"]) == {"/icon.svg", "/manifest.webmanifest"}
    assert worker["ASSETS"] == ["root-SDDmE7GB.js"]


@pytest.mark.parametrize(
    ("address", "is_drawn_by_the_fallback"),
    [
        ("/records/123", True),
        ("/shelves/7/items", True),
        ("/records/123/cover", False),
        ("/records", False),
        ("/auth/sign-in", False),
        ("/404", False),
    ],
)
def test_the_fallback_draws_what_has_a_number_and_nothing_else(
    built, address, is_drawn_by_the_fallback
):
    pattern = written(built)["WITH_FALLBACK"]

    assert bool(re.search(pattern, address)) is is_drawn_by_the_fallback


@pytest.mark.parametrize("changed", ["loans/index.html", "icon.svg"])
def test_whatever_changes_makes_another_release(built, changed):
    before = written(built)["RELEASE"]
    (built / changed).write_text("new")

    assert written(built)["RELEASE"] != before


def test_what_has_not_changed_is_the_same_release(built):
    assert written(built) == written(built)


def written(built):
    worker = worker_for(built, routes=ROUTES)
    assert "__" not in worker.replace("__spa-fallback", "")
    named = re.findall(r"^const (\w+) = (?:new RegExp\()?([\"\[{].*?)\)?;", worker, re.MULTILINE)
    return {name: json.loads(value) for name, value in named if name in FILLED_IN}
