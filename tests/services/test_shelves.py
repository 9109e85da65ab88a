"""A patron's shelves, as the pages and the devices use them."""

import datetime as dt
import uuid

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from portal_app import libraries
from portal_app.data.database import transactional
from portal_app.data.departures import leave
from portal_app.data.tables import BibliographicRecord, Item, RecordCreator, Shelf, ShelfBook
from portal_app.domain.policies import Shelf as Policy
from portal_app.domain.policies import ShelfModel
from portal_app.domain.shelves import (
    UNSORTED,
    Chosen,
    Meeting,
    Place,
    Refusal,
    ShelfKey,
    Sort,
    Sorting,
    View,
)
from portal_app.services import shelf_books, shelf_filling, shelves
from tests.conftest import NOW, TODAY, add_record

POLICY = Policy(items_max=4, shelves_max=3)
ONE_LIST = Policy(model=ShelfModel.CATEGORIES)
A, B, C, D = (str(uuid.UUID(int=number, version=4)) for number in range(1, 5))
DAY = dt.timedelta(days=1)


def key(patron_id: int, shelf_id: str) -> ShelfKey:
    return ShelfKey(patron_id=patron_id, shelf_id=shelf_id)


def chosen(patron_id: int, shelf_id: str, *record_ids: int) -> Chosen:
    return Chosen(shelf=key(patron_id, shelf_id), record_ids=record_ids)


def make(patron_id: int, shelf_id: str, name: str, now=NOW) -> shelves.Outcome:
    return shelves.create(key=key(patron_id, shelf_id), name=name, policy=POLICY, now=now)


def put(patron_id: int, shelf_id: str, *record_ids: int, now=NOW, policy=POLICY):
    [told] = shelf_filling.add(
        keys=[key(patron_id, shelf_id)], record_ids=record_ids, policy=policy, now=now
    )
    return told


def names(patron_id: int) -> list[str]:
    seen = shelves.look(patron_id=patron_id, policy=POLICY, now=NOW)
    return [shelf.name for shelf in seen.shelves]


def books(patron_id: int, shelf_id: str | None = A, **view) -> list[int]:
    return list(shelf_books.look(patron_id=patron_id, shelf_id=shelf_id, view=View(**view)).found)


def sorted_by(patron_id: int, by: Sort, *, is_descending=False) -> list[int]:
    return books(patron_id, sorting=Sorting(by=by, is_descending=is_descending))


def book(patron_id: int, record_id: int, shelf_id: str = A) -> shelf_books.Book:
    seen = shelf_books.look(patron_id=patron_id, shelf_id=shelf_id, view=View())
    [found] = [one for one in seen.books if one.record.record_id == record_id]
    return found


def write(patron_id: int, record_id: int, note: str, *, seen="") -> shelves.Outcome:
    return shelf_books.note(key=key(patron_id, A), record_id=record_id, note=note, seen_note=seen)


@transactional
def leave_today(tx: Session, *record_ids: int) -> None:
    leave(tx, record_ids=record_ids, today=TODAY)


@pytest.fixture
def stacks(library, hanako, ken) -> tuple[int, ...]:
    """Five records with readings, authors, call numbers and years that sort them differently."""
    rows = (
        (1, "銀河鉄道の夜", "ギンガ テツドウ", "宮沢 賢治", "ミヤザワ", 1934, "913/ミ"),
        (2, "こころ", "ココロ", "夏目 漱石", "ナツメ", 1914, "913/ナ"),
        (3, "羅生門", "ラショウモン", "芥川 龍之介", "アクタガワ", 1915, "913/ア"),
        (4, "坊っちゃん", "ボツチヤン", "夏目 漱石", "ナツメ", None, ""),
        (5, "無名", "ムメイ", "", "", 2000, "000"),
    )
    for number, title, reading, name, by, year, call_number in rows:
        add_record(number, title, reading=reading, lent=False)
        with Session(library) as tx, tx.begin():
            record = tx.get_one(BibliographicRecord, number)
            record.title_reading = reading
            record.author_sort, record.published_year = by, year
            if name:
                tx.add(RecordCreator(record_id=number, position=1, name=name, reading=by))
            of_it = sa.update(Item).where(Item.record_id == number)
            tx.execute(of_it.values(call_number=call_number))
    return tuple(row[0] for row in rows)


