import re

import pytest
from playwright.sync_api import expect

from e2e.narrowing import only_at, only_on
from e2e.pages.home import HomePage
from e2e.pages.search import SearchPage
from portal_app.domain.topics import Topic

SMALLEST_TARGET = 44
# What stands in a sentence is as high as its line, and a box is as large as its label.
TARGETS = """
() => [...document.querySelectorAll("a, button, select, summary, input:not([type=hidden])")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".skip"))
  .map((one) => [one, one.matches("[type=radio], [type=checkbox]") ? one.closest("label") : one])
  .map(([one, target]) => [one.outerHTML, (target ?? one).getBoundingClientRect()])
  .filter(([, { width, height }]) => width && height)
  .map(([html, { width, height }]) => [html, Math.min(width, height)])
"""


@only_on("phone")
@only_at("kagoshima")
@pytest.mark.parametrize("look", [{"mode": "child"}], ids=["child"])
def test_a_child_finds_a_book_by_its_picture_and_reads_how_it_is_read(visitor, lang):
    home = HomePage(visitor, lang).open()

    pictures = home.follow_picture(Topic.PICTURE_BOOKS)
    expect(pictures.result("おしいれのぼうけん")).to_be_visible()
    stories = pictures.open().follow_picture(Topic.STORIES)
    expect(stories.result("大造じいさんとガン")).to_contain_text("だいぞう じいさん と がん")
    should_be_for_children(stories)

    record = stories.open_record("大造じいさんとガン")
    expect(record.browser.get_by_text("だいぞう じいさん と がん")).to_be_visible()
    should_be_for_children(record)


@only_on("phone")
@only_at("kagoshima")
@pytest.mark.parametrize("look", [{"mode": "child"}], ids=["child"])
def test_a_childs_search_begins_with_childrens_books_and_one_press_shows_all(visitor, lang):
    home = HomePage(visitor, lang).open()
    should_be_for_children(home)

    home.search_for("こころ")
    found = SearchPage(visitor, lang).arrive_at(audience="children", q="こころ")
    found.should_say("topics.none_for_children")
    found.follow("topics.look_among_all", SearchPage).arrive_at(q="こころ")
    expect(found.result("こころ")).to_be_visible()
    # Whoever has looked among all books goes on there, and comes back by one press.
    found.search("の")
    among_all = found.count()
    found.follow("topics.audience.children", SearchPage).arrive_at(q="の", audience="children")
    expect(found.browser.get_by_role("heading", level=2).first).not_to_contain_text(str(among_all))

    found.open_menu("display.title")
    found.browser.get_by_role("radio", name=re.compile("^おとな")).check()
    expect(found.browser.get_by_role("searchbox", name="さがす言葉")).to_be_visible()
    expect(found.browser.get_by_role("link", name="詳細検索")).to_be_visible()


def should_be_for_children(page) -> None:
    """Check that what a child presses is large, and nothing is there that only adults need."""
    expect(page.browser.locator("rt").first).to_be_visible()
    expect(page.browser.locator(".for-adults:visible")).to_have_count(0)
    sizes = page.browser.evaluate(TARGETS)
    assert [html for html, size in sizes if size < SMALLEST_TARGET] == []
