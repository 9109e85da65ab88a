"""What the page does with a reading history (K-08, K-18)."""

import pytest

SETTING = """
import * as history from "./utils/history.js";
import { leavePage, localOf, setLocal, forgetLocal } from "./utils/local.js";
import { now, show } from "./utils/offline/view.js";

const names = ["page.history", "page.history_words", "page.history_shown"];
const local = () => Object.fromEntries(names.map((name) => [name, localOf(name)]));
const problem = () => localOf("page.history_problem");
const titles = (by) => history.historyFound(local(), by).map(({ record }) => record.title);
const entry = (number, title, day) => ({
  id: String(number).padStart(32, "0"),
  record: { record_id: number, title, volume: "", line: "宮沢 賢治∥著", material: "book" },
  branch_code: "main", lent_on: "2026-10-01", returned_on: day,
});
const kept = (...entries) => ({ refusal: "", is_kept: true, is_open: true, entries });

show({ owner: "hanako", isKnown: true, connection: "online" });

// The library answers with these, one after the other.
const answers = [];
const sent = [];
globalThis.fetch = async (address, { method, body }) => {
  sent.push([method, address, Object.fromEntries(body)]);
  const next = answers.shift();
  if (next === undefined) throw new TypeError("Failed to fetch");
  return { json: async () => next };
};
globalThis.FormData = class { constructor(fields) { return new Map(Object.entries(fields)); } };
const event = (target) => ({ target, preventDefault: () => undefined });
const GINGA = entry(1, "銀河鉄道の夜", "2026-11-22");
const KOKORO = entry(2, "こころ", "2026-11-01");
const read = async (...entries) => {
  answers.push(kept(...entries));
  await history.readHistory("/files/history");
};
"""


@pytest.fixture
def on_page(in_browser):
    """Run a script that has the page's history at hand."""
    return lambda script: in_browser(f"{SETTING}{script}")


def test_k18_what_is_read_is_shown_latest_first_or_as_the_patron_likes(on_page):
    shown = on_page("""
        await read(KOKORO, GINGA);
        answer([titles("-returned_on"), titles("record.title"), sent]);
    """)

    assert shown == [
        ["銀河鉄道の夜", "こころ"],
        ["こころ", "銀河鉄道の夜"],
        [["POST", "/files/history", {}]],
    ]


def test_k18_it_is_forgotten_with_the_page(on_page):
    assert on_page("""
        await read(GINGA);
        const there = history.historyState(local());
        leavePage();
        answer([there, history.historyState(local())]);
    """) == ["open", ""]


@pytest.mark.parametrize("leaves", ["leavePage()", 'show({ owner: "ken" })', "forgetLocal()"])
def test_k18_an_answer_that_comes_too_late_is_shown_to_nobody(on_page, leaves):
    assert (
        on_page(f"""
        answers.push(kept(GINGA));
        const asking = history.readHistory("/files/history");
        {leaves};
        await asking;
        answer(history.historyState(local()));
    """)
        == ""
    )


@pytest.mark.parametrize(
    ("answered", "state"),
    [
        ('{ refusal: "", is_kept: false, is_open: false, entries: [] }', "off"),
        ('{ refusal: "", is_kept: true, is_open: false, entries: [] }', "locked"),
        ("kept()", "open"),
        ('{ refusal: "history.problem.signed_out" }', ""),
    ],
)
def test_k08_the_page_knows_how_it_stands(on_page, answered, state):
    assert (
        on_page(f"""
        answers.push({answered});
        await history.readHistory("/files/history");
        answer(history.historyState(local()));
    """)
        == state
    )


def test_k18_without_a_connection_nothing_is_asked(on_page):
    assert on_page("""
        show({ connection: "offline" });
        await history.readHistory("/files/history");
        answer([problem(), sent]);
    """) == ["history.problem.no_connection", []]


def test_k18_an_answer_that_does_not_come_is_said(on_page):
    assert on_page("""
        await history.readHistory("/files/history");
        answer([problem(), localOf("page.history_busy")]);
    """) == ["history.problem.no_answer", 0]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ぎんが", []),
        ("銀河", ["銀河鉄道の夜"]),
        ("ココロ", ["こころ"]),
        ("宮沢　賢治", ["銀河鉄道の夜", "こころ"]),
        ("銀河 こころ", []),
        ("", ["銀河鉄道の夜", "こころ"]),
    ],
)
def test_k18_words_are_found_in_any_spelling(on_page, words, found):
    assert (
        on_page(f"""
        await read(GINGA, KOKORO);
        await history.searchHistory("{words}");
        answer(titles("-returned_on"));
    """)
        == found
    )