@pytest.fixture
def shelf(stacks, hanako) -> str:
    """Hanako's shelf 読みたい本 with 1, 2, 3 on it."""
    make(hanako, A, "読みたい本")
    put(hanako, A, 1, 2, 3)
    return A


def test_shelves_stand_in_the_order_in_which_they_are_made(library, hanako, ken):
    make(hanako, A, " わ ")
    make(hanako, B, "ア")
    make(hanako, C, "い")

    assert names(hanako) == ["わ", "ア", "い"]
    assert names(ken) == []


def test_two_shelves_may_have_the_same_name(library, hanako):
    make(hanako, A, "本")

    assert make(hanako, B, "本") == shelves.Outcome()
    assert names(hanako) == ["本", "本"]


def test_a_shelf_that_is_there_is_not_made_twice(library, hanako):
    make(hanako, A, "本")

    assert make(hanako, A, "本") == shelves.Outcome()
    assert make(hanako, A, "他").meeting is Meeting.NAMED_OTHERWISE
    assert names(hanako) == ["本"]


@pytest.mark.parametrize(
    ("name", "refused"), [(" ", Refusal.NO_NAME), ("本" * 33, Refusal.NAME_TOO_LONG)]
)
def test_a_shelf_is_not_made_or_renamed_without_a_name_that_fits(library, hanako, name, refused):
    assert make(hanako, A, name).refused is refused
    assert names(hanako) == []

    make(hanako, B, "本")
    renamed = shelves.rename(key=key(hanako, B), name=name, seen_name="本", policy=POLICY)
    assert (renamed.refused, renamed.limit) == (refused, 32)


def test_there_are_only_so_many_shelves(library, hanako):
    for number in (A, B, C):
        make(hanako, number, "本")

    refused = make(hanako, D, "本")

    assert (refused.refused, refused.limit) == (Refusal.TOO_MANY_SHELVES, 3)


def test_shelves_are_placed_in_an_order_of_ones_own(library, hanako):
    for number, name in ((A, "一"), (B, "二"), (C, "三")):
        make(hanako, number, name)

    shelves.place(key=key(hanako, C), where=Place.TOP)
    shelves.place(key=key(hanako, A), where=Place.AFTER, after=B)

    assert names(hanako) == ["三", "二", "一"]
    gone = shelves.place(key=key(hanako, A), where=Place.AFTER, after=D)
    assert gone.refused is Refusal.NEIGHBOUR_IS_GONE


def test_a_deleted_shelf_is_told_with_its_books_and_can_be_brought_back(shelf, hanako):
    deleted = shelves.delete(key=key(hanako, A), seen_count=3, now=NOW)

    assert deleted == shelves.Outcome(limit=3, count=3)
    seen = shelves.look(patron_id=hanako, policy=POLICY, now=NOW)
    assert seen.shelves == ()
    [gone] = seen.deleted
    assert (gone.name, gone.count) == ("読みたい本", 3)
    assert gone.restorable_until == TODAY + 30 * DAY

    shelves.restore(key=key(hanako, A), policy=POLICY, now=NOW + 30 * DAY)
    assert books(hanako) == [1, 2, 3]


