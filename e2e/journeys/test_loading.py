"""A page that is drawn beforehand is painted first, and then begins to work."""

from playwright.sync_api import expect

from e2e.narrowing import only_at, only_on
from e2e.pages.home import HomePage
from e2e.pages.record import RecordPage
from e2e.pages.search import SearchPage

_FETCHED = """
Object.fromEntries(
  performance.getEntriesByType("resource").map(({ name, startTime, responseEnd }) => [
    new URL(name).pathname,
    [startTime, responseEnd],
  ]),
)
"""
_PAINTED = """
window.painted = [];
(function look() {
  painted.push(document.querySelectorAll(".records > li").length);
  requestAnimationFrame(look);
})();
"""
_OUT_OF_SIGHT = """
Object.defineProperty(document, "hidden", { value: true });
window.requestAnimationFrame = () => 0;
"""


@only_at("kagoshima")
@only_on("phone")
def test_scripts_are_fetched_after_what_the_first_paint_waits_for(visitor, portal, lang):
    HomePage(visitor, lang).open()

    fetched = visitor.evaluate(_FETCHED)
    style = next(times for path, times in fetched.items() if path.endswith(".css"))
    scripts = [times for path, times in fetched.items() if path.endswith(".js")]
    assert len(scripts) > 3
    assert min(begun for begun, _ in scripts) > style[1]


@only_at("kagoshima")
@only_on("phone")
def test_a_page_out_of_sight_which_nothing_paints_begins_to_work(visitor, portal, lang):
    visitor.add_init_script(_OUT_OF_SIGHT)

    HomePage(visitor, lang).open()


@only_at("kagoshima")
@only_on("phone")
def test_what_is_seen_of_the_results_is_painted_before_the_others(visitor, portal, lang):
    visitor.add_init_script(_PAINTED)

    page = SearchPage(visitor, lang).open_at(q="本")
    expect(page.results).to_have_count(20)

    assert next(filter(None, visitor.evaluate("painted"))) == 3


@only_at("kagoshima")
@only_on("phone")
def test_who_comes_back_to_results_stands_where_they_were(visitor, portal, lang):
    page = SearchPage(visitor, lang).open_at(q="本")
    row = page.results.nth(15)
    row.scroll_into_view_if_needed()
    stood_at = visitor.evaluate("scrollY")

    row.get_by_role("link").first.click()
    RecordPage(visitor, lang).arrive()
    visitor.go_back()
    page.arrive()

    expect(row).to_be_in_viewport()
    assert stood_at > 2000
