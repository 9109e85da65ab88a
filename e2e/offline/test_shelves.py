"""Shelves without a connection: shown at once, found after a cold start, and done once."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.ledger import Remark
from e2e.offline.repetition import again_and_again
from e2e.offline.stores import copies_in, everything_in, operations_in
from e2e.pages.ordered_list import OrderedList
from e2e.pages.search import SearchPage
from e2e.pages.shelf import ShelfPage
from e2e.pages.shelves import ShelvesPage
from e2e.waiting import eventually, until
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
BY_TITLE = (CLOUD_1, CLOUD_2, SAPIENS_1, SAPIENS_2, WONDER, DOOR, KIM, NARNIA)
KOKORO, ALGERNON, BOTCHAN = "こころ", "アルジャーノンに花束を", "坊っちゃん"

# What the demonstration has written about them.
OF_WONDER = "新聞の書評で見た。子どもにも読ませたい。"
OF_NARNIA = "さくらちゃんにも"
OF_KOKORO = "高校のとき以来。先生の手紙がこんなに長かったとは。"

BOOK_1, PICNIC = "1Q84 BOOK1", "夜のピクニック"


@pytest.fixture
def hanako(portal) -> str:
    """Her card."""
    return portal.cast["Hanako"].card_number


@pytest.fixture
def profile(hanakos_profile) -> Path:
    """Hanako's own device."""
    return hanakos_profile


@pytest.fixture
def shelves(device) -> ShelvesPage:
    """Hanako at her shelves."""
    return ShelvesPage(device.open()).open().should_have(**{SUMMER: 8, READ: 3})


@pytest.fixture
def shelved(ledger, hanako) -> Callable[[], dict[str, list[str]]]:
    """Ask the library itself what stands on Hanako's shelves."""
    return lambda: ledger.shelved_by(hanako)


def test_shelves_are_made_named_ordered_deleted_and_brought_back(
    device, link, ledger, shelves, hanako
):
    travel, done = "旅の本 ①", "もう読んだ本"
    link.refuse()

    shelves.create(travel).should_have(**{SUMMER: 8, READ: 3, travel: 0})
    shelves.rename(READ, to=done).should_have(**{SUMMER: 8, done: 3, travel: 0})
    shelves.ask_to_delete(SUMMER).confirm_deletion().should_have(**{done: 3, travel: 0})
    until = clock.now().date() + dt.timedelta(days=30)
    shelves.should_offer_back(SUMMER, count=8, until=until).should_have_waiting(3)
    assert ledger.shelves_of(hanako) == [SUMMER, READ]

    shelves = ShelvesPage(device.restart()).open().should_have(**{done: 3, travel: 0})
    shelves.should_offer_back(SUMMER, count=8, until=until)
    shelves.restore(SUMMER).should_have(**{done: 3, travel: 0, SUMMER: 8})
    OrderedList(shelves).press(travel, "Home")
    shelves.should_have(**{travel: 0, done: 3, SUMMER: 8}).should_have_waiting(5)
    link.mend()

    # What comes back has its old place, which the library alone remembers.
    shelves.should_have_waiting(0).should_have(**{travel: 0, SUMMER: 8, done: 3})
    assert ledger.shelves_of(hanako) == [travel, SUMMER, done]
    assert ledger.answers_to(hanako) == [(True, "")] * 5
    shelves.open().should_have(**{travel: 0, SUMMER: 8, done: 3})
    shelves.open_shelf(SUMMER).should_show(*BY_DATE)


def test_books_are_moved_copied_removed_noted_marked_and_ordered(
    device, link, ledger, shelves, shelved, hanako
):
    summer = [NARNIA, WONDER, SAPIENS_1, SAPIENS_2, CLOUD_2, KIM]
    read = [KOKORO, ALGERNON, BOTCHAN, CLOUD_1, WONDER]
    before = shelved()
    link.refuse()
    shelf = shelves.open_shelf(SUMMER).should_show(*BY_DATE)

    shelf.remove(DOOR).carry("move", CLOUD_1, to=READ).carry("copy", WONDER, to=READ)
    shelf.write_note(KIM, "読書会で話す\n十二月").mark_read(KIM).sort_by("own")
    OrderedList(shelf).press(NARNIA, "Home")
    shelf.should_show(NARNIA, WONDER, SAPIENS_1, SAPIENS_2, KIM, CLOUD_2)
    shelf.tick(KIM).press("shelves.page.to_bottom")
    should_be_so(shelf, summer, read).should_have_waiting(7)
    assert shelved() == before

    shelf = ShelvesPage(device.restart()).open().open_shelf(SUMMER).sort_by("own")
    should_be_so(shelf, summer, read).should_have_waiting(7)
    link.mend()

    shelf.should_have_waiting(0)
    should_be_so(shelf, summer, read)
    assert shelved() == {SUMMER: summer, READ: read}
    assert ledger.remarks_of(hanako) == [
        Remark(SUMMER, NARNIA, OF_NARNIA, is_read=False),
        Remark(SUMMER, WONDER, OF_WONDER, is_read=False),
        Remark(SUMMER, KIM, "読書会で話す\n十二月", is_read=True),
        Remark(READ, KOKORO, OF_KOKORO, is_read=True),
        Remark(READ, ALGERNON, "", is_read=True),
        Remark(READ, BOTCHAN, "", is_read=True),
        Remark(READ, WONDER, OF_WONDER, is_read=False),
    ]
    assert ledger.answers_to(hanako) == [(True, "")] * 7