def test_after_a_while_a_deleted_shelf_is_gone(library, shelf, hanako):
    shelves.delete(key=key(hanako, A), seen_count=3, now=NOW)
    too_late = NOW + 30 * DAY + dt.timedelta(seconds=1)

    late = shelves.restore(key=key(hanako, A), policy=POLICY, now=too_late)
    assert late.refused is Refusal.NO_SUCH_SHELF
    seen = shelves.look(patron_id=hanako, policy=POLICY, now=too_late)
    assert seen.deleted == ()

    shelves.forget_the_past(policy=POLICY, now=too_late)
    with Session(library) as tx:
        assert tx.exec(select(Shelf)).all() == []
        assert tx.exec(select(ShelfBook)).all() == []


def test_no_shelf_is_brought_back_beyond_the_limit(shelf, hanako):
    shelves.delete(key=key(hanako, A), seen_count=3, now=NOW)
    for number in (B, C, D):
        make(hanako, number, "本")

    refused = shelves.restore(key=key(hanako, A), policy=POLICY, now=NOW)

    assert refused.refused is Refusal.TOO_MANY_SHELVES


def test_what_is_put_on_several_shelves_is_on_each_in_the_order_asked_for(shelf, hanako):
    make(hanako, B, "別")

    on_a, on_b = shelf_filling.add(
        keys=[key(hanako, A), key(hanako, B)], record_ids=[2, 4, 4], policy=POLICY, now=NOW + DAY
    )

    assert (on_a.already_there, on_a.put, on_a.count) == ((2,), (4,), 4)
    assert (on_b.already_there, on_b.put, on_b.count) == ((), (2, 4), 2)
    assert books(hanako, A) == [1, 2, 3, 4]
    assert books(hanako, B) == [2, 4]


def test_a_full_shelf_names_what_it_does_not_take(shelf, hanako):
    told = put(hanako, A, 4, 1, 5, 404)

    assert told.put == (4,)
    assert told.already_there == (1,)
    assert told.left_out == {5: Refusal.SHELF_IS_FULL, 404: Refusal.NOT_IN_CATALOGUE}
    assert told.count == 4


def test_what_is_taken_off_makes_room(shelf, hanako):
    put(hanako, A, 4)

    assert shelf_books.remove(chosen=chosen(hanako, A, 1, 2), now=NOW).count == 2
    assert put(hanako, A, 5).put == (5,)
    assert sorted_by(hanako, Sort.OWN) == [3, 4, 5]


def test_what_is_put_there_again_has_its_note_for_a_while(library, shelf, hanako):
    write(hanako, 1, "買う")
    shelf_books.remove(chosen=chosen(hanako, A, 1), now=NOW)
    put(hanako, A, 1, now=NOW + DAY)

    assert book(hanako, 1).note == "買う"
    assert sorted_by(hanako, Sort.OWN) == [2, 3, 1]

    shelf_books.remove(chosen=chosen(hanako, A, 1), now=NOW)
    shelves.forget_the_past(policy=POLICY, now=NOW + 31 * DAY)
    put(hanako, A, 1)
    assert book(hanako, 1).note == ""


def test_a_copy_has_note_and_mark_and_leaves_the_book_where_it_was(shelf, hanako):
    make(hanako, B, "別")
    write(hanako, 1, "買う")
    shelf_books.mark(chosen=chosen(hanako, A, 1), is_read=True)

    told = shelf_filling.copy(chosen=chosen(hanako, A, 1, 2), target_id=B, policy=POLICY, now=NOW)

    assert told.put == (1, 2)
    assert books(hanako, A) == [1, 2, 3]
    assert (book(hanako, 1, B).note, book(hanako, 1, B).is_read) == ("買う", True)


def test_what_is_moved_is_there_instead_with_its_note(shelf, hanako):
    make(hanako, B, "別")
    put(hanako, B, 2)
    write(hanako, 1, "買う")
    write(hanako, 2, "二度読む")

    told = shelf_filling.move(
        chosen=chosen(hanako, A, 1, 2), target_id=B, policy=POLICY, now=NOW + DAY
    )

    assert (told.put, told.already_there) == ((1,), (2,))
    assert (books(hanako, A), books(hanako, B)) == ([3], [2, 1])
    assert book(hanako, 1, B).note == "買う"
    assert book(hanako, 2, B).note == "二度読む"


