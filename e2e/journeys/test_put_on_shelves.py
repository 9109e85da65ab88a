"""Putting records on shelves from wherever they are shown (K-56, G-24, G-40)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from e2e.keyboard import Keyboard
from e2e.narrowing import only_at, only_on
from e2e.pages.cart import CartPage
from e2e.pages.holds import HoldsPage
from e2e.pages.loans import LoansPage
from e2e.pages.record import RecordPage
from e2e.pages.search import SearchPage
from e2e.pages.shelving import Shelving
from e2e.pages.sign_in import SignInPage
from portal_app.domain.policies import ShelfModel
from portal_app.text import say

SUMMER, READ = "夏休みに読みたい本", "読んだ本"
KOKORO, SNOW, NARUSE = "こころ", "雪国", "成瀬は天下を取りにいく"
BORROWED = [
    "雪国",
    "コンビニ人間",
    "博士の愛した数式",
    "アビイ・ロード",
    "西の魔女が死んだ",
    "舟を編む",
]


@pytest.fixture
def shelved(portal) -> Callable[[], dict[str, list[str]]]:
    """Ask the library itself what stands on Hanako's shelves."""
    return lambda: portal.ledger.shelved_by(portal.cast["Hanako"].card_number)


@pytest.fixture
def unsorted(portal, lang) -> list[str]:
    """What stands before the categories of the one list, where the library has one."""
    is_one_list = portal.library.shelf.model is ShelfModel.CATEGORIES
    return [say("shelves.unsorted", lang)] if is_one_list else []


@only_on("phone")
def test_results_of_several_pages_are_put_on_a_shelf_together(hanako_at, shelved, unsorted):
    """K-56, and complaint 17: one press for each book."""
    found = SearchPage(hanako_at(LoansPage).browser).open_at(q="の", size="10")
    first, second, *_ = found.titles_in_order
    found.choose(first, second).turn_to(2)
    expect(found.turned_to(2)).to_be_visible()
    third = found.titles_in_order[4]
    found.choose(third).should_have_chosen(3)

    shelving = found.shelve_chosen().at("choose").should_offer(*unsorted, SUMMER, READ)
    shelving.choose(READ).go_on().should_tell(READ, "shelf_choice.check.puts", count=3)
    assert len(shelved()[READ]) == 3
    shelving.confirm().should_be_done().should_tell(READ, "shelf_choice.done.put", count=3)
    shelving.close()

    assert shelved()[READ][3:] == [first, second, third]
    found.should_have_chosen(0)


@only_on("desktop")
def test_what_is_there_already_is_said_and_not_doubled(hanako_at, shelved):
    """K-56."""
    found = SearchPage(hanako_at(LoansPage).browser).open_at(q="夏目 漱石", size="10")
    others = [title for title in found.titles_in_order if title not in {KOKORO, "坊っちゃん"}]

    found.shelve(KOKORO).should_have_already(READ).cancel()
    found.choose(KOKORO, others[0])
    shelving = found.shelve_chosen().should_say_of(READ, "shelf_choice.partly", count=1)
    shelving.choose(READ).go_on()
    shelving.should_tell(READ, "shelf_choice.check.already", count=1)
    shelving.confirm().should_be_done().should_tell(READ, "shelf_choice.done.put", count=1)
    shelving.should_tell(READ, "shelf_choice.done.already", count=1)

    assert shelved()[READ].count(KOKORO) == 1
    assert shelved()[READ][-1] == others[0]


@only_on("phone")
def test_a_shelf_is_made_on_the_way(hanako_at, shelved):
    """K-51, K-52: a name, a look at it, and then it is there."""
    record = SearchPage(hanako_at(LoansPage).browser).open_at(q=KOKORO).open_record(KOKORO)
    record.should_stand_on(READ)

    shelving = record.shelve(KOKORO)
    shelving.write(" ").should_say("shelves.refusal.no_name")
    shelving.write("あ" * 33).should_say("shelves.refusal.name_too_long", limit=32)
    shelving.make("👨‍👩‍👧‍👦 家で読む本 2026").go_on().confirm_with_a_double_click().should_be_done()
    shelving.close()

    record.should_stand_on(*sorted([READ, "👨‍👩‍👧‍👦 家で読む本 2026"], reverse=True))
    assert shelved()["👨‍👩‍👧‍👦 家で読む本 2026"] == [KOKORO]


@only_at("kagoshima")
@only_on("desktop")
def test_all_loans_are_put_on_several_shelves_at_once(hanako_at, shelved):
    loans = hanako_at(LoansPage)

    shelving = loans.shelve_all("shelves").at("choose").choose(SUMMER, READ).go_on()
    shelving.confirm().should_be_done()
    for shelf in (SUMMER, READ):
        shelving.should_tell(shelf, "shelf_choice.done.put", count=6)

    assert [shelved()[shelf][-6:] for shelf in (SUMMER, READ)] == [BORROWED, BORROWED]


