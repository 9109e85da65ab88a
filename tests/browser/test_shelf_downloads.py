"""K-58 without a connection: which file is made of what this device has, and what is said."""

import json
from typing import Any

import pytest

from portal_app.components.shelf_downloads import show_words_of_files

A, B = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
SHELVES = [
    {"shelf_id": A, "name": "明治維新", "count": 2},
    {"shelf_id": B, "name": "", "count": 1},
]

# As much of a browser as saving a file takes.
SAVING = """
const saved = [];
globalThis.document = { createElement: () => ({
  click() { saved.push({ name: this.download, address: this.href }); },
}) };
const blobs = [];
URL.createObjectURL = (blob) => `blob:${blobs.push(blob) - 1}`;
globalThis.reportError = (problem) => saved.push({ problem: String(problem) });
const written = async () =>
  Promise.all(blobs.map(async (blob) => ({
    type: blob.type,
    start: [...new Uint8Array(await blob.arrayBuffer())].slice(0, 3),
    text: await blob.text(),
  })));
"""


def a_book(record_id: int, title: str, shelf_id: str = A) -> dict[str, Any]:
    record = {"record_id": record_id, "title": title, "volume": "", "material": "book"}
    detail = {"title_reading": "", "creators": [], "publisher": "", "published_on": ""}
    return {
        "shelf_id": shelf_id,
        "record": record | {"availability": "available"},
        "detail": detail | {"published_year": None, "isbn": "", "places": []},
        "added_at": "2026-11-22T10:00:00+09:00",
        "note": "",
        "is_read": False,
        "has_left": False,
    }


BOOKS = [a_book(2, "悪意"), a_book(3, "こころ", B), a_book(1, "赤松")]


@pytest.fixture
def taken(in_browser):
    """Press a link of the menu, with or without a connection."""
    show_words_of_files()

    def taken(connection: str, kind: str, shelf_id: str, books: list[dict[str, Any]]) -> Any:
        return in_browser(
            f"""
            import {{ show }} from "./utils/offline/view.js";
            import {{ localOf }} from "./utils/local.js";
            import {{ takeAway }} from "./utils/shelves/downloads.js";
            {SAVING}
            show({{ connection: {json.dumps(connection)} }});
            let isPrevented = false;
            const press = {{ preventDefault: () => {{ isPrevented = true; }} }};
            const pressed = takeAway({json.dumps(kind)}, "ja", "western", {json.dumps(shelf_id)},
              {json.dumps(SHELVES)}, {json.dumps(books)}, {{}}, press);
            const wasPrevented = isPrevented; // by then, or the browser follows the link
            await pressed;
            answer({{ wasPrevented, saved, files: await written(), said: localOf("page.taken") }});
            """
        )

    return taken


def test_with_a_connection_the_link_leads_to_the_library_s_file(taken):
    assert taken("online", "text", A, BOOKS) == {
        "wasPrevented": False,
        "saved": [],
        "files": [],
        "said": "",
    }


@pytest.mark.parametrize("connection", ["offline", "reconnecting"])
def test_without_a_connection_the_text_is_made_here(taken, connection):
    made = taken(connection, "text", A, BOOKS)

    [file] = made["files"]
    assert made["wasPrevented"]
    assert made["saved"] == [{"name": "明治維新.txt", "address": "blob:0"}]
    assert (file["type"], file["start"]) == ("text/plain;charset=utf-8", [0xEF, 0xBB, 0xBF])
    assert file["text"].index("悪意") < file["text"].index("赤松")
    assert "こころ" not in file["text"]
    assert made["said"] == "made_here"


def test_without_a_connection_all_shelves_are_made_into_one_table(taken):
    made = taken("offline", "csv", "all", BOOKS)

    [file] = made["files"]
    rows = [line.split(",")[:3] for line in file["text"].split("\r\n")[1:-1]]
    assert made["saved"][0]["name"] == "本棚.csv"
    assert file["start"] == [0xEF, 0xBB, 0xBF]
    assert rows == [["明治維新", "2", "悪意"], ["明治維新", "1", "赤松"], ["", "3", "こころ"]]


def test_a_shelf_without_a_name_is_called_as_it_is_shown(taken):
    made = taken("offline", "text", B, BOOKS)

    assert made["saved"][0]["name"] == "分類なし.txt"


def test_what_this_device_has_not_is_said(taken):
    made = taken("offline", "text", "all", BOOKS[:1])

    assert made["said"] == "made_in_part"
    assert "悪意" in made["files"][0]["text"]


def test_what_only_the_library_can_write_is_not_made_here(taken):
    made = taken("offline", "excel", A, BOOKS)

    assert made["files"] == []
    assert made["said"] == "needs_connection"


def test_everything_on_this_device_is_shelf_by_shelf(in_browser):
    contents = {A: {"revision": "1", "books": BOOKS[:1]}, B: None, "c": {"books": BOOKS[1:]}}

    titles = in_browser(
        f"""
        import {{ booksIn }} from "./utils/shelves/downloads.js";
        answer(booksIn({json.dumps(contents)}).map(({{ record }}) => record.title));
        """
    )

    assert titles == ["悪意", "こころ", "赤松"]
