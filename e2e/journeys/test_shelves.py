"""Shelves, and categories of the one list (K-50 to K-59c, G-40)."""

import datetime as dt

from playwright.sync_api import expect

from e2e.keyboard import Keyboard
from e2e.narrowing import only_at, only_on
from e2e.pages.account import AccountPage
from e2e.pages.cart import CartPage
from e2e.pages.record import RecordPage
from e2e.pages.shelves import ShelvesPage
from portal_app import clock

SUMMER, READ = "夏休みに読みたい本", "読んだ本"
WONDER, SAPIENS_1, SAPIENS_2 = (
    "センス・オブ・ワンダー",
    "サピエンス全史 : 文明の構造と人類の幸福 上",
    "サピエンス全史 : 文明の構造と人類の幸福 下",
)
KIM, CLOUD_1, CLOUD_2 = "82年生まれ、キム・ジヨン", "坂の上の雲 1", "坂の上の雲 2"
DOOR, NARNIA = "夏への扉", "ライオンと魔女"
BY_DATE = (WONDER, SAPIENS_1, SAPIENS_2, KIM, CLOUD_1, CLOUD_2, DOOR, NARNIA)


@only_on("phone")
def test_k51_a_shelf_is_named_confirmed_and_made(hanako_at, lang):
    shelves = hanako_at(ShelvesPage).should_have(**{SUMMER: 8, READ: 3})

    shelves.ask_to_create().write_name("旅の本 ①")
    shelves.confirm_creation()

    shelves.should_say("shelves.done.shelves.create", name="旅の本 ①")
    shelves.should_have(**{SUMMER: 8, READ: 3, "旅の本 ①": 0})
    shelves.open().should_have(**{SUMMER: 8, READ: 3, "旅の本 ①": 0})
    shelves.open_shelf("旅の本 ①").should_say("shelves.page.none")
    AccountPage(shelves.browser, lang).open().should_count("account.shelves", 11)


@only_on("phone")
def test_k52_a_name_has_as_many_characters_as_people_see(hanako_at):
    shelves = hanako_at(ShelvesPage)
    family = "👨‍👩‍👧"

    shelves.ask_to_create().write_name("  ").should_refuse_name("shelves.refusal.no_name")
    shelves.write_name(family * 33)
    shelves.should_refuse_name("shelves.refusal.name_too_long", limit=32)
    shelves.write_name(family * 32)
    shelves.confirm_creation().should_say("shelves.done.shelves.create", name=family * 32)

    shelves.open().should_have(**{SUMMER: 8, READ: 3, family * 32: 0})


@only_on("phone")
def test_k54_a_shelf_is_called_otherwise(hanako_at):
    shelves = hanako_at(ShelvesPage).rename(READ, to="もう読んだ本")

    shelves.should_say("shelves.done.shelves.rename", name="もう読んだ本")
    shelves.open().should_have(**{SUMMER: 8, "もう読んだ本": 3})


@only_on("desktop")
def test_k59c_a_deleted_shelf_can_be_brought_back(hanako_at):
    shelves = hanako_at(ShelvesPage).ask_to_delete(SUMMER)

    asked = shelves.dialog("deletion")
    expect(asked).to_contain_text(shelves.say("shelves.named_with_count", name=SUMMER, count=8))
    expect(asked).to_contain_text(shelves.say("shelves.restorable", days=30))
    shelves.confirm_deletion().should_have(**{READ: 3})
    until = clock.now().date() + dt.timedelta(days=30)
    shelves.open().should_offer_back(SUMMER, count=8, until=until)
    shelves.restore(SUMMER)

    shelves.should_say("shelves.done.shelves.restore", name=SUMMER)
    shelves.open().should_have(**{SUMMER: 8, READ: 3})
    shelves.open_shelf(SUMMER).should_show(*BY_DATE)


@only_on("desktop")
def test_k53_shelves_are_sorted_by_name_by_number_and_in_ones_own_order(hanako_at):
    shelves = hanako_at(ShelvesPage).create("あとで")

    shelves.sort_by("name").should_have(**{"あとで": 0, SUMMER: 8, READ: 3})
    shelves.sort_by("count", order="descending").should_have(**{SUMMER: 8, READ: 3, "あとで": 0})
    shelves.sort_by("own").should_have(**{SUMMER: 8, READ: 3, "あとで": 0})


@only_on("desktop")
def test_k57_books_are_sorted_and_the_order_stays_when_one_comes_back(hanako_at):
    shelf = hanako_at(ShelvesPage).open_shelf(SUMMER).should_show(*BY_DATE)

    shelf.sort_by("added", order="descending").should_show(*reversed(BY_DATE))
    shelf.sort_by("call_number")
    shelf.show(10).sort_by("title")
    shelf.should_show(CLOUD_1, CLOUD_2, SAPIENS_1, SAPIENS_2, WONDER, DOOR, KIM, NARNIA)
    shelf.book(KIM).get_by_role("link").first.click()
    RecordPage(shelf.browser).arrive()
    shelf.browser.go_back()

    shelf.should_show(CLOUD_1, CLOUD_2, SAPIENS_1, SAPIENS_2, WONDER, DOOR, KIM, NARNIA)


