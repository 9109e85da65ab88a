"""One patron, two devices, and one of them without a connection: docs/shelves.md, as it is seen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from e2e.ledger import Remark
from e2e.offline.stores import rows_in
from e2e.pages.ordered_list import OrderedList
from e2e.pages.requests import Request, RequestsPage
from e2e.pages.search import SearchPage
from e2e.pages.shelf import ShelfPage
from e2e.pages.shelves import ShelvesPage
from e2e.stock import fill_shelf
from e2e.waiting import eventually

SUMMER, READ = "夏休みに読みたい本", "読んだ本"
WONDER, SAPIENS_1, SAPIENS_2 = (
    "センス・オブ・ワンダー",
    "サピエンス全史 : 文明の構造と人類の幸福 上",
    "サピエンス全史 : 文明の構造と人類の幸福 下",
)
KIM, CLOUD_1, CLOUD_2 = "82年生まれ、キム・ジヨン", "坂の上の雲 1", "坂の上の雲 2"
DOOR, NARNIA = "夏への扉", "ライオンと魔女"
ON_SUMMER = (WONDER, SAPIENS_1, SAPIENS_2, KIM, CLOUD_1, CLOUD_2, DOOR, NARNIA)
ON_READ = (KOKORO, ALGERNON, BOTCHAN) = "こころ", "アルジャーノンに花束を", "坊っちゃん"

# What the demonstration has written about them.
OF_WONDER = "新聞の書評で見た。子どもにも読ませたい。"
OF_NARNIA = "さくらちゃんにも"

SHIOSAI, PICNIC, WALL = "潮騒", "夜のピクニック", "街とその不確かな壁"

PLAIN = (True, "")


def told(meeting: str) -> tuple[bool, str]:
    return True, f"shelves.meeting.{meeting}"


def refused(reason: str) -> tuple[bool, str]:
    return False, f"shelves.refusal.{reason}"


@pytest.fixture
def hanako(portal) -> str:
    """Her card."""
    return portal.cast["Hanako"].card_number


@pytest.fixture
def profile(hanakos_profile) -> Path:
    """Hanako's own device."""
    return hanakos_profile


@pytest.fixture
def shelved(ledger, hanako) -> Callable[[], dict[str, list[str]]]:
    """Ask the library itself what stands on Hanako's shelves."""
    return lambda: ledger.shelved_by(hanako)


@pytest.fixture
def here(device, link) -> ShelvesPage:
    """Hanako at her shelves, and then without a connection."""
    shelves = ShelvesPage(device.open()).open().should_have(**{SUMMER: 8, READ: 3})
    link.refuse()
    return shelves


@pytest.fixture
def there(elsewhere, here) -> ShelvesPage:
    """Hanako at her shelves on her other device, meanwhile."""
    return ShelvesPage(elsewhere.open()).open().should_have(**{SUMMER: 8, READ: 3})


def test_a_shelf_is_called_otherwise_on_both_and_the_last_to_arrive_wins(
    link, ledger, here, there, hanako
):
    here.rename(READ, to="読了").should_have(**{SUMMER: 8, "読了": 3})
    there.rename(READ, to="読み終えた本").should_say(
        "shelves.done.shelves.rename", name="読み終えた本"
    )
    eventually(lambda: ledger.shelves_of(hanako), [SUMMER, "読み終えた本"])

    link.mend()

    here.should_say("shelves.meeting.named_otherwise").should_have_waiting(0)
    here.should_have(**{SUMMER: 8, "読了": 3})
    there.open().should_have(**{SUMMER: 8, "読了": 3})
    assert ledger.shelves_of(hanako) == [SUMMER, "読了"]
    assert ledger.answers_to(hanako) == [PLAIN, told("named_otherwise")]