@only_at("koganei")
@only_on("phone")
def test_all_loans_are_put_on_the_one_list_with_one_confirmation(hanako_at, shelved):
    """G-24."""
    loans = hanako_at(LoansPage)

    shelving = loans.shelve_all("categories").at("check").confirm().should_be_done()
    shelving.close()
    loans.shelve_all("categories").at("check").should_say("shelf_choice.check.nothing").cancel()

    assert shelved()[""] == BORROWED


@only_at("koganei")
@only_on("phone")
def test_a_record_goes_to_one_category_of_the_list(hanako_at, shelved):
    """G-40."""
    loans = hanako_at(LoansPage)

    shelving = loans.shelve(SNOW)
    expect(shelving.shelf(loans.say("shelves.unsorted"))).to_be_checked()
    shelving.choose(READ).go_on().choose_again().choose(SUMMER).go_on().confirm().should_be_done()

    assert shelved()[SUMMER][-1] == SNOW
    assert SNOW not in shelved()[READ]


@only_on("phone")
def test_what_is_wished_for_is_put_on_a_shelf(hanako_at, shelved):
    holds = hanako_at(HoldsPage)

    holds.shelve(NARUSE).choose(SUMMER).go_on().confirm().should_be_done().close()
    cart = holds.follow_menu("frame.cart", CartPage)
    cart.shelve("ノルウェイの森 上").choose(SUMMER).go_on().confirm().should_be_done()

    assert shelved()[SUMMER][-2:] == [NARUSE, "ノルウェイの森 上"]


@only_on("desktop")
def test_a_stranger_signs_in_and_is_asked_on(visitor, portal, shelved):
    """K-05, K-56."""
    found = SearchPage(visitor).open_at(q=KOKORO)
    found.open_record(KOKORO).press_to_shelf(KOKORO)
    hanako = portal.cast["Hanako"]

    SignInPage(visitor).arrive().sign_in(card_number=hanako.card_number, password=hanako.password)
    shelving = Shelving(RecordPage(visitor).arrive_at(KOKORO)).at("choose")
    shelving.should_have_already(READ).choose(SUMMER).go_on().confirm().should_be_done()

    assert shelved()[SUMMER][-1] == KOKORO
    assert "shelve" not in visitor.url


@only_on("phone")
def test_results_are_put_in_the_cart_together(hanako_at, portal):
    found = SearchPage(hanako_at(LoansPage).browser).open_at(q="の", size="10")
    loaned, new = "ノルウェイの森 上", "Norwegian wood"
    found.choose(loaned, new).put_chosen_in_cart()

    found.should_have_chosen(0).should_say("cart.refusal.already_in_cart", title=loaned)
    if portal.library.holds.available_items:
        found.should_say("cart.added_together", count=1)
    else:
        found.should_say("cart.left_out", count=1)
    cart = portal.ledger.cart_of(portal.cast["Hanako"].card_number)
    assert cart.count(loaned) == 1
    assert (new in cart) == portal.library.holds.available_items


@only_on("desktop")
def test_a_choice_ends_with_its_search_and_a_page_is_chosen_at_once(hanako_at):
    found = SearchPage(hanako_at(LoansPage).browser).open_at(q="の", size="10")

    found.choose_page().should_have_chosen(10).choose_none().should_have_chosen(0)
    found.choose_page().turn_to(2)
    found.should_have_chosen(10).sort_by("search.sort_by.title")
    found.arrive_at(q="の", size="10", sort="title").should_have_chosen(10)
    found.search("こころ").should_have_chosen(0)


@only_at("kagoshima")
@only_on("desktop")
def test_the_keyboard_alone_puts_a_record_on_a_shelf(hanako_at, shelved):
    loans = hanako_at(LoansPage)
    keyboard = Keyboard(loans.browser)
    name = loans.say("shelf_choice.shelve_named", title=SNOW)
    button = loans.browser.get_by_role("button", name=name, exact=True)

    keyboard.press(button)
    shelving = Shelving(loans).at("choose")
    keyboard.press(shelving.shelf(READ), "Space")
    for key, step in (("shelf_choice.choose", "check"), ("shelf_choice.check.confirm", "done")):
        keyboard.press(shelving.dialog.get_by_role("button", name=loans.say(key), exact=True))
        shelving.at(step)
    shelving.should_be_done().cancel()

    expect(button).to_be_focused()
    assert shelved()[READ][-1] == SNOW
