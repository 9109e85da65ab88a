import pytest
from playwright.sync_api import expect

from e2e.keyboard import Keyboard
from e2e.narrowing import only_at, only_on
from e2e.pages.cart import CartPage, ConfirmHoldsPage, HoldsPlacedPage
from e2e.pages.home import HomePage
from e2e.pages.loans import LoansPage
from e2e.pages.record import RecordPage
from e2e.pages.search import SearchPage
from e2e.pages.sign_in import SignInPage

KAGAMI = "かがみの孤城"

pytestmark = [
    only_at("kagoshima"),
    only_on("desktop"),
    pytest.mark.criteria("2.1.1", "2.1.2", "2.4.3", "2.4.7"),
]


def test_a_hold_is_placed_with_the_keyboard_alone(visitor, portal, lang):
    keyboard = Keyboard(visitor)
    hanako = portal.cast["Hanako"]

    home = HomePage(visitor, lang).open()
    keyboard.press(visitor.get_by_role("link", name=home.say("frame.skip")))
    keyboard.write(home.box, "かがみのこじょう")
    visitor.keyboard.press("Enter")
    found = SearchPage(visitor, lang).arrive_at(q="かがみのこじょう")
    expect(found.heading).to_be_focused()
    keyboard.press(found.result(KAGAMI).get_by_role("link", name=KAGAMI))
    record = RecordPage(visitor, lang).arrive_at(KAGAMI)
    expect(record.heading).to_be_focused()
    keyboard.press(record.button)
    sign_in = SignInPage(visitor, lang).arrive().should_say("sign_in.wish")
    expect(sign_in.heading).to_be_focused()
    keyboard.write(sign_in.card_field, hanako.card_number)
    keyboard.write(sign_in.password_field, hanako.password)
    visitor.keyboard.press("Enter")
    record.arrive_at(KAGAMI)
    keyboard.press(record.menu_entry("frame.cart"))
    cart = CartPage(visitor, lang).arrive()
    expect(cart.heading).to_be_focused()
    keyboard.press(cart.box("ノルウェイの森 上"), "Space")
    expect(cart.box("ノルウェイの森 上")).not_to_be_checked()
    keyboard.press(cart.button)
    confirmation = ConfirmHoldsPage(visitor, lang).arrive()
    expect(confirmation.heading).to_be_focused()
    keyboard.press(confirmation.button)

    placed = HoldsPlacedPage(visitor, lang).arrive()
    expect(placed.heading).to_be_focused()
    placed.should_have_placed(KAGAMI, place=2).should_say("cart.placed.done", count=2)


def test_a_dialog_keeps_the_focus_until_it_is_answered(hanako_at):
    loans = hanako_at(LoansPage)
    keyboard = Keyboard(loans.browser)
    asks = loans.button("雪国")

    keyboard.press(asks)
    expect(loans.dialog).to_be_visible()
    for _ in range(6):
        loans.browser.keyboard.press("Tab")
        assert loans.dialog.evaluate(
            "dialog => dialog.contains(document.activeElement)"
            " || document.activeElement === document.body"
        )
    loans.browser.keyboard.press("Escape")
    expect(loans.dialog).to_be_hidden()
    expect(asks).to_be_focused()
    keyboard.browser.keyboard.press("Enter")
    keyboard.press(loans.dialog.get_by_role("button", name=loans.say("loans.confirm.yes")))

    loans.should_be_renewed("雪国")


def test_a_menu_opens_and_closes_with_the_keyboard(visitor, lang):
    home = HomePage(visitor, lang).open()
    keyboard = Keyboard(visitor)
    menu = visitor.get_by_role("button", name=home.say("display.heading.lang"))

    keyboard.press(menu)
    keyboard.go_to(visitor.get_by_role("radio", name="日本語", exact=True))
    visitor.keyboard.press("ArrowDown")
    expect(visitor.get_by_role("radio", name="English")).to_be_checked()
    visitor.keyboard.press("Escape")

    expect(visitor.get_by_role("radio", name="English")).to_be_hidden()
    expect(visitor.get_by_role("button", name="Language")).to_be_focused()
