"""Holds that are lent one after another (K-28, G-33): by finger, keyboard and buttons."""

import pytest
from playwright.sync_api import expect

from e2e.keyboard import Keyboard
from e2e.narrowing import only_at, only_on
from e2e.pages.cart import CartPage
from e2e.pages.hold_series import HoldSeriesPage
from e2e.pages.holds import HoldsPage
from e2e.pages.ordered_list import OrderedList
from e2e.waiting import eventually

FIRST_HALF, SECOND_HALF = "ノルウェイの森 上", "ノルウェイの森 下"
NARUSE = "成瀬は天下を取りにいく"


@pytest.fixture
def series(portal, hanako_at, lang) -> HoldSeriesPage:
    """Hanako with three holds, before her series. There are none yet."""
    cart = hanako_at(CartPage)
    cart.check().place().should_say("cart.placed.done", count=2)
    return HoldSeriesPage(cart.browser, lang).open()


@pytest.fixture
def order(series) -> OrderedList:
    """The handles of the draft."""
    return OrderedList(series)


def should_be_kept(portal, *series: list[str]) -> None:
    """Check the series that the library knows of."""
    hanako = portal.cast["Hanako"].card_number
    eventually(lambda: portal.ledger.series_of(hanako), list(series))


@only_at("kagoshima", "koganei")
@only_on("phone")
def test_g33_holds_are_put_together_and_in_order_with_a_finger(portal, series, order):
    expect(series.button("hold_series.begin")).to_have_attribute("aria-disabled", "true")
    series.tick(NARUSE, SECOND_HALF).begin().should_draft(NARUSE, SECOND_HALF)
    series.take_in(FIRST_HALF).should_draft(NARUSE, SECOND_HALF, FIRST_HALF)
    series.should_say("hold_series.draft.unsent")

    order.carry_with_a_finger(FIRST_HALF, by=-order.height_of(SECOND_HALF))
    series.should_draft(NARUSE, FIRST_HALF, SECOND_HALF)
    order.press(NARUSE, "Enter")  # as on a tablet with a keyboard
    order.button("bottom").click()
    series.browser.keyboard.press("Escape")
    series.should_draft(FIRST_HALF, SECOND_HALF, NARUSE)
    should_be_kept(portal)
    series.take_out(NARUSE).save()

    series.should_say("hold_series.arranged").should_show(1, FIRST_HALF, SECOND_HALF)
    should_be_kept(portal, [FIRST_HALF, SECOND_HALF])
    holds = HoldsPage(series.browser, series.lang).open()
    holds.should_be_in_series(FIRST_HALF, number=1, place=1, size=2)
    holds.should_be_in_series(SECOND_HALF, number=1, place=2, size=2)
    expect(holds.hold(SECOND_HALF)).to_contain_text(holds.say("holds.status.after.lent"))


@only_at("kagoshima")
@only_on("desktop")
def test_g33_a_series_is_made_changed_and_dissolved_with_the_keyboard_alone(portal, series, order):
    keyboard = Keyboard(series.browser)
    for title in (FIRST_HALF, SECOND_HALF):
        name = series.say("hold_series.choose_named", title=title)
        keyboard.press(series.browser.get_by_role("checkbox", name=name, exact=True), "Space")
    keyboard.press(series.button("hold_series.begin"))
    series.should_be_drafting("hold_series.draft.new")
    keyboard.press(order.handle(SECOND_HALF), "Home")
    series.should_draft(SECOND_HALF, FIRST_HALF)
    order.should_say_moved(SECOND_HALF, place=1).should_be_at(SECOND_HALF)
    keyboard.press(series.button("hold_series.draft.save"))
    series.should_show(1, SECOND_HALF, FIRST_HALF)
    expect(series.heading).to_be_focused()
    should_be_kept(portal, [SECOND_HALF, FIRST_HALF])

    keyboard.press(series.button("hold_series.regroup_named", number=1))
    series.should_be_drafting("hold_series.draft.of", number=1)
    keyboard.press(order.handle(SECOND_HALF), "ArrowDown")
    series.should_draft(FIRST_HALF, SECOND_HALF)
    keyboard.press(series.button("hold_series.draft.leave"))
    series.should_show(1, SECOND_HALF, FIRST_HALF)

    keyboard.press(series.button("hold_series.dissolve_named", number=1))
    answer = series.say("hold_series.dissolve_yes")
    keyboard.press(series.dialog.get_by_role("button", name=answer, exact=True))
    expect(series.series(1)).to_have_count(0)
    should_be_kept(portal)


@only_at("kagoshima")
@only_on("phone")
def test_k28_what_is_placed_together_is_lent_in_the_order_of_the_patron(portal, hanako_at, lang):
    cart = hanako_at(CartPage)
    order = OrderedList(cart)

    confirmation = cart.check_together().should_be_placed_as("in_order")
    confirmation.should_be_in_order(FIRST_HALF, SECOND_HALF)
    order.carry_with_a_finger(SECOND_HALF, by=-order.height_of(FIRST_HALF))
    confirmation.should_be_in_order(SECOND_HALF, FIRST_HALF)
    placed = confirmation.place().should_say("cart.placed.together.in_order")
    placed.should_say("cart.placed.done", count=2)

    should_be_kept(portal, [SECOND_HALF, FIRST_HALF])
    placed.go_to_holds().should_be_in_series(SECOND_HALF, number=1, place=1, size=2)


@only_at("kagoshima")
@only_on("desktop")
def test_any_one_of_several_is_asked_for(portal, hanako_at, lang):
    cart = hanako_at(CartPage)
    cart.choose_none().choose(FIRST_HALF)
    cart.together.click()
    cart.should_say("cart.problem.nothing_to_go_together")

    confirmation = cart.choose_all().check_together().choose_kind("any_one")
    confirmation.should_be_placed_as("any_one").place()

    HoldSeriesPage(cart.browser, lang).open().should_show(
        1, FIRST_HALF, SECOND_HALF, kind="any_one"
    )
