"""What a device keeps of a patron's shelves."""

import datetime as dt

import pytest
from sqlmodel import Session

from portal_app.data.departures import leave
from portal_app.data.tables import Item, Loan, RecordCreator, RecordIdentifier
from portal_app.domain.catalogue import Creator, IdentifierKind
from portal_app.domain.policies import Shelf as Policy
from portal_app.domain.shelves import Chosen, Place, ShelfKey
from portal_app.services import shelf_books, shelf_copies, shelf_filling, shelves
from tests.conftest import NOW, TODAY, add_record

POLICY = Policy()
A, B = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


def fill(patron_id: int, shelf_id: str, *record_ids: int, name: str = "よみたい") -> None:
    key = ShelfKey(patron_id=patron_id, shelf_id=shelf_id)
    shelves.create(key=key, name=name, policy=POLICY, now=NOW)
    shelf_filling.add(keys=[key], record_ids=record_ids, policy=POLICY, now=NOW)


def titles(held: shelf_copies.Held) -> list[str]:
    return [book.record.title for book in held.books]


def revision(patron_id: int) -> str:
    return shelf_copies.look(patron_id=patron_id, shelf_ids=None)[A].revision


@pytest.fixture
def kokoro(library, branches) -> int:
    return add_record(7, "こころ")


def test_a_device_is_given_all_shelves_in_the_patrons_own_order(library, hanako, ginga, kokoro):
    fill(hanako, A, ginga, kokoro)
    fill(hanako, B)
    chosen = Chosen(shelf=ShelfKey(patron_id=hanako, shelf_id=A), record_ids=(kokoro,))
    shelf_books.place(chosen=chosen, where=Place.TOP)

    held = shelf_copies.look(patron_id=hanako, shelf_ids=None)

    assert titles(held[A]) == ["こころ", "銀河鉄道の夜"]
    assert held[B].books == ()


def test_only_the_shelves_asked_for_are_given_and_nobody_elses(library, hanako, taro, ginga):
    fill(hanako, A, ginga)
    fill(hanako, B, ginga)
    fill(taro, A)

    assert shelf_copies.look(patron_id=hanako, shelf_ids=[B]).keys() == {B}
    assert shelf_copies.look(patron_id=taro, shelf_ids=[A])[A].books == ()
    assert shelf_copies.look(patron_id=taro, shelf_ids=[B]) == {}


def test_a_deleted_shelf_is_not_given(library, hanako, ginga):
    fill(hanako, A, ginga)
    shelves.delete(key=ShelfKey(patron_id=hanako, shelf_id=A), seen_count=1, now=NOW)

    assert shelf_copies.look(patron_id=hanako, shelf_ids=None) == {}


def test_a_book_has_what_sorts_finds_and_prints_it(library, hanako, ginga):
    with Session(library) as tx, tx.begin():
        maker = {"name": "宮沢 賢治", "reading": "ミヤザワ ケンジ", "role": "著"}
        tx.add(RecordCreator(record_id=ginga, position=9, **maker))
        isbn = {"kind": IdentifierKind.ISBN, "value": "9784101092058"}
        tx.add(RecordIdentifier(record_id=ginga, position=9, **isbn))
    fill(hanako, A, ginga)

    [book] = shelf_copies.look(patron_id=hanako, shelf_ids=None)[A].books

    assert book.detail.isbn == "9784101092058"
    assert book.detail.creators[-1] == Creator(**maker)
    assert book.added_at == NOW + dt.timedelta(microseconds=1)


def test_a_place_is_given_once_and_says_whether_a_copy_stands_there(library, hanako, branches):
    record_id = add_record(8, "門")
    with Session(library) as tx, tx.begin():
        there = {"record_id": record_id, "branch_code": branches[0], "call_number": "913/ナ"}
        here = Item(barcode="b1", place="二階", **there)
        lent = Item(barcode="b2", place="二階", **there)
        gone = Item(barcode="b3", place="書庫", **there)
        tx.add_all([here, lent, gone])
        tx.flush()
        tx.add_all([_lent(item, hanako, branches[0]) for item in (lent, gone)])
    fill(hanako, A, record_id)

    [book] = shelf_copies.look(patron_id=hanako, shelf_ids=None)[A].books

    places = [place for place in book.detail.places if place.call_number == "913/ナ"]
    assert [(place.room, place.is_here) for place in places] == [("二階", True), ("書庫", False)]


def test_the_revision_changes_with_what_is_shown_and_only_then(library, hanako, ginga):
    fill(hanako, A, ginga)
    before = revision(hanako)
    key = ShelfKey(patron_id=hanako, shelf_id=A)

    assert revision(hanako) == before

    shelf_books.note(key=key, record_id=ginga, note="二階で借りる", seen_note="")
    noted = revision(hanako)
    with Session(library) as tx, tx.begin():
        leave(tx, record_ids=[ginga], today=TODAY)

    assert len({before, noted, revision(hanako)}) == 3


def test_a_record_that_has_left_is_said_to_have(library, hanako, ginga):
    fill(hanako, A, ginga)
    with Session(library) as tx, tx.begin():
        leave(tx, record_ids=[ginga], today=TODAY)

    [book] = shelf_copies.look(patron_id=hanako, shelf_ids=None)[A].books

    assert (book.record.title, book.has_left) == ("銀河鉄道の夜", True)


def test_whoever_has_very_many_books_is_given_the_first_shelves_whole(
    library, hanako, ginga, kokoro, monkeypatch
):
    """A shelf that is cut off would look as if books had been lost."""
    fill(hanako, A, ginga, kokoro)
    fill(hanako, B, ginga)
    monkeypatch.setattr(shelf_copies, "MOST_BOOKS", 1)

    held = shelf_copies.look(patron_id=hanako, shelf_ids=None)

    assert {shelf_id: len(shelf.books) for shelf_id, shelf in held.items()} == {A: 2}


def _lent(item: Item, patron_id: int, branch_code: str) -> Loan:
    assert item.id is not None
    return Loan(
        patron_id=patron_id,
        item_id=item.id,
        branch_code=branch_code,
        lent_on=TODAY,
        due_on=TODAY,
    )