@only_on("phone")
def test_words_are_looked_for_inside_a_shelf(hanako_at):
    shelf = hanako_at(ShelvesPage).open_shelf(SUMMER)

    shelf.look_for("さぴえんす").should_show(SAPIENS_1, SAPIENS_2)
    shelf.look_for("書評").should_show(WONDER)
    shelf.look_for("ぬるぽ").should_say("shelves.page.none_found")
    shelf.look_for("").should_show(*BY_DATE)


@only_on("phone")
def test_k57_all_is_chosen_also_on_other_pages(hanako_at):
    shelves = hanako_at(ShelvesPage)
    everything = shelves.open_all().show(10)

    everything.press("lists.select_all").should_have_chosen(11)
    everything.press("lists.select_none").should_have_chosen(0)


@only_on("desktop")
def test_k57_books_are_copied_and_moved_with_what_was_written_about_them(hanako_at, lang):
    shelf = hanako_at(ShelvesPage).open_shelf(SUMMER)

    shelf.carry("copy", WONDER, KIM, to=READ)
    shelf.should_say("shelves.done.shelves.copy", target=READ, count=2)
    shelf.carry("move", CLOUD_1, to=READ)
    shelf.should_say("shelves.done.shelves.move", target=READ, count=1)

    shelves = ShelvesPage(shelf.browser, lang).open().should_have(**{SUMMER: 7, READ: 6})
    there = shelves.open_shelf(READ)
    there.should_have_note(WONDER, "新聞の書評で見た。子どもにも読ませたい。")
    expect(there.book(CLOUD_1)).to_have_count(1)


@only_on("desktop")
def test_k59b_books_are_taken_off_after_the_patron_was_asked(hanako_at, lang):
    shelf = hanako_at(ShelvesPage).open_shelf(SUMMER).remove(DOOR, NARNIA)

    shelf.should_say("shelves.done.shelves.remove", name=SUMMER, count=2)
    shelf.should_show(*BY_DATE[:-2])
    ShelvesPage(shelf.browser, lang).open().should_have(**{SUMMER: 6, READ: 3})


@only_on("phone")
def test_a_note_and_a_read_mark_stay_with_a_book(hanako_at, lang):
    shelf = hanako_at(ShelvesPage).open_shelf(SUMMER)

    shelf.write_note(KIM, "図書館の読書会で話す\n十二月")
    shelf.should_say("shelves.done.shelves.note", title=KIM)
    shelf.mark_read(KIM).should_be_read(KIM)

    again = ShelvesPage(shelf.browser, lang).open().open_shelf(SUMMER)
    again.should_have_note(KIM, "図書館の読書会で話す\n十二月").should_be_read(KIM)
    again.write_note(KIM, "", over="図書館の読書会で話す\n十二月")
    expect(again.book(KIM).locator(".note")).to_have_count(0)


@only_at("koganei")
@only_on("phone")
def test_g40_the_one_list_shows_its_categories_and_all_of_them(hanako_at):
    everything = hanako_at(ShelvesPage).open_all()

    parts = everything.browser.get_by_role(
        "navigation", name=everything.say("shelves.page.categories")
    )
    expect(parts.get_by_role("link")).to_have_text(
        [
            everything.say("shelves.categories.all"),
            everything.say("shelves.named_with_count", name=SUMMER, count=8),
            everything.say("shelves.named_with_count", name=READ, count=3),
            everything.say("shelves.categories.to_list"),
        ]
    )
    parts.get_by_role("link").nth(2).click()
    expect(everything.books).to_have_count(3)


@only_on("desktop")
@only_at("kagoshima")
def test_a_shelf_is_made_and_named_with_the_keyboard_alone(hanako_at):
    shelves = hanako_at(ShelvesPage)
    keyboard, main = Keyboard(shelves.browser), shelves.browser.get_by_role("main")

    keyboard.press(main.get_by_role("button", name=shelves.say("shelves.shelves.create")))
    keyboard.browser.keyboard.insert_text("鍵盤")
    keyboard.browser.keyboard.press("Enter")
    keyboard.press(shelves.dialog("creation").get_by_role("button").first)

    shelves.should_have(**{SUMMER: 8, READ: 3, "鍵盤": 0})


@only_on("phone")
def test_k59_several_go_to_the_cart_and_what_can_be_had_now_is_left_out(hanako_at, lang, portal):
    everything = hanako_at(ShelvesPage).open_all()
    free = portal.library.holds.available_items  # in the one library also what stands in the stacks

    everything.tick(WONDER, DOOR).press("shelves.page.to_cart")

    key, count = ("cart.added_together", 2) if free else ("cart.left_out", 2)
    everything.should_say(key, count=count)
    everything.should_have_chosen(0)
    cart = CartPage(everything.browser, lang).open()
    expect(cart.line(WONDER)).to_have_count(1 if free else 0)
