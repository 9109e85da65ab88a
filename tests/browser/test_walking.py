"""The way through the stacks: in which order somebody with a list walks."""

import json
from typing import Any

import pytest

CODES = "honkan jido amami"


def book(title: str, *places: tuple[str, str, str], **about: Any) -> dict[str, Any]:
    """Return a book on a shelf, with the places where copies belong; all are there."""
    return {
        "shelf_id": "shelf",
        "record": {"record_id": title, "title": title},
        "detail": {
            "title_sort": title,
            "creators": [{"name": "夏目 漱石", "reading": "", "role": ""}],
            "places": [
                {"branch_code": branch, "room": room, "call_number": number, "is_here": True}
                for branch, room, number in places
            ],
        },
        "is_read": False,
        "has_left": False,
        **about,
    }


@pytest.fixture
def walk(in_browser):
    """Return the way to some books, narrowed by what the page remembers."""

    def walk(*books: dict[str, Any], **narrowed: object) -> Any:
        local = {f"walking.{name}": value for name, value in narrowed.items()}
        return in_browser(
            f"""
            import {{ walkOf }} from "./utils/shelves/walking.js";
            const contents = {{ shelf: {{ revision: "", books: {json.dumps(books)} }} }};
            const shelves = [{{ shelf_id: "shelf" }}];
            answer(walkOf({json.dumps(local)}, contents, shelves, "shelf", "{CODES}"));
            """
        )

    return walk


def stops_of(walk: Any) -> list[tuple[str, str, str]]:
    """Return branch, room and title of each stop, in the order of the way."""
    return [
        (branch["code"], room["name"], stop["record"]["title"])
        for branch in walk["branches"]
        for room in branch["rooms"]
        for stop in room["stops"]
    ]


@pytest.mark.parametrize(
    "numbers",
    [
        ("9", "91", "913", "913.6", "914"),
        ("002.7", "02", "121.65", "13"),
        ("913.06/ア", "913.31/ア", "913.6/ア"),
        ("913.6", "913.6/ナ", "913.6/ミ", "913.6ム"),
        ("913.6/ナツ/1", "913.6/ナツ/2", "913.6/ナツ/10"),
        ("913.6/ハラ", "913.6/バン", "913.6/ヒガ"),
        ("913.6/あべ", "913.6/イト", "913.6/うさ"),
        ("913.6/ナツ", "E/ナツ", "L914.6/シマ", "R031/ア", "Y913.6/アサ"),
        ("E", "E/ア", "Ｅ/イ", "K291/ア"),
        ("913.6/A", "913.6/b", "913.6/Ｃ", "913.6/ア", "913.6/阿"),
        ("999", ""),
    ],
)
def test_call_numbers_stand_as_in_the_stacks(in_browser, numbers):
    found = in_browser(
        f"""
        import {{ orderOf }} from "./utils/shelves/call_numbers.js";
        const order = (one, other) => (orderOf(one) < orderOf(other) ? -1 : 1);
        answer({json.dumps(numbers[::-1])}.sort(order));
        """
    )

    assert found == list(numbers)


def test_the_way_leads_by_branch_room_and_call_number(walk):
    found = walk(
        book("こころ", ("amami", "", "913.6/ナツ")),
        book("坊っちゃん", ("honkan", "2階", "913.6/ナツ")),
        book("雪国", ("honkan", "10階", "9")),
        book("羅生門", ("honkan", "2階", "913.6/アク")),
        book("ぐりとぐら", ("jido", "", "E/ナ")),
    )

    assert stops_of(found) == [
        ("honkan", "2階", "羅生門"),
        ("honkan", "2階", "坊っちゃん"),
        ("honkan", "10階", "雪国"),
        ("jido", "", "ぐりとぐら"),
        ("amami", "", "こころ"),
    ]


def test_what_has_one_call_number_is_sorted_by_title(walk):
    found = walk(
        book("ソレカラ", ("honkan", "", "913.6/ナツ")), book("ココロ", ("honkan", "", "913.6/ナツ"))
    )

    assert [title for _, _, title in stops_of(found)] == ["ココロ", "ソレカラ"]


def test_a_book_with_copies_in_several_branches_stands_under_each_and_counts_once(walk):
    found = walk(book("こころ", ("amami", "", "913.6"), ("honkan", "", "913.6")))

    assert stops_of(found) == [("honkan", "", "こころ"), ("amami", "", "こころ")]
    assert found["record_ids"] == ["こころ"]


def test_a_branch_that_the_library_does_not_name_comes_last(walk):
    found = walk(book("雪国", ("bunkan", "", "9")), book("こころ", ("amami", "", "913.6")))

    assert [code for code, _, _ in stops_of(found)] == ["amami", "bunkan"]


def test_what_has_no_place_is_listed_with_its_reason(walk):
    unknown = book("こころ")
    unknown["detail"]["title_sort"] = ""  # put on the shelf without a connection
    found = walk(book("雪国"), book("羅生門", ("honkan", "", "9"), has_left=True), unknown)

    assert stops_of(found) == []
    assert {one["record"]["title"]: one["why"] for one in found["unplaced"]} == {
        "雪国": "not_held",
        "羅生門": "left",
        "こころ": "not_known",
    }


def test_the_way_is_narrowed_to_one_branch(walk):
    found = walk(
        book("こころ", ("amami", "", "913.6"), ("honkan", "", "913.6")),
        book("雪国"),
        branch="amami",
    )

    assert stops_of(found) == [("amami", "", "こころ")]
    assert found["unplaced"] == []


def test_the_way_is_narrowed_to_what_is_here_now(walk):
    lent = book("こころ", ("honkan", "", "913.6"))
    lent["detail"]["places"][0]["is_here"] = False

    found = walk(lent, book("雪国", ("honkan", "", "913.6")), is_here=True)

    assert stops_of(found) == [("honkan", "", "雪国")]


def test_the_way_is_narrowed_to_what_is_not_read_yet(walk):
    found = walk(
        book("こころ", ("honkan", "", "913.6"), is_read=True),
        book("雪国", ("honkan", "", "913.6")),
        book("羅生門", is_read=True),
        is_unread=True,
    )

    assert stops_of(found) == [("honkan", "", "雪国")]
    assert found["unplaced"] == []


def test_all_shelves_together_list_a_book_once(in_browser):
    shelves = {
        name: {"revision": "", "books": [book("こころ", ("honkan", "", "913.6"), **about)]}
        for name, about in (("one", {}), ("other", {"is_read": True}))
    }

    found = in_browser(
        f"""
        import {{ walkOf }} from "./utils/shelves/walking.js";
        const shelves = [{{ shelf_id: "one" }}, {{ shelf_id: "other" }}];
        answer(walkOf({{}}, {json.dumps(shelves)}, shelves, "all", "{CODES}"));
        """
    )

    assert stops_of(found) == [("honkan", "", "こころ")]
    assert found["branches"][0]["rooms"][0]["stops"][0]["is_read"] is True


def test_a_shelf_that_this_device_has_not_looked_into_leads_nowhere(in_browser):
    found = in_browser(
        f"""
        import {{ walkOf }} from "./utils/shelves/walking.js";
        answer(walkOf({{}}, {{}}, [{{ shelf_id: "shelf" }}], "shelf", "{CODES}"));
        """
    )

    assert found == {"branches": [], "unplaced": [], "record_ids": []}
