from datetime import timedelta

from playwright.sync_api import expect

from e2e.narrowing import crosswise, only_at, only_on
from e2e.pages.account import AccountPage
from e2e.pages.cart import CartPage, ConfirmHoldsPage
from e2e.pages.holds import HoldsPage
from e2e.pages.home import HomePage
from e2e.pages.search import SearchPage
from e2e.pages.sign_in import SignInPage
from portal_app import clock

KAGAMI = "かがみの孤城"
FIRST_HALF, SECOND_HALF = "ノルウェイの森 上", "ノルウェイの森 下"


@crosswise
def test_a_wish_survives_the_sign_in_and_becomes_a_hold(visitor, portal, lang):
    hanako = portal.cast["Hanako"]
    branch = portal.library.branches[1]

    found = HomePage(visitor, lang).open().search("かがみのこじょう")
    record = found.should_find(1).open_record(KAGAMI)
    at_sign_in = record.wish_for(KAGAMI).should_say("sign_in.wish")
    at_sign_in.sign_in(card_number=hanako.card_number, password=hanako.password)
    cart = record.arrive_at(KAGAMI).follow_menu("frame.cart", CartPage)
    cart.should_hold(FIRST_HALF, SECOND_HALF, KAGAMI)
    cart.remove(SECOND_HALF).should_say("cart.removed", count=1)
    confirmation = cart.pick_up_at(branch.name["ja"]).check()
    expect(confirmation.lines).to_have_count(2)
    placed = confirmation.place()
    placed.should_say("cart.placed.done", count=2)
    placed.should_have_placed(FIRST_HALF, place=1).should_have_placed(KAGAMI, place=2)
    visitor.emulate_media(media="print")
    placed.should_have_placed(KAGAMI, place=2).should_say("cart.placed.done", count=2)
    expect(placed.outcome(KAGAMI)).to_contain_text(branch.name["ja"])
    expect(visitor.locator(".printed-on")).to_contain_text(placed.say("common.library"))
    expect(visitor.locator(".button:visible, nav:visible")).to_have_count(0)
    visitor.emulate_media(media="screen")
    holds = placed.go_to_holds()

    holds.should_wait_for(FIRST_HALF, place=1, length=1, branch=branch.name["ja"])
    holds.should_wait_for(KAGAMI, place=2, length=2, branch=branch.name["ja"])
    expect(holds.rows).to_have_count(3)
    holds.follow_menu("frame.cart", CartPage).should_be_empty()


def refused_in_the_cart(cart: CartPage, title: str, key: str, **values: object) -> None:
    """Try all the same to hold what the cart says cannot be held."""
    cart.should_refuse(title, key, **values)
    expect(cart.box(title)).not_to_be_checked()
    placed = cart.choose(title).check().place()
    placed.should_have_refused(title, key, **values)
    placed.go_to_cart().should_hold(title)


@crosswise
def test_an_expired_card_places_no_hold(patron_at):
    cart = patron_at("Yuki", CartPage)

    expired_on = cart.day(clock.now().date() - timedelta(days=12))

    refused_in_the_cart(cart, "吾輩は猫である", "holds.refusal.card_expired", day=expired_on)


@crosswise
def test_something_overdue_stops_holds_where_the_library_says_so(taro_at, portal):
    cart = taro_at(CartPage)

    if portal.library.holds.block_if_overdue:
        since = cart.day(clock.now().date() - timedelta(days=10))
        refused_in_the_cart(cart, "マークスの山", "holds.refusal.something_overdue", day=since)
        return

    cart.check().place().should_have_placed("マークスの山", place=1)


@crosswise
def test_the_limit_of_holds_is_said(patron_at):
    cart = patron_at("Ken", CartPage)

    refused_in_the_cart(cart, "生物と無生物のあいだ", "holds.refusal.hold_limit_reached", limit=10)


