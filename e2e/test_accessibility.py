from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from e2e.accessibility import barriers_on
from e2e.crowding import crowded_on, crowded_when_narrow_on


@pytest.fixture
def page(chromium) -> Iterator[Page]:
    """An empty page."""
    page = chromium.new_page()
    yield page
    page.close()


def test_a_barrier_is_found_and_named(page):
    page.set_content("<html lang=ja><title>t</title><main><h1>本</h1><img src='data:,'></main>")

    [barrier] = barriers_on(page)

    assert "image-alt" in barrier


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("<p style='width: 30rem'>本", "reaches beyond the screen: <p "),
        (
            "<p style='width: 5em; white-space: nowrap; overflow: hidden'>図書館の本棚",
            "cuts its text",
        ),
        ("<p style='height: 1.6em; overflow: hidden'>本</p><p>棚", ""),
        ("<table style='display: block; overflow: auto'><td><p style='width: 40rem'>本", ""),
        ("<a href=x>本の予約</a><p style='margin-top: -1.2em'>図書館", "lies on <a href"),
    ],
)
def test_what_has_no_room_is_found_and_named(page, content, fault):
    page.set_content(
        f"<!doctype html><html lang=ja><title>t</title><style>p {{ margin: 0 }}</style>{content}"
    )

    found = crowded_when_narrow_on(page)

    assert len(found) == bool(fault)
    assert all(fault in one for one in found)
    assert page.viewport_size == {"width": 1280, "height": 720}


def test_a_wide_screen_has_room_for_more(page):
    page.set_content("<!doctype html><html lang=ja><title>t</title><p style='width: 30rem'>本")

    assert crowded_on(page) == []