def test_what_is_moved_here_and_removed_there_stands_where_it_was_moved_to(
    link, ledger, here, there, shelved, hanako
):
    shelf = here.open_shelf(SUMMER).remove(DOOR).carry("move", NARNIA, to=READ)
    other = there.open_shelf(SUMMER).remove(NARNIA).carry("move", DOOR, to=READ)
    other.should_show(*ON_SUMMER[:-2])
    eventually(lambda: shelved()[READ], [*ON_READ, DOOR])

    link.mend()

    shelf.should_say("shelves.meeting.was_taken_off").should_have_waiting(0)
    shelf.should_show(*ON_SUMMER[:-2])
    read = shelf.follow_menu("frame.shelves", ShelvesPage).open_shelf(READ)
    read.should_show(*ON_READ, DOOR, NARNIA).should_have_note(NARNIA, OF_NARNIA)
    assert shelved() == {SUMMER: [*ON_SUMMER[:-2]], READ: [*ON_READ, DOOR, NARNIA]}
    assert ledger.answers_to(hanako)[2:] == [told("already_gone"), told("was_taken_off")]
    ShelfPage(there.browser, name=SUMMER).follow_menu("frame.shelves", ShelvesPage).open_shelf(
        READ
    ).should_show(*ON_READ, DOOR, NARNIA)


def test_of_two_notes_none_is_lost(link, ledger, here, there, hanako):
    of_kim, on_paper = "電子版で読む\n十二月", "友だちのすすめ"
    shelf = here.open_shelf(SUMMER).write_note(KIM, of_kim).write_note(WONDER, "", over=OF_WONDER)
    shelf.should_have_note(KIM, of_kim).should_have_waiting(2)
    other = there.open_shelf(SUMMER).write_note(KIM, on_paper)
    other.write_note(WONDER, "読み始めた", over=OF_WONDER).should_have_note(WONDER, "読み始めた")
    eventually(lambda: len(ledger.answers_to(hanako)), 2)

    link.mend()

    shelf.should_say("shelves.meeting.newer_note_kept").should_have_waiting(0)
    shelf.should_have_note(KIM, f"{on_paper}\n{of_kim}").should_have_note(WONDER, "読み始めた")
    other.browser.reload()
    other.should_have_note(KIM, f"{on_paper}\n{of_kim}").should_have_note(WONDER, "読み始めた")
    assert ledger.remarks_of(hanako)[:2] == [
        Remark(SUMMER, WONDER, "読み始めた", is_read=False),
        Remark(SUMMER, KIM, f"{on_paper}\n{of_kim}", is_read=False),
    ]
    assert ledger.answers_to(hanako)[2:] == [told("both_notes_kept"), told("newer_note_kept")]


def test_what_is_put_on_a_shelf_that_was_deleted_there_can_be_done_later(
    link, ledger, here, there, shelved, hanako
):
    copies = Request("shelves.copy", name=SUMMER, target=READ, books=2)
    note = Request("shelves.note", title=KOKORO, name=READ)
    shelf = here.open_shelf(SUMMER).carry("copy", KIM, DOOR, to=READ)
    read = shelf.follow_menu("frame.shelves", ShelvesPage).open_shelf(READ)
    of_kokoro = "高校のとき以来。先生の手紙がこんなに長かったとは。"
    read.should_show(*ON_READ, KIM, DOOR).write_note(KOKORO, "もう一度読む", over=of_kokoro)
    there.ask_to_delete(READ).confirm_deletion().should_have(**{SUMMER: 8})
    eventually(lambda: ledger.shelves_of(hanako), [SUMMER])

    link.mend()

    # What had been written is not lost with the page of the shelf.
    read.should_say("shelves.refusal.shelf_is_deleted").should_have_waiting(0)
    shelves = read.follow_menu("frame.shelves", ShelvesPage).should_have(**{SUMMER: 8})
    requests = RequestsPage(shelves.browser).open().should_have_refused(note, copies)
    requests.should_explain(copies, "shelves.refusal.shelf_is_deleted")
    requests.follow_menu("frame.shelves", ShelvesPage).restore(READ)
    shelves.should_have(**{SUMMER: 8, READ: 3})

    requests.open().try_again(copies).try_again(note).should_have_refused()
    shelf = requests.follow_menu("frame.shelves", ShelvesPage).open_shelf(READ)
    shelf.should_show(*ON_READ, KIM, DOOR).should_have_note(KOKORO, "もう一度読む")
    assert shelved() == {SUMMER: [*ON_SUMMER], READ: [*ON_READ, KIM, DOOR]}
    assert Remark(READ, KOKORO, "もう一度読む", is_read=True) in ledger.remarks_of(hanako)
    was_deleted = refused("shelf_is_deleted")
    assert ledger.answers_to(hanako)[1:] == [was_deleted, was_deleted, PLAIN, PLAIN, PLAIN]


