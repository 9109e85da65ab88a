from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from e2e.accessibility import barriers_on
from e2e.crowding import crowded_on, crowded_when_narrow_on
from e2e.focus import covered_on


@pytest.fixture
def page(chromium) -> Iterator[Page]:
    """An empty page."""
    page = chromium.new_page()
    yield page
    page.close()


def test_a_barrier_is_found_and_named(page):
    page.set_content("<html lang=ja><title>t</title><main><h1>本</h1><img src='data:,'></main>")

    [barrier] = barriers_on(page)

    assert "image-alt (画像には代替テキストがなければなりません)" in barrier
    assert "要素にalt属性が指定されていません" in barrier


TOO_SMALL = "<button style='width: 20px; height: 20px; padding: 0'>本</button>"
UNDER_A_BAR = """<button style='margin-top: 600px; width: 200px; height: 60px'>本</button>
    <p style='position: sticky; bottom: 0; z-index: 2; margin: 0; background: white'>
    <button style='width: 300px; height: 44px'>棚</button>"""


@pytest.mark.parametrize(
    ("content", "is_too_small"), [(TOO_SMALL + TOO_SMALL, True), (UNDER_A_BAR, False)]
)
def test_what_lies_under_a_bar_can_be_scrolled_from_under_it(page, content, is_too_small):
    page.set_content(f"""<html lang=ja><title>t</title><h1>本</h1>
        <main style='height: 2000px'>{content}</main>""")

    found = barriers_on(page)

    as_it_stood = page.evaluate("axe.run({ runOnly: ['target-size'] })")["violations"]
    assert len(as_it_stood) == 1
    assert any("target-size" in one for one in found) is is_too_small


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


@pytest.mark.parametrize(("room", "is_covered"), [("0", True), ("4rem", False)])
def test_what_a_bar_covers_is_found_and_named(page, room, is_covered):
    bar = "<div style='position: fixed; inset: auto 0 0; height: 3rem; background: #fff'></div>"
    links = "".join(f"<p><a href='#{number}'>{number}冊目" for number in range(100))
    page.set_content(
        "<!doctype html><html lang=ja><title>t</title>"
        f"<style>html {{ scroll-padding-block-end: {room} }}"
        f" body {{ padding-block-end: {room} }} p {{ margin: 0 }}</style>{links}{bar}"
    )

    covered = covered_on(page)

    assert bool(covered) is is_covered
    assert all("冊目" in one for one in covered)
