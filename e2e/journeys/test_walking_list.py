"""A shelf as a way through the stacks, on the phone and on paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import photograph
from e2e.narrowing import only_at, only_on
from e2e.pages.account import AccountPage
from e2e.pages.walking_list import WalkingListPage
from e2e.stock import NAME, SHELF, stock_shelf

KOKORO, GINGA, SNOW, GON = "こころ", "銀河鉄道の夜", "雪国", "ごんぎつね"
A4_IN_POINTS = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def walk(hanako_at, portal) -> WalkingListPage:
    """Hanako at the walking list of a shelf with four books."""
    stock_shelf(portal, patron="Hanako", titles=[SNOW, KOKORO, GON, GINGA])
    return WalkingListPage(hanako_at(AccountPage).browser).open_at(SHELF)


@only_at("kagoshima")
@only_on("phone", "desktop")
def test_books_are_looked_for_by_branch_and_call_number(walk):
    expect(walk.stops.first).to_be_visible()

    numbers = walk.browser.locator(".walk-branch").first.locator(".call-number")
    found = numbers.all_inner_texts()
    assert found == sorted(found)
    walk.should_say("walking_list.as_of", **_as_of(walk))


def _as_of(walk: WalkingListPage) -> dict[str, str]:
    said = walk.browser.locator(".walk-head").inner_text()
    day, time = re.search(r"(\d+年\d+月\d+日（.）) (\d\d:\d\d)", said).groups()  # pyright: ignore[reportOptionalMemberAccess]
    return {"day": day, "time": time}


@only_at("kagoshima")
@only_on("phone", "desktop")
def test_what_is_ticked_stays_ticked_until_all_is_unticked(walk):
    expect(walk.stops.first).to_be_visible()
    count = len(set(walk.stops.get_by_role("link").all_inner_texts()))

    walk.tick(KOKORO).should_have_found(KOKORO, count=count)
    walk.open_at(SHELF).should_have_found(KOKORO, count=count)
    walk.open().should_have_found(KOKORO, count=count)

    walk.tick_none().should_have_found(count=count)
    expect(walk.box(KOKORO).first).not_to_be_checked()


@only_at("kagoshima")
@only_on("desktop")
def test_the_list_is_narrowed_to_what_can_be_fetched_now(walk):
    walk.choose_branch("本館一般").should_name_branches("本館一般")
    walk.choose("walking_list.is_here_only")

    for stop in walk.stops.all():
        expect(stop).to_contain_text(walk.say("walking_list.is_here"))


@only_at("kagoshima")
@only_on("desktop")
def test_on_paper_there_is_the_list_and_nothing_else(walk, request):
    tab: Page = walk.browser
    tab.emulate_media(media="print")

    expect(tab.get_by_role("banner")).to_be_hidden()
    expect(walk.card).to_be_hidden()
    expect(tab.get_by_role("button")).to_have_count(0)
    expect(tab.get_by_text(NAME)).to_be_visible()
    expect(walk.stops.first).to_be_visible()
    assert len(A4_IN_POINTS.findall(tab.pdf(format="A4"))) == 1
    if request.config.getoption("pictures"):
        photograph(tab, name="walking-list-on-paper")
