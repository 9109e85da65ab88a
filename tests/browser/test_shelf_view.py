"""A device sorts and finds the books of a shelf as the library does."""

import json
from dataclasses import asdict

import pytest
from sqlmodel import Session

from portal_app.data.tables import BibliographicRecord, RecordCreator
from portal_app.domain.policies import Shelf as Policy
from portal_app.domain.search_key import search_key
from portal_app.domain.shelves import ShelfKey, Sort, Sorting, View
from portal_app.services import shelf_books, shelf_copies, shelf_filling, shelves
from tests.conftest import NOW, add_record

SHELF = "00000000-0000-4000-8000-000000000001"
BOOKS = (
    # title, its reading, author's reading, year, month
    ("銀河鉄道の夜", "ギンガ テツドウ ノ ヨル", "ミヤザワ", 1934, "1934.10"),
    ("こころ", "ココロ", "ナツメ", 1914, "1914.9"),
    ("こころ", "ココロ", "ナツメ", 1914, "1914.8"),
    ("羅生門", "ラショウモン", "アクタガワ", 1915, ""),
    ("Ghibli", "GHIBLI", "", None, ""),
    ("坊っちゃん", "ボッチャン", "ナツメ", 1906, "1906.4"),
    ("砂の女", "スナ ノ オンナ", "アベ", None, ""),
)
STATE = """
import * as view from "./utils/shelves/view.js";
const shelfId = Object.keys(contents)[0];
const shelves = [{ shelf_id: shelfId, name: "", count: contents[shelfId].books.length }];
const ids = (books) => books.map(({ record }) => record.record_id);
"""


@pytest.fixture
def shelf(library, branches, hanako) -> ShelfKey:
    """A shelf whose books stand otherwise by each of their sides."""
    key = ShelfKey(patron_id=hanako, shelf_id=SHELF)
    shelves.create(key=key, name="棚", policy=Policy(), now=NOW)
    numbers = range(1, len(BOOKS) + 1)
    for number, (title, reading, author, year, published_on) in zip(numbers, BOOKS, strict=True):
        add_record(number, title, reading=reading)
        with Session(library) as tx, tx.begin():
            record = tx.get_one(BibliographicRecord, number)
            record.title_sort, record.author_sort = search_key(reading), search_key(author)
            record.published_year, record.published_on = year, published_on
            maker = {"name": f"作者{number}", "reading": author, "role": "著"}
            tx.add(RecordCreator(record_id=number, position=1, **maker))
    shelf_filling.add(keys=[key], record_ids=[5, 3, 1, 2, 7, 4, 6], policy=Policy(), now=NOW)
    return key


def on_device(key: ShelfKey) -> str:
    held = shelf_copies.look(patron_id=key.patron_id, shelf_ids=None)
    contents = {shelf_id: asdict(one) for shelf_id, one in held.items()}
    return f"const contents = {json.dumps(contents, default=str)};\n{STATE}"


def in_library(key: ShelfKey, **view) -> list[int]:
    found = shelf_books.look(patron_id=key.patron_id, shelf_id=key.shelf_id, view=View(**view))
    return [book.record.record_id for book in found.books]


@pytest.mark.parametrize("is_descending", [False, True])
@pytest.mark.parametrize("by", Sort)
def test_books_stand_as_in_the_library(in_browser, shelf, by, is_descending):
    """K-57."""
    sorting = json.dumps({"by": by, "isDescending": is_descending})

    there = in_browser(
        on_device(shelf)
        + f'const local = {{ "shelf.sorting": {sorting} }};'
        + "answer(ids(view.booksShown(local, contents, shelves, shelfId)));"
    )

    assert there == in_library(shelf, sorting=Sorting(by=by, is_descending=is_descending))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("こころ", [3, 2]),
        ("ココロ", [3, 2]),
        ("こころ 作者2", [2]),
        ("ＧＨＩＢＬＩ", [5]),
        ("なつめ", [3, 2, 6]),
        ("作者", [5, 3, 1, 2, 7, 4, 6]),
        ("ぬるぽ", []),
        ("  ", [5, 3, 1, 2, 7, 4, 6]),
        ("ボツチヤン", [6]),
        ("坊つちやん", [6]),
        ("銀河鐵道", [1]),
        ("二階の窓", [4]),
    ],
)
def test_words_are_compared_as_in_the_catalogue(in_browser, shelf, words, found):
    shelf_books.note(key=shelf, record_id=4, note="二階の窓ぎわ", seen_note="")

    there = in_browser(
        on_device(shelf)
        + f"""
        view.searchWithin(shelfId, {json.dumps(words)});
        await new Promise((resolve) => setTimeout(resolve, 200)); // spelling is being learned
        const local = (await import("./utils/local.js")).useLocal();
        answer(ids(view.booksFound(local, contents, shelves, shelfId)));
        """
    )

    assert there == found


