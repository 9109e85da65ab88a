"""A page that is drawn beforehand is painted first, and then begins to work."""

from e2e.narrowing import only_at, only_on
from e2e.pages.home import HomePage

_FETCHED = """
Object.fromEntries(
  performance.getEntriesByType("resource").map(({ name, startTime, responseEnd }) => [
    new URL(name).pathname,
    [startTime, responseEnd],
  ]),
)
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