@crosswise
def test_what_is_on_the_shelf_is_held_where_the_library_allows_it(hanako_at, portal):
    found = hanako_at(SearchPage).search("きっちん")
    expect(found.result("キッチン")).to_contain_text(found.say("availability.available"))
    record = found.open_record("キッチン")

    if portal.library.holds.available_items:
        record.put_in_cart("キッチン")
        cart = record.follow_menu("frame.cart", CartPage).choose_none().choose("キッチン")
        cart.check().place().should_have_placed("キッチン", place=1)
        return

    expect(record.button).to_have_attribute("aria-disabled", "true")
    expect(record.button).to_have_accessible_description(record.say("holds.refusal.available_now"))
    expect(record.browser.get_by_text(record.say("holds.refusal.available_now"))).to_be_visible()


@only_at("kagoshima")
@only_on("desktop")
def test_the_request_as_a_whole_is_checked_before_it_counts(hanako_at):
    cart = hanako_at(CartPage)

    cart.choose_none().submit().should_say("holds.problem.nothing_chosen")
    cart.choose_all().want_until("2020-01-01").submit()
    cart.should_say("holds.problem.expiry_has_passed")
    back = cart.want_until("").check().go_back()

    back.should_hold(FIRST_HALF, SECOND_HALF)


@only_at("koganei")
@only_on("phone")
def test_pages_in_the_middle_lead_to_the_cart(hanako_at, lang):
    account = hanako_at(AccountPage)

    account.browser.goto(ConfirmHoldsPage.route)
    CartPage(account.browser, lang).arrive()
    account.browser.goto("/cart/placed")

    CartPage(account.browser, lang).arrive()


@only_at("koganei")
@only_on("desktop")
def test_a_double_click_places_each_hold_once(hanako_at):
    confirmation = hanako_at(CartPage).check()

    placed = confirmation.place_with_a_double_click()

    placed.should_say("cart.placed.done", count=2)
    placed.should_have_placed(FIRST_HALF, place=1).should_have_placed(SECOND_HALF, place=1)
    expect(placed.go_to_holds().rows).to_have_count(3)


@only_at("koganei")
@only_on("desktop")
def test_a_confirmation_follows_what_another_tab_has_done(hanako_at, lang):
    here = hanako_at(CartPage)
    there = CartPage(here.browser.context.new_page(), lang).open()

    here_confirmed, _ = here.check(), there.check()
    here_confirmed.place().should_say("cart.placed.done", count=2)

    holds = there.arrive().should_be_empty().follow_menu("frame.holds", HoldsPage)
    holds.should_wait_for(FIRST_HALF, place=1, length=1, branch="")
    expect(holds.rows).to_have_count(3)


@only_at("koganei")
@only_on("desktop")
def test_two_tabs_place_each_hold_once(visitor, portal, lang):
    hanako = portal.cast["Hanako"]
    sign_in = SignInPage(visitor, lang).open_on_the_way_to(CartPage.route).keep_nothing()
    sign_in.sign_in(card_number=hanako.card_number, password=hanako.password)
    # Where nothing is kept, no tab hears of the other.
    here = CartPage(visitor, lang).arrive()
    there = CartPage(visitor.context.new_page(), lang).open()

    here_confirmed, there_confirmed = here.check(), there.check()
    here_confirmed.place().should_say("cart.placed.done", count=2)
    too_late = there_confirmed.place()

    for title in (FIRST_HALF, SECOND_HALF):
        too_late.should_have_refused(title, "holds.refusal.already_on_hold", day=clock.now().date())
    holds = too_late.go_to_holds()
    holds.should_wait_for(FIRST_HALF, place=1, length=1, branch="")
    expect(holds.rows).to_have_count(3)


@only_at("kagoshima")
@only_on("phone")
def test_nothing_is_in_the_cart_twice(hanako_at):
    found = hanako_at(SearchPage).search("かがみのこじょう").put_in_cart(KAGAMI)

    record = found.open_record(KAGAMI)
    record.press_to_cart(KAGAMI)

    record.should_say("cart.refusal.already_in_cart", title=KAGAMI)
    record.follow_menu("frame.cart", CartPage).should_hold(FIRST_HALF, SECOND_HALF, KAGAMI)