def test_what_does_not_fit_where_it_is_moved_stays(shelf, hanako):
    make(hanako, B, "別")
    put(hanako, B, 4, 5)
    little = POLICY.model_copy(update={"items_max": 3})

    told = shelf_filling.move(
        chosen=chosen(hanako, A, 3, 1), target_id=B, policy=little, now=NOW + DAY
    )

    assert told.left_out == {1: Refusal.SHELF_IS_FULL}
    assert (books(hanako, A), books(hanako, B)) == ([1, 2], [4, 5, 3])


def test_what_is_moved_to_where_it_is_stays(shelf, hanako):
    shelf_filling.move(chosen=chosen(hanako, A, 1), target_id=A, policy=POLICY, now=NOW)

    assert books(hanako) == [1, 2, 3]


@pytest.mark.parametrize(
    ("where", "after", "order"),
    [
        (Place.TOP, None, [3, 2, 1]),
        (Place.BOTTOM, None, [1, 3, 2]),
        (Place.AFTER, 1, [1, 3, 2]),
    ],
)
def test_books_are_placed_as_they_were_chosen(shelf, hanako, where, after, order):
    shelf_books.place(chosen=chosen(hanako, A, 3, 2), where=where, after=after)

    assert sorted_by(hanako, Sort.OWN) == order


def test_the_order_stays_right_however_often_there_is_no_room_between_two(shelf, hanako):
    for _ in range(15):
        last = sorted_by(hanako, Sort.OWN)[2]
        shelf_books.place(chosen=chosen(hanako, A, last), where=Place.AFTER, after=1)
        assert sorted_by(hanako, Sort.OWN)[:2] == [1, last]


@pytest.mark.parametrize(
    ("by", "up", "down"),
    [
        (Sort.ADDED, [1, 2, 3, 4, 5], [5, 4, 3, 2, 1]),
        (Sort.TITLE, [1, 2, 4, 5, 3], [3, 5, 4, 2, 1]),
        (Sort.AUTHOR, [3, 2, 4, 1, 5], [1, 4, 2, 3, 5]),
        (Sort.CALL_NUMBER, [5, 3, 2, 1, 4], [1, 2, 3, 5, 4]),
        (Sort.PUBLISHED, [2, 3, 1, 5, 4], [5, 1, 3, 2, 4]),
        (Sort.OWN, [1, 2, 3, 4, 5], [5, 4, 3, 2, 1]),
    ],
)
def test_a_shelf_is_sorted_both_ways_and_what_has_no_such_thing_is_last(
    shelf, hanako, by, up, down
):
    put(hanako, A, 4, 5, now=NOW + DAY, policy=Policy())

    assert sorted_by(hanako, by) == up
    assert sorted_by(hanako, by, is_descending=True) == down


def test_a_page_of_a_shelf_knows_what_is_on_all_of_them(shelf, hanako):
    seen = shelf_books.look(patron_id=hanako, shelf_id=A, view=View(page=9, page_size=2))

    assert (seen.name, seen.page, seen.pages) == ("読みたい本", 2, 2)
    assert [one.record.title for one in seen.books] == ["羅生門"]
    assert seen.found == (1, 2, 3)


@pytest.mark.parametrize("size", [0, 1001])
def test_no_page_is_endless(size):
    with pytest.raises(ValueError, match=str(size)):
        View(page_size=size)


def test_what_leaves_the_catalogue_stays_on_the_shelf_as_it_was_known(shelf, hanako):
    make(hanako, B, "別")
    leave_today(1)

    assert book(hanako, 1).has_left
    assert book(hanako, 1).record.title == "銀河鉄道の夜"
    assert not book(hanako, 2).has_left
    told = put(hanako, B, 1)
    assert told.left_out == {1: Refusal.NOT_IN_CATALOGUE}
    moved = shelf_filling.move(chosen=chosen(hanako, A, 1), target_id=B, policy=POLICY, now=NOW)
    assert moved.put == (1,)


