"""K-58: what of a patron's shelves goes into a file, and in which order."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from sqlmodel import Session, select

from portal_app import libraries
from portal_app.data.departures import leave
from portal_app.data.tables import (
    BibliographicRecord,
    Item,
    RecordCreator,
    RecordIdentifier,
)
from portal_app.domain.catalogue import Creator, IdentifierKind, MaterialClass
from portal_app.domain.policies import Branch
from portal_app.domain.shelves import UNSORTED, Chosen, Refusal, ShelfKey, Sort, Sorting
from portal_app.exchange.shelf_files import ShelfLine
from portal_app.services import shelf_books, shelf_downloads, shelf_filling, shelves
from portal_app.services.shelf_downloads import Manner, Taken
from portal_app.text import Lang
from tests.conftest import NOW, TODAY

A, B = (str(uuid.UUID(int=number, version=4)) for number in (1, 2))
KAGOSHIMA = libraries.load("kagoshima")
MAIN = Branch(code="main", name={"ja": "本館", "en": "Main Library", "ja-simple": "本館(ほんかん)"})
LIBRARY = KAGOSHIMA.model_copy(update={"branches": (MAIN,)})
ONE_LIST = libraries.load("koganei").shelf


def key(patron_id: int, shelf_id: str = A) -> ShelfKey:
    return ShelfKey(patron_id=patron_id, shelf_id=shelf_id)


def chosen(patron_id: int, *record_ids: int) -> Chosen:
    return Chosen(shelf=key(patron_id), record_ids=record_ids)


def manner(by: Sort = Sort.ADDED, *, is_descending: bool = False, lang: Lang = Lang.JA) -> Manner:
    return Manner(sorting=Sorting(by=by, is_descending=is_descending), library=LIBRARY, lang=lang)


def make(patron_id: int, shelf_id: str, name: str, *record_ids: int) -> None:
    policy = LIBRARY.shelf if name else ONE_LIST
    if name:
        shelves.create(key=key(patron_id, shelf_id), name=name, policy=policy, now=NOW)
    for number, record_id in enumerate(record_ids):
        shelf_filling.add(
            keys=[key(patron_id, shelf_id)],
            record_ids=[record_id],
            policy=policy,
            now=NOW + dt.timedelta(days=number),
        )


def titles(taken: Taken) -> list[list[str]]:
    return [[line.title for line in shelf.lines] for shelf in taken.shelves]


@pytest.fixture
def reading_list(library, hanako, kokoro, ginga) -> str:
    """Hanako's shelf 読みたい本: こころ, put there today, and 銀河鉄道の夜 the day after."""
    make(hanako, A, "読みたい本", kokoro, ginga)
    return A


@pytest.fixture
def all_that_is_known(library, kokoro) -> int:
    """こころ with everything that a catalogue can say of it, and three places."""
    with Session(library) as tx, tx.begin():
        record = tx.get_one(BibliographicRecord, kokoro)
        record.title_reading, record.volume = "ココロ", "上"
        record.publisher, record.published_on, record.published_year = "岩波書店", "1914.9", 1914
        people = (("夏目 漱石", "ナツメ ソウセキ", "著"), ("津田 青楓", "", "装丁"))
        for position, (name, by, role) in enumerate(people, start=1):
            person = RecordCreator(record_id=kokoro, position=position, name=name, reading=by)
            person.role = role
            tx.add(person)
        isbn = RecordIdentifier(record_id=kokoro, kind=IdentifierKind.ISBN, value="9784003101117")
        isbn.position = 1
        tx.add(isbn)
        items = tx.exec(select(Item).where(Item.record_id == kokoro).order_by(Item.id)).all()
        items[0].branch_code, items[0].call_number = "west", ""
        items[1].branch_code, items[1].call_number = "main", "913.6/ナ"
    return kokoro


def test_a_line_has_all_that_is_known_of_a_book(hanako, all_that_is_known):
    make(hanako, A, "漱石", all_that_is_known)
    shelf_books.note(
        key=key(hanako), record_id=all_that_is_known, note="二回目\n三回目", seen_note=""
    )
    shelf_books.mark(chosen=chosen(hanako, all_that_is_known), is_read=True)

    [shelf] = shelf_downloads.take(key=key(hanako), manner=manner()).shelves

    assert shelf.name == "漱石"
    assert shelf.lines == (
        ShelfLine(
            record_id=all_that_is_known,
            title="こころ",
            volume="上",
            title_reading="ココロ",
            creators=(
                Creator(name="夏目 漱石", reading="ナツメ ソウセキ", role="著"),
                Creator(name="津田 青楓", role="装丁"),
            ),
            publisher="岩波書店",
            published_on="1914.9",
            published_year=1914,
            isbn="9784003101117",
            material=MaterialClass.BOOK,
            call_number="913.6/ナ",
            branch="本館",
            availability="貸出可",
            added_on=TODAY,
            is_read=True,
            note="二回目\n三回目",
        ),
    )