def test_k18_a_long_history_is_shown_a_part_at_a_time(on_page):
    assert on_page("""
        const many = Array.from({ length: 450 }, (_, n) => entry(n, `title ${n}`, "2026-11-22"));
        await read(...many);
        const shown = () => history.historyShown(local(), "returned_on").length;
        const counts = [shown()];
        history.showMore();
        counts.push(shown());
        history.showMore();
        counts.push(shown());
        answer(counts);
    """) == [100, 400, 450]


def test_k08_the_code_is_shown_once_and_kept_before_it_is_on(on_page):
    assert on_page("""
        answers.push({ refusal: "", code: "ABCD", draft: "sealed" });
        await history.beginHistory("/files/history/begin", event({ password: "right" }));
        history.tickKept();
        const shown = localOf("page.history_code");
        answers.push({ refusal: "" }, kept());
        await history.keepHistory("/files/history/keep", "/files/history");
        answer([shown, localOf("page.history_code"), localOf("page.history_said"), sent]);
    """) == [
        {"code": "ABCD", "draft": "sealed", "is_kept": True},
        None,
        {"what": "begun", "count": 0},
        [
            ["POST", "/files/history/begin", {"password": "right"}],
            ["POST", "/files/history/keep", {"draft": "sealed"}],
            ["POST", "/files/history", {}],
        ],
    ]


def test_k18_nothing_is_asked_without_a_password(on_page):
    assert on_page("""
        const nothing = event({ password: "" });
        await history.unlockHistory("/files/history/unlock", "/files/history", nothing);
        answer([problem(), sent]);
    """) == ["history.problem.nothing_given", []]


def test_k18_a_period_is_asked_about_and_then_deleted(on_page):
    assert on_page("""
        await read(GINGA, KOKORO);
        history.askToForgetPeriod(event({ first: "2026-11-01", last: "2026-11-21" }));
        const asked = localOf("page.history_asked");
        answers.push({ refusal: "" });
        await history.forgetAsked("/files/history/forget");
        const ids = asked.chosen.map(({ id }) => id);
        answer([asked.what, sent[1], titles("-returned_on"), localOf("page.history_said"), ids]);
    """) == [
        "some",
        ["POST", "/files/history/forget", {"ids": f"{2:032d}"}],
        ["銀河鉄道の夜"],
        {"what": "forgotten", "count": 1},
        [f"{2:032d}"],
    ]


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ("", "2026-11-21", "no_days"),
        ("2026-11-21", "2026-11-20", "no_days"),
        ("2020-01-01", "2020-12-31", "nothing_then"),
    ],
)
def test_k18_a_period_without_entries_asks_nothing(on_page, first, last, why):
    assert on_page(f"""
        await read(GINGA, KOKORO);
        history.askToForgetPeriod(event({{ first: "{first}", last: "{last}" }}));
        answer([problem(), localOf("page.history_asked") ?? null]);
    """) == [f"history.problem.{why}", None]


def test_k18_many_are_deleted_in_portions_and_stay_when_one_fails(on_page):
    assert on_page("""
        const many = Array.from({ length: 600 }, (_, n) => entry(n, `title ${n}`, "2026-11-22"));
        await read(...many);
        history.askToForgetPeriod(event({ first: "2026-11-22", last: "2026-11-22" }));
        answers.push({ refusal: "" });
        await history.forgetAsked("/files/history/forget");
        const portions = sent.slice(1).map(([, , { ids }]) => ids.split(",").length);
        answer([portions, problem(), history.historyCount(local())]);
    """) == [[500, 100], "history.problem.no_answer", 600]


def test_k18_switching_off_reads_anew(on_page):
    assert on_page("""
        await read(GINGA);
        history.askToEnd();
        answers.push({ refusal: "" }, { refusal: "", is_kept: false, is_open: false, entries: [] });
        await history.endHistory("/files/history/end", "/files/history");
        answer([history.historyState(local()), localOf("page.history_said").what]);
    """) == ["off", "ended"]