def test_a_page_is_as_long_as_it_was_asked_to_be(in_browser, shelf):
    pages = in_browser(
        on_device(shelf)
        + """
        const shown = (page) => {
          const local = { "shelf.size": 3, "shelf.place": { shelfId, page } };
          const found = view.booksFound(local, contents, shelves, shelfId);
          return [
            view.pageShown(local, found, shelfId),
            view.pagesOf(local, found),
            ids(view.booksShown(local, contents, shelves, shelfId)),
          ];
        };
        answer([1, 3, 9].map(shown));
        """
    )

    assert pages == [[1, 3, [5, 3, 1]], [3, 3, [6]], [3, 3, [6]]]


def test_where_somebody_was_in_another_shelf_is_not_where_they_are_here(in_browser, shelf):
    there = in_browser(
        on_device(shelf)
        + """
        const local = { "shelf.size": 3, "shelf.place": { shelfId: "other", page: 2, words: "x" } };
        answer(ids(view.booksShown(local, contents, shelves, shelfId)));
        """
    )

    assert there == [5, 3, 1]


def test_what_is_chosen_stays_so_on_other_pages_and_while_other_words_are_looked_for(
    in_browser, shelf
):
    """K-57: 全選択."""
    there = in_browser(
        on_device(shelf)
        + """
        const { useLocal } = await import("./utils/local.js");
        const chosen = () => ids(view.booksChosen(useLocal(), contents, shelves, shelfId));
        view.tickBooks(view.booksFound(useLocal(), contents, shelves, shelfId));
        const all = chosen();
        view.tickBook(contents[shelfId].books[0]);
        view.searchWithin(shelfId, "こころ");
        const rest = chosen();
        view.tickNoBook();
        answer([all, rest, chosen()]);
        """
    )

    assert there == [[5, 3, 1, 2, 7, 4, 6], [3, 1, 2, 7, 4, 6], []]


def test_all_shelves_are_one_and_what_was_not_looked_into_is_not_shown_in_part(in_browser):
    """G-40."""
    there = in_browser(
        """
        import * as view from "./utils/shelves/view.js";
        const shelves = [{ shelf_id: "a", count: 1 }, { shelf_id: "b", count: 2 }];
        const contents = { a: { books: ["one"] } };
        answer([
          view.shelfNamed(shelves, "all").count,
          view.booksOf(contents, shelves, "a"),
          view.booksOf(contents, shelves, "all"),
          view.booksOf({ ...contents, b: { books: ["two", "three"] } }, shelves, "all"),
          view.shelfNamed(shelves, "c"),
        ]);
        """
    )

    assert there == [3, ["one"], None, ["one", "two", "three"], None]


@pytest.mark.parametrize(
    ("sorting", "names"),
    [
        ({}, ["棚10", "", "棚2", "あ"]),
        ({"by": "own", "isDescending": True}, ["あ", "棚2", "", "棚10"]),
        ({"by": "name"}, ["", "あ", "棚2", "棚10"]),
        ({"by": "count", "isDescending": True}, ["棚2", "棚10", "あ", ""]),
    ],
)
def test_shelves_are_sorted_as_people_count(in_browser, sorting, names):
    """K-53."""
    there = in_browser(
        f"""
        import * as view from "./utils/shelves/view.js";
        const counted = {{ "棚10": 2, "": 1, "棚2": 2.5, "あ": 2 }};
        const shelves = Object.entries(counted).map(([name, count]) => ({{ name, count }}));
        const local = {{ "shelves.sorting": {json.dumps(sorting)} }};
        answer(view.shelvesShown(local, shelves).map(({{ name }}) => name));
        """
    )

    assert there == names