def test_what_still_fits_is_put_there_where_the_limit_was_reached_meanwhile(
    portal, link, device, elsewhere, ledger, shelved, hanako
):
    """K-55: with 997 books on the shelf, each device has seen room for three more."""
    fill_shelf(portal, patron="Hanako", name=SUMMER, count=997 - len(ON_SUMMER))
    found = SearchPage(device.open()).open_at(q="新潮社", size="50")
    found.choose(SHIOSAI, PICNIC, WALL)
    link.refuse()
    there = ShelvesPage(elsewhere.open()).open().should_have(**{SUMMER: 997, READ: 3})
    there.open_shelf(READ).carry("copy", BOTCHAN, ALGERNON, to=SUMMER)
    eventually(lambda: shelved()[SUMMER][997:], [ALGERNON, BOTCHAN])
    shelving = found.shelve_chosen().choose(SUMMER).go_on().confirm()
    shelving.should_tell(SUMMER, "outbox.waiting")

    link.mend()

    shelving.should_tell(SUMMER, "shelves.refusal.shelf_is_full", limit=1000)
    shelving.should_tell(SUMMER, "shelf_choice.done.left_out", count=2)
    shelving.close()
    assert shelved()[SUMMER][997:] == [ALGERNON, BOTCHAN, SHIOSAI]
    shelf = found.follow_menu("frame.shelves", ShelvesPage).open_shelf(SUMMER)
    shelf.show(10).sort_by("added", order="descending")
    shelf.should_show(SHIOSAI, BOTCHAN, ALGERNON, *reversed(ON_SUMMER[1:]))

    # With room for one more, trying again puts one more there, and nothing twice.
    shelf.remove(BOTCHAN).should_have_waiting(0)
    addition = Request("shelves.add", name=SUMMER, books=3)
    requests = RequestsPage(shelf.browser).open().should_have_refused(addition)
    requests.should_explain(addition, "shelves.refusal.shelf_is_full", limit=1000)
    requests.try_again(addition)
    eventually(lambda: shelved()[SUMMER][997:], [ALGERNON, SHIOSAI, PICNIC])
    requests.should_have_waiting(0).should_have_refused(addition)
    full = refused("shelf_is_full")
    assert ledger.answers_to(hanako) == [PLAIN, full, PLAIN, full]


def test_an_order_beside_what_is_gone_stays_as_it_was(link, ledger, here, there, shelved, hanako):
    shelf = here.open_shelf(SUMMER).sort_by("own")
    OrderedList(shelf).press(WONDER, "ArrowDown")
    shelf.should_show(SAPIENS_1, WONDER, *ON_SUMMER[2:])
    other = there.open_shelf(SUMMER).remove(SAPIENS_1).should_show(WONDER, *ON_SUMMER[2:])
    other.sort_by("own").tick(NARNIA).press("shelves.page.to_top")
    eventually(lambda: shelved()[SUMMER], [NARNIA, WONDER, *ON_SUMMER[2:-1]])

    link.mend()

    shelf.should_say("shelves.refusal.neighbour_is_gone").should_have_waiting(0)
    shelf.should_show(NARNIA, WONDER, *ON_SUMMER[2:-1])
    assert shelved()[SUMMER] == [NARNIA, WONDER, *ON_SUMMER[2:-1]]
    assert ledger.answers_to(hanako) == [PLAIN, PLAIN, refused("neighbour_is_gone")]


def test_what_another_device_takes_back_is_taken_back_here(device, link, here, there):
    link.mend()
    here.open_shelf(SUMMER).mark_read(KIM).should_be_read(KIM).should_have_waiting(0)
    other = (
        there.open_shelf(SUMMER)
        .should_be_read(KIM)
        .press("shelves.page.mark_unread_named", title=KIM)
    )
    other.should_say("shelves.done.shelves.mark", count=1)

    shelves = ShelvesPage(device.restart()).open().should_have(**{SUMMER: 8, READ: 3})
    eventually(lambda: marked_in(shelves.browser), {*ON_READ})
    link.refuse()

    shelves.open_shelf(SUMMER).should_show(*ON_SUMMER).should_not_be_read(KIM)


def marked_in(tab: Page) -> set[str]:
    """Return which titles are marked as read in what this device keeps."""
    [kept] = [row.value["fields"] for row in rows_in(tab) if row.key == "ShelvesState"]
    books = [book for held in kept["contents"].values() for book in held["books"]]
    return {book["record"]["title"] for book in books if book["is_read"]}
