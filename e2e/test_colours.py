from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from e2e.colours import Pair, pairs_in, too_faint
from portal_app.settings import PROJECT


@pytest.fixture
def page(chromium) -> Iterator[Page]:
    """An empty page."""
    page = chromium.new_page()
    page.set_content("<html lang=ja><title>色</title><body>")
    yield page
    page.close()


@pytest.fixture
def dressed(page) -> Page:
    """A page in the portal's colours."""
    page.add_style_tag(path=PROJECT / "assets" / "portal.css")
    return page


@pytest.mark.criteria("1.4.3")
def test_every_pair_of_colours_can_be_read_in_every_palette_and_mode(dressed):
    assert too_faint(dressed) == []


def test_the_pairs_are_those_of_the_stylesheet(dressed):
    pairs = pairs_in(dressed)

    assert len(pairs) > 40
    assert Pair("var(--on-seal)", "var(--seal)", 4.5) in pairs
    assert Pair("var(--ink-soft)", "var(--shade)", 4.5) in pairs
    assert Pair("var(--good)", "var(--good-shade)", 4.5) in pairs


def test_a_pair_that_is_too_faint_is_named(page):
    page.add_style_tag(content=":root { --sheet: #fff } p { color: #777; background: #fff }")

    assert "standard, adult: rgb(119, 119, 119) on rgb(255, 255, 255) is 4.48" in too_faint(page)