def should_be_so(shelf: ShelfPage, summer: list[str], read: list[str]) -> ShelfPage:
    """Look at both shelves in the patron's own order, and at what is written there."""
    shelf.should_show(*summer).should_be_read(KIM)
    shelf.should_have_note(KIM, "読書会で話す\n十二月").should_have_note(WONDER, OF_WONDER)
    other = shelf.follow_menu("frame.shelves", ShelvesPage).open_shelf(READ).should_show(*read)
    other.should_have_note(WONDER, OF_WONDER).should_be_read(KOKORO)
    return other.follow_menu("frame.shelves", ShelvesPage).open_shelf(SUMMER).should_show(*summer)


def test_a_shelf_is_made_and_filled_and_is_sorted_and_searched(
    device, link, ledger, shelves, shelved, hanako
):
    home = "帰省で読む本"
    found = SearchPage(shelves.browser).open_at(q="新潮社", size="50")
    expect(found.result(BOOK_1)).to_be_visible()
    link.refuse()

    found.choose(BOOK_1, PICNIC).shelve_chosen().make(home).go_on().confirm().close()
    found.should_have_waiting(2)
    both = [BOOK_1, PICNIC]
    shelf = found.follow_menu("frame.shelves", ShelvesPage).open_shelf(home).should_show(*both)
    shelf.write_note(BOOK_1, "二つの月").should_have_note(BOOK_1, "二つの月")
    should_be_sorted_and_searched(shelf.follow_menu("frame.shelves", ShelvesPage))

    shelves = ShelvesPage(device.restart()).open().should_have(**{SUMMER: 8, READ: 3, home: 2})
    should_be_sorted_and_searched(shelves)
    shelf = shelves.follow_menu("frame.shelves", ShelvesPage).open_shelf(home)
    shelf.look_for("二つの月").should_show(BOOK_1).look_for("").should_show(*both)
    link.mend()

    shelf.should_have_waiting(0).should_show(*both).should_have_note(BOOK_1, "二つの月")
    assert shelved()[home] == both
    assert ledger.answers_to(hanako) == [(True, "")] * 3
    # Who has written them, by their readings, only the library knows.
    shelf = shelf.follow_menu("frame.shelves", ShelvesPage).open_shelf(home)
    shelf.sort_by("author").should_show(PICNIC, BOOK_1)


def should_be_sorted_and_searched(shelves: ShelvesPage) -> None:
    """Sort Hanako's first shelf and look for words in it."""
    shelf = shelves.open_shelf(SUMMER).sort_by("title").should_show(*BY_TITLE)
    shelf.sort_by("added", order="descending").should_show(*reversed(BY_DATE))
    shelf.look_for("さぴえんす").should_show(SAPIENS_2, SAPIENS_1)
    shelf.look_for("書評").should_show(WONDER).look_for("ぬるぽ")
    shelf.should_say("shelves.page.none_found").look_for("").sort_by("added")
    shelf.should_show(*BY_DATE)


@again_and_again
def test_what_was_done_and_not_heard_of_is_not_done_twice(
    link, ledger, shelves, shelved, hanako, time
):
    shelf = shelves.open_shelf(SUMMER).should_show(*BY_DATE)
    read = [KOKORO, ALGERNON, BOTCHAN, NARNIA]
    link.go_deaf()
    shelf.carry("move", NARNIA, to=READ)
    eventually(lambda: shelved()[READ], read)
    shelf.should_have_waiting(1)

    link.mend()
    link.cut()

    shelf.should_have_waiting(0).should_show(*BY_DATE[:-1])
    assert shelved() == {SUMMER: [*BY_DATE[:-1]], READ: read}
    assert Remark(READ, NARNIA, OF_NARNIA, is_read=False) in ledger.remarks_of(hanako)
    # Done a second time, it would have been told that the book was not there any more.
    assert ledger.answers_to(hanako) == [(True, "")]


def test_what_another_tab_has_done_stays_when_the_line_breaks_off(device, link, shelves, hanako):
    shelves.open_shelf(SUMMER).mark_read(DOOR).should_have_waiting(0)
    shelves.open()  # and the device is sent the shelf as it is now
    elsewhere = ShelvesPage(device.another_tab()).open().open_shelf(SUMMER)
    elsewhere.mark_read(KIM).should_be_read(KIM).should_have_waiting(0)
    link.refuse()
    shelves.should_be("reconnecting")
    link.mend()
    shelves.should_be("online").create("つながった").should_have_waiting(0)
    link.refuse()

    shelves.open_shelf(SUMMER).should_show(*BY_DATE).should_be_read(KIM)


def test_another_patron_at_the_same_device_sees_none_of_it(
    portal, link, ledger, shelves, sign_in, hanako
):
    note = "駅前の喫茶店で"
    shelf = shelves.open_shelf(SUMMER).look_for("書評").should_show(WONDER)
    link.refuse()
    shelf.write_note(WONDER, note, over=OF_WONDER).should_have_waiting(1)
    portal.let_sessions_idle(minutes=61)
    link.mend()

    taros = sign_in(shelf.browser, "Taro", ShelvesPage).should_have().should_have_waiting(0)
    taros.should_say("shelves.shelves.none").create("太郎の本").should_have(太郎の本=0)
    ShelfPage(taros.browser).open().should_show()

    eventually(lambda: operations_in(taros.browser), [])
    until(lambda: "ShelvesState" in copies_in(taros.browser))
    kept = everything_in(taros.browser)
    for secret in (SUMMER, WONDER, OF_WONDER, note):
        assert not [where for where, text in kept.items() if secret in text]
    assert ledger.shelves_of(portal.cast["Taro"].card_number) == ["太郎の本"]
    assert ledger.answers_to(hanako) == []
    assert Remark(SUMMER, WONDER, OF_WONDER, is_read=False) in ledger.remarks_of(hanako)
