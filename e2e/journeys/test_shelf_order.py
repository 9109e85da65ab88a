"""A shelf in the patron's own order (K-57): by mouse, finger, keyboard and buttons."""

import pytest
from playwright.sync_api import expect

from e2e.narrowing import only_at, only_on
from e2e.pages.account import AccountPage
from e2e.pages.ordered_list import OrderedList
from e2e.pages.shelf import ShelfPage
from e2e.stock import NAME, SHELF, stock_shelf
from e2e.waiting import eventually
from portal_app import routes

KOKORO, GINGA, SNOW, GON = "こころ", "銀河鉄道の夜", "雪国", "ごんぎつね"
FOUR = [KOKORO, GINGA, SNOW, GON]
SEVEN_MORE = [
    *("坊っちゃん", "三四郎", "草枕", "羅生門・鼻", "人間失格"),
    *("黒い雨", "新編銀河鉄道の夜"),
]


@pytest.fixture
def titles() -> list[str]:
    """What stands on the shelf."""
    return FOUR


@pytest.fixture
def shelf(hanako_at, portal, visitor, lang, titles) -> ShelfPage:
    """Hanako before her shelf, in her own order."""
    stock_shelf(portal, patron="Hanako", titles=titles)
    hanako_at(AccountPage)
    visitor.goto(routes.shelf(SHELF))
    shelf = ShelfPage(visitor, lang, name=NAME).arrive().sort_by("own")
    return shelf.should_show(*titles)


@pytest.fixture
def order(shelf) -> OrderedList:
    """The handles of the shelf's books."""
    return OrderedList(shelf)


def should_be_kept(portal, *titles: str) -> None:
    hanako = portal.cast["Hanako"].card_number
    eventually(lambda: portal.ledger.shelved_by(hanako)[NAME], list(titles))


@only_at("kagoshima")
@only_on("desktop")
def test_a_book_is_dragged_with_a_mouse(portal, shelf, order):
    order.lift(KOKORO, by=_rows(shelf, 1)).let_go()

    shelf.should_show(GINGA, KOKORO, SNOW, GON)
    order.should_say_moved(KOKORO, place=2)
    expect(order.buttons).to_be_hidden()
    should_be_kept(portal, GINGA, KOKORO, SNOW, GON)


@only_at("kagoshima")
@only_on("desktop")
def test_escape_puts_a_book_back(portal, shelf, order):
    order.lift(KOKORO, by=_rows(shelf, 1))
    shelf.browser.keyboard.press("Escape")
    order.let_go()

    expect(shelf.browser.locator("[data-dragged]")).to_have_count(0)
    expect(order.buttons).to_be_hidden()
    shelf.should_show(*FOUR)


@only_at("kagoshima")
@only_on("phone", "tablet")
def test_a_book_is_dragged_with_a_finger(portal, shelf, order):
    order.carry_with_a_finger(GINGA, by=-_rows(shelf, 1))

    shelf.should_show(GINGA, KOKORO, SNOW, GON)
    order.should_say_moved(GINGA, place=1)
    should_be_kept(portal, GINGA, KOKORO, SNOW, GON)


@only_at("kagoshima", "koganei")
@only_on("desktop")
def test_a_book_goes_wherever_keys_say_and_keeps_the_focus(portal, shelf, order):
    order.press(KOKORO, "ArrowDown").should_say_moved(KOKORO, place=2)
    shelf.should_show(GINGA, KOKORO, SNOW, GON)
    order.should_be_at(KOKORO)

    order.press(KOKORO, "End").should_say_moved(KOKORO, place=4)
    shelf.should_show(GINGA, SNOW, GON, KOKORO)
    order.should_be_at(KOKORO)

    order.press(KOKORO, "Home").should_say_moved(KOKORO, place=1)
    shelf.should_show(KOKORO, GINGA, SNOW, GON)
    order.should_be_at(KOKORO)
    order.press(KOKORO, "ArrowUp")
    shelf.should_say("order.told.first", title=KOKORO)
    shelf.should_show(*FOUR)
    should_be_kept(portal, *FOUR)


@only_at("kagoshima")
@only_on("desktop")
def test_keys_that_are_pressed_quickly_all_count(portal, shelf, order):
    order.press(KOKORO, "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp")

    shelf.should_show(GINGA, SNOW, KOKORO, GON)
    order.should_say_moved(KOKORO, place=3).should_be_at(KOKORO)
    should_be_kept(portal, GINGA, SNOW, KOKORO, GON)


@only_at("kagoshima")
@only_on("desktop")
def test_a_key_that_is_held_is_one_move(portal, shelf, order):
    order.hold(KOKORO, "ArrowDown", repeats=2)

    shelf.should_show(GINGA, SNOW, KOKORO, GON)
    order.should_be_at(KOKORO)
    should_be_kept(portal, GINGA, SNOW, KOKORO, GON)


@only_at("kagoshima")
@only_on("phone", "desktop")
def test_a_book_is_moved_with_buttons(portal, shelf, order):
    order.open_buttons(GINGA)
    order.button("up").click()
    order.should_say_moved(GINGA, place=1)
    expect(order.button("up")).to_have_attribute("aria-disabled", "true")
    expect(order.button("up")).to_have_accessible_description(shelf.say("order.is_first"))

    order.button("bottom").click()
    shelf.should_show(KOKORO, SNOW, GON, GINGA)
    order.should_say_moved(GINGA, place=4)
    shelf.browser.keyboard.press("Escape")
    order.should_be_at(GINGA)
    should_be_kept(portal, KOKORO, SNOW, GON, GINGA)


@only_at("kagoshima")
@only_on("desktop")
@pytest.mark.parametrize("titles", [[*FOUR, *SEVEN_MORE]])
def test_a_book_goes_on_to_the_next_page(portal, shelf, order, titles):
    shelf.show(10).should_show(*titles[:10])

    order.press(titles[9], "ArrowDown")

    shelf.should_show(titles[9])  # on the next page
    order.should_say_moved(titles[9], place=11).should_be_at(titles[9])
    should_be_kept(portal, *titles[:9], titles[10], titles[9])


def _rows(shelf: ShelfPage, count: int) -> int:
    """Return how far it is from a row to another."""
    boxes = [shelf.books.nth(number).bounding_box() for number in range(2)]
    first, second = (box["y"] for box in boxes if box)
    return round((second - first) * count)
