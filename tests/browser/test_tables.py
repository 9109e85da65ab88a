"""G-22, G-31: in which order the rows of a table stand."""

import json
from typing import Any

import pytest

# As the library sends them: due soonest first.
KOKORO = {"title": "こころ", "due_on": "2026-11-20", "branch": "main", "renewals": 0}
GINGA = {"title": "銀河鉄道の夜", "due_on": "2026-11-25", "branch": "west", "renewals": 1}
YUKIGUNI = {"title": "雪国", "due_on": "2026-11-25", "branch": "main", "renewals": 0}
MACHI = {"title": "街", "due_on": "2026-12-02", "branch": "gone", "renewals": 10}
ROWS = [KOKORO, GINGA, YUKIGUNI, MACHI]


@pytest.fixture
def sort(in_browser):
    """Sort rows, and return their titles."""

    def sort(by: str, *, rows: Any = ROWS, ranks: dict[str, list[str]] | None = None) -> list[str]:
        given = [{"record": {"title": row["title"]}, **row} for row in rows]
        return in_browser(
            f"""
            import {{ sortedRows }} from "./utils/tables.js";
            const found = sortedRows({json.dumps(given)}, "{by}", {json.dumps(ranks or {})});
            answer(found.map(({{ record }}) => record.title));
            """
        )

    return sort


def test_g22_due_soonest_comes_first_and_what_is_equal_stays_as_it_was_sent(sort):
    assert sort("due_on") == ["こころ", "銀河鉄道の夜", "雪国", "街"]


def test_g22_the_other_way_what_is_equal_still_stays_as_it_was_sent(sort):
    assert sort("-due_on") == ["街", "銀河鉄道の夜", "雪国", "こころ"]


def test_numbers_are_no_texts(sort):
    assert sort("-renewals") == ["街", "銀河鉄道の夜", "こころ", "雪国"]


def test_a_field_within_a_field_sorts(sort):
    rows = [{"title": title} for title in ("第10巻", "あ", "第2巻", "B", "ア")]

    assert sort("record.title", rows=rows) == ["B", "あ", "ア", "第2巻", "第10巻"]


def test_g22_branches_stand_in_the_library_s_own_order_and_unknown_ones_last(sort):
    ranks = {"branch": ["west", "main"]}

    assert sort("branch", ranks=ranks) == ["銀河鉄道の夜", "こころ", "雪国", "街"]
    assert sort("-branch", ranks=ranks) == ["街", "こころ", "雪国", "銀河鉄道の夜"]


def test_g31_ready_comes_first_among_holds(sort):
    rows = [
        {"title": "待つ", "state": "waiting"},
        {"title": "回送中", "state": "in_transit"},
        {"title": "用意できた", "state": "ready"},
    ]
    ranks = {"state": ["ready", "in_transit", "waiting"]}

    assert sort("state", rows=rows, ranks=ranks) == ["用意できた", "回送中", "待つ"]


@pytest.mark.parametrize("by", ["expires_on", "-expires_on"])
def test_what_has_no_day_comes_last_either_way(sort, by):
    rows = [
        {"title": "期限なし", "expires_on": None},
        {"title": "年末まで", "expires_on": "2026-12-31"},
    ]

    assert sort(by, rows=rows) == ["年末まで", "期限なし"]


def test_a_page_that_has_no_rows_yet_has_none_sorted(in_browser):
    found = in_browser(
        """
        import { sortedRows } from "./utils/tables.js";
        answer(sortedRows(undefined, "due_on", {}));
        """
    )

    assert found == []