def test_a_note_that_is_too_long_is_not_written(shelf, hanako):
    refused = write(hanako, 1, "あ" * 2001)

    assert (refused.refused, refused.limit) == (Refusal.NOTE_TOO_LONG, 2000)
    assert book(hanako, 1).note == ""


def test_what_was_read_can_be_unread_again(shelf, hanako):
    shelf_books.mark(chosen=chosen(hanako, A, 1, 2), is_read=True)
    shelf_books.mark(chosen=chosen(hanako, A, 2), is_read=False)

    assert [book(hanako, number).is_read for number in (1, 2, 3)] == [True, False, False]


def test_one_list_keeps_what_has_no_category(stacks, hanako):
    shelves.create(key=key(hanako, A), name="旅", policy=ONE_LIST, now=NOW)
    put(hanako, A, 1, 2, policy=ONE_LIST)
    put(hanako, UNSORTED, 3, policy=ONE_LIST, now=NOW + DAY)

    assert books(hanako, UNSORTED) == [3]
    assert books(hanako, None) == [1, 2, 3]
    assert names(hanako) == ["", "旅"]
    for refused in (
        shelves.create(key=key(hanako, UNSORTED), name="本", policy=ONE_LIST, now=NOW),
        shelves.rename(key=key(hanako, UNSORTED), name="本", seen_name="", policy=ONE_LIST),
        shelves.delete(key=key(hanako, UNSORTED), seen_count=1, now=NOW),
    ):
        assert refused.refused is Refusal.PART_OF_THE_LIST


def test_where_there_are_shelves_everything_is_on_one(stacks, hanako):
    assert put(hanako, UNSORTED, 1).refused is Refusal.NO_SUCH_SHELF


@pytest.mark.parametrize("preset", libraries.PRESETS)
def test_each_library_says_how_its_patrons_keep_records(preset):
    model = {"kagoshima": ShelfModel.SHELVES, "koganei": ShelfModel.CATEGORIES}

    assert libraries.load(preset).shelf == Policy(model=model[preset])


def test_nobody_reaches_a_shelf_of_another_patron(shelf, hanako, ken):
    make(ken, B, "健の本棚")
    of_hers = (
        shelves.rename(key=key(ken, A), name="健", seen_name="読みたい本", policy=POLICY),
        shelves.delete(key=key(ken, A), seen_count=0, now=NOW),
        shelves.restore(key=key(ken, A), policy=POLICY, now=NOW),
        shelves.place(key=key(ken, A), where=Place.TOP),
        put(ken, A, 4),
        shelf_filling.copy(chosen=chosen(ken, A, 1), target_id=B, policy=POLICY, now=NOW),
        shelf_filling.move(chosen=chosen(ken, A, 1), target_id=B, policy=POLICY, now=NOW),
        shelf_books.remove(chosen=chosen(ken, A, 1), now=NOW),
        shelf_books.place(chosen=chosen(ken, A, 1), where=Place.TOP),
        shelf_books.note(key=key(ken, A), record_id=1, note="健", seen_note=""),
        shelf_books.mark(chosen=chosen(ken, A, 1), is_read=True),
        shelf_books.look(patron_id=ken, shelf_id=A, view=View()),
    )

    assert {told.refused for told in of_hers} == {Refusal.NO_SUCH_SHELF}
    assert books(ken, None) == []
    assert [(one.note, one.is_read) for one in (book(hanako, 1), book(hanako, 2))] == [
        ("", False),
        ("", False),
    ]


def test_two_patrons_may_number_their_shelves_alike(shelf, hanako, ken):
    make(ken, A, "健の本棚")
    put(ken, A, 5)

    assert (books(hanako), books(ken)) == ([1, 2, 3], [5])
    assert (names(hanako), names(ken)) == (["読みたい本"], ["健の本棚"])