def test_branch_and_availability_are_said_in_the_language_asked_for(hanako, all_that_is_known):
    make(hanako, A, "漱石", all_that_is_known)

    [shelf] = shelf_downloads.take(key=key(hanako), manner=manner(lang=Lang.EN)).shelves

    assert (shelf.lines[0].branch, shelf.lines[0].availability) == ("Main Library", "Available")


def test_a_branch_that_the_library_no_longer_names_is_called_by_its_code(hanako, all_that_is_known):
    make(hanako, A, "漱石", all_that_is_known)
    without_branches = replace(manner(), library=KAGOSHIMA)

    [shelf] = shelf_downloads.take(key=key(hanako), manner=without_branches).shelves

    assert shelf.lines[0].branch == "main"


def test_a_book_without_a_call_number_says_at_least_which_branch(library, reading_list, hanako):
    with Session(library) as tx, tx.begin():
        for item in tx.exec(select(Item)):
            item.call_number = ""

    [shelf] = shelf_downloads.take(key=key(hanako), manner=manner()).shelves

    assert [(line.call_number, line.branch) for line in shelf.lines] == [("", "本館")] * 2


def test_a_book_that_has_left_the_catalogue_is_taken_as_it_was_known(library, reading_list, hanako):
    with Session(library) as tx, tx.begin():
        leave(tx, record_ids=[2], today=TODAY)

    [shelf] = shelf_downloads.take(key=key(hanako), manner=manner()).shelves

    assert [line.availability for line in shelf.lines] == ["目録になし", "貸出中"]


@pytest.mark.parametrize(
    ("by", "is_descending", "expected"),
    [
        (Sort.ADDED, False, ["こころ", "銀河鉄道の夜"]),
        (Sort.ADDED, True, ["銀河鉄道の夜", "こころ"]),
        (Sort.TITLE, False, ["銀河鉄道の夜", "こころ"]),
        (Sort.OWN, False, ["こころ", "銀河鉄道の夜"]),
    ],
)
def test_the_books_stand_in_the_order_that_the_patron_sees(
    reading_list, hanako, by, is_descending, expected
):
    taken = shelf_downloads.take(key=key(hanako), manner=manner(by, is_descending=is_descending))

    assert titles(taken) == [expected]


def test_everything_can_be_taken_at_once(reading_list, hanako, kokoro):
    """Complaint 44: whoever leaves takes everything along."""
    make(hanako, B, "漱石", kokoro)
    make(hanako, UNSORTED, "", kokoro)

    taken = shelf_downloads.take_all(patron_id=hanako, manner=manner())

    assert sorted(shelf.name for shelf in taken.shelves) == ["", "漱石", "読みたい本"]
    assert sum(map(len, titles(taken))) == 4


def test_what_was_taken_off_or_deleted_is_not_in_a_file(reading_list, hanako, kokoro, ginga):
    make(hanako, B, "漱石", kokoro)
    shelf_books.remove(chosen=chosen(hanako, kokoro), now=NOW)
    shelves.delete(key=key(hanako, B), seen_count=1, now=NOW)

    taken = shelf_downloads.take_all(patron_id=hanako, manner=manner())

    assert titles(taken) == [["銀河鉄道の夜"]]


def test_whoever_has_no_shelf_takes_nothing(library, hanako):
    assert shelf_downloads.take_all(patron_id=hanako, manner=manner()) == Taken()


def test_nobody_takes_the_shelf_of_another(reading_list, hanako, ken):
    taken = shelf_downloads.take(key=key(ken), manner=manner())

    assert taken == Taken(refused=Refusal.NO_SUCH_SHELF)
    assert shelf_downloads.take_all(patron_id=ken, manner=manner()) == Taken()


def test_a_deleted_shelf_says_that_it_can_be_brought_back(reading_list, hanako):
    shelves.delete(key=key(hanako), seen_count=2, now=NOW)

    taken = shelf_downloads.take(key=key(hanako), manner=manner())

    assert taken.refused is Refusal.SHELF_IS_DELETED
