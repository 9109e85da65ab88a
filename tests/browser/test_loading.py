"""What a page fetches before it is painted, and what after."""

import pytest

from portal_app.browser.changes import ReflexHasChanged
from portal_app.browser.loading import LoadingPlugin

PAGE = (
    '<link as="style" href="/assets/portal.css" rel="preload"/>'
    '<link rel="modulepreload" href="/assets/entry.js"/>'
    '<link rel="modulepreload" href="/assets/vendor.js"/>'
)


def test_scripts_are_fetched_after_what_the_first_paint_waits_for(tmp_path):
    page = tmp_path / "loans" / "index.html"
    page.parent.mkdir()
    page.write_text(PAGE, "utf-8")

    LoadingPlugin().post_build(static_dir=tmp_path)

    assert page.read_text("utf-8") == (
        '<link as="style" href="/assets/portal.css" rel="preload"/>'
        '<link rel="modulepreload" fetchpriority="low" href="/assets/entry.js"/>'
        '<link rel="modulepreload" fetchpriority="low" href="/assets/vendor.js"/>'
    )


def test_a_page_that_is_built_otherwise_is_noticed(tmp_path):
    (tmp_path / "index.html").write_text('<script src="/assets/entry.js"></script>', "utf-8")

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
