"""What a page fetches before it is painted, and what after."""

import pytest

from portal_app.browser.changes import ReflexHasChanged
from portal_app.browser.loading import LoadingPlugin

HEAD = '<link as="style" href="/assets/portal.css" rel="preload"/>'
AHEAD = "".join(
    f'<link rel="modulepreload" href="/assets/{name}"/>'
    for name in ("entry-1.js", "words-2.js", "root-3.js", "react-4.js", "loans-5.js")
)
THEIR_START = """<script type="module" async="">import "/assets/manifest-6.js";
import * as route0 from "/assets/root-3.js";
import * as route1 from "/assets/loans-5.js";
"""
THE_REST = """
window.__reactRouterRouteModules = {"root":route0,"routes/loans":route1};

import("/assets/entry-1.js");</script>"""


@pytest.fixture
def page(tmp_path):
    """A page as it was built, and made ours."""
    page = tmp_path / "loans" / "index.html"
    page.parent.mkdir()
    page.write_text(HEAD + AHEAD + THEIR_START + THE_REST, "utf-8")
    LoadingPlugin().post_build(static_dir=tmp_path)
    return page.read_text("utf-8")


def test_a_page_begins_with_what_the_first_paint_waits_for(page):
    head, begin, start = page.partition('<script type="module" async="">')

    assert head == HEAD
    assert begin
    assert start.startswith("const turn")
    assert start.endswith(THE_REST)


def test_what_it_preloaded_is_fetched_at_once_then(page):
    assert (
        'of ["/assets/entry-1.js", "/assets/words-2.js", "/assets/root-3.js",'
        ' "/assets/react-4.js", "/assets/loans-5.js"])'
    ) in page


def test_each_module_runs_by_itself_what_needs_no_other_first(page):
    assert (
        'of ["/assets/react-4.js", "/assets/words-2.js", "/assets/manifest-6.js",'
        ' "/assets/root-3.js", "/assets/loans-5.js"])'
    ) in page
    assert "const [,,,route0,route1] = modules;" in page


@pytest.mark.parametrize(
    "written", [AHEAD, THEIR_START, '<script src="/assets/entry.js"></script>']
)
def test_a_page_that_is_built_otherwise_is_noticed(tmp_path, written):
    (tmp_path / "index.html").write_text(written, "utf-8")

    with pytest.raises(ReflexHasChanged):
        LoadingPlugin().post_build(static_dir=tmp_path)


def test_what_is_ours_is_read_before_it_is_called(tmp_path):
    (tmp_path / "assets").mkdir()
    ours, others = tmp_path / "assets" / "portal-x.js", tmp_path / "assets" / "vendor-x.js"
    for script in (ours, others):
        script.write_text("export const SAID = '見';", "utf-8")

    LoadingPlugin().post_build(static_dir=tmp_path)

    assert ours.read_text("utf-8").splitlines()[0] == "//# allFunctionsCalledOnLoad"
    assert ours.read_text("utf-8").splitlines()[1] == others.read_text("utf-8")
