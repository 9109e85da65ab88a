"""Where records are put: the choice, the look at it, and what is asked of the library then."""

import json

import pytest

from portal_app.domain.shelves import UNSORTED

RECORDS = [
    {"record_id": number, "title": title, "volume": ""}
    for number, title in ((1, "こころ"), (2, "雪国"), (3, "坊っちゃん"))
]
KOKORO, SNOW, BOTCHAN = RECORDS
RULES = {
    "is_one_list": False,
    "unsorted": UNSORTED,
    "name_max": 32,
    "items_max": 10,
    "shelves_max": 5,
    "load": "state.shelves.open",
}
ONE_LIST = {**RULES, "is_one_list": True}
SHELVES = [
    {"shelf_id": "full", "name": "いっぱい", "count": 10, "created_at": "2026-01-01"},
    {"shelf_id": "ten", "name": "10月", "count": 9, "created_at": "2026-01-02"},
    {"shelf_id": "two", "name": "2月", "count": 1, "created_at": "2026-01-03"},
    {"shelf_id": "other-two", "name": "2月", "count": 0, "created_at": "2026-01-04"},
]
LISTS = [
    {"shelf_id": "food", "name": "料理", "count": 1, "created_at": "2026-01-02"},
    {"shelf_id": UNSORTED, "name": "", "count": 4, "created_at": "2026-01-01"},
]
CONTENTS = {"two": {"revision": "a", "books": [{"record": KOKORO}]}}

SETTING = """
import * as choice from "./utils/shelves/choice.js";
import { events } from "./utils/context-registry.js";
import { localOf, setLocal } from "./utils/local.js";
import { prepareOutbox } from "./utils/offline/outbox.js";
import { now, show } from "./utils/offline/view.js";

globalThis.FormData = class { constructor(fields) { return new Map(Object.entries(fields)); } };
globalThis.window = { location: { pathname: "/search", search: "?q=%E6%9C%AC" } };
prepareOutbox("deliver", () => undefined);
show({ owner: "hanako", isKnown: true, connection: "offline" });

const local = () => ({ "page.shelving": localOf("page.shelving") });
const question = () => choice.askedWhere(local());
const ask = (records = RECORDS, rules = RULES, shelves = SHELVES) =>
  choice.askWhere(rules, true, shelves, "", records);
const offered = (rules = RULES, shelves = SHELVES) =>
  choice.shelvesToChoose(rules, local(), shelves, CONTENTS);
const chosen = (rules = RULES, shelves = SHELVES) =>
  choice.chosenShelves(rules, local(), shelves, CONTENTS);
const make = (name, rules = RULES, shelves = SHELVES) => {
  const target = { shelf_name: name, reset: () => undefined };
  choice.makeShelf(rules, shelves, { target, preventDefault: () => undefined });
};
const deeds = () => now().operations.map(({ kind, payload }) => [kind, payload]);
const answered = (at, state, reason = "") => show({
  operations: now().operations.map((one, place) =>
    place === at ? { ...one, state, answer: { reason } } : one),
});
const outcomes = (contents = CONTENTS) => choice.outcomesOf(local(), now(), contents);
"""


@pytest.fixture
def act(in_browser):
    """Do something where Hanako has four shelves, one of them full, or a list with a category."""
    given = {
        "RECORDS": RECORDS,
        "KOKORO": KOKORO,
        "SHELVES": SHELVES,
        "LISTS": LISTS,
        "CONTENTS": CONTENTS,
        "RULES": RULES,
        "ONE_LIST": ONE_LIST,
    }
    props = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in given.items())
    return lambda script: in_browser(f"{SETTING}{props}{script}")


def test_shelves_always_stand_by_name(act):
    """Complaint 16: a menu in another order each time."""
    script = """
        await ask();
        const before = offered();
        SHELVES.reverse();
        answer([before, offered()].map((all) => all.map(({ shelf_id }) => shelf_id)));
    """

    assert act(script) == [["two", "other-two", "ten", "full"]] * 2


def test_each_shelf_says_what_it_has_already_and_what_still_fits(act):
    script = """
        await ask();
        answer(offered().map((one) => [one.shelf_id, one.already, one.missing, one.fitting]));
    """

    assert act(script) == [
        ["two", 1, 2, 2],
        ["other-two", 0, 3, 3],
        ["ten", 0, 3, 1],
        ["full", 0, 3, 0],
    ]


def test_what_cannot_take_anything_is_never_filled(act):
    script = """
        await ask([KOKORO]);
        for (const shelf of ["two", "full", "ten"]) choice.chooseWhere(RULES, shelf);
        answer(chosen().map(({ shelf_id }) => shelf_id));
    """

    assert act(script) == ["ten"]


def test_several_shelves_are_chosen_and_no_longer_chosen(act):
    script = """
        await ask();
        for (const shelf of ["two", "ten", "two"]) choice.chooseWhere(RULES, shelf);
        answer(question().chosen);
    """

    assert act(script) == ["ten"]


def test_a_record_that_is_borrowed_twice_is_put_there_once(act):
    script = "await ask([...RECORDS, KOKORO]); answer(question().records.length);"

    assert act(script) == 3


def test_nothing_is_checked_before_a_shelf_is_chosen(act):
    script = (
        "await ask(); choice.checkShelves(chosen()); answer([question().step, question().problem]);"
    )

    assert act(script) == ["choose", "shelf_choice.problem.nothing_chosen"]


def test_another_choice_takes_the_problem_away(act):
    script = """
        await ask();
        choice.checkShelves(chosen());
        choice.chooseWhere(RULES, "two");
        answer(question().problem);
    """

    assert act(script) == ""


def test_records_are_put_on_each_shelf_once_confirmed(act):
    """K-56: choose, look at it once more, and only then is it done."""
    script = """
        await ask();
        choice.chooseWhere(RULES, "two");
        choice.chooseWhere(RULES, "ten");
        const before = deeds();
        choice.checkShelves(chosen());
        await Promise.all([choice.putOnShelves(chosen()), choice.putOnShelves(chosen())]);
        answer([before, deeds(), question().step]);
    """

    before, deeds, step = act(script)

    assert (before, step) == ([], "done")
    assert deeds == [
        ["shelves.add", {"shelf_id": shelf, "record_ids": [1, 2, 3]}] for shelf in ("two", "ten")
    ]


def test_the_second_half_of_a_double_click_does_nothing(act):
    script = """
        await ask();
        choice.chooseWhere(RULES, "two");
        choice.checkShelves(chosen());
        await choice.putOnShelves(chosen(), { detail: 2 });
        const [step, asked] = [question().step, deeds().length];
        await choice.putOnShelves(chosen(), { detail: 1 });
        choice.askNoLonger({ detail: 2 });
        answer([step, asked, question().step, deeds().length]);
    """

    assert act(script) == ["check", 0, "done", 1]


def test_nothing_is_put_anywhere_without_a_look_at_it(act):
    script = """
        await ask();
        choice.chooseWhere(RULES, "two");
        await choice.putOnShelves(chosen());
        answer(deeds());
    """

    assert act(script) == []


def test_a_new_shelf_is_chosen_at_once_and_made_with_the_rest(act):
    script = """
        await ask();
        make("  夏休みの　宿題 ");
        const [shelf] = chosen();
        const before = deeds();
        choice.checkShelves(chosen());
        await choice.putOnShelves(chosen());
        answer([shelf.name, before, deeds().map(([kind, { shelf_id, name }]) =>
          [kind, shelf_id === shelf.shelf_id, name ?? null])]);
    """

    name, before, deeds = act(script)

    assert (name, before) == ("夏休みの 宿題", [])
    assert deeds == [["shelves.create", True, "夏休みの 宿題"], ["shelves.add", True, None]]


def test_a_new_shelf_that_is_not_wanted_after_all_is_not_made(act):
    script = """
        await ask();
        make("夏");
        choice.chooseWhere(RULES, chosen()[0].shelf_id);
        choice.chooseWhere(RULES, "two");
        choice.checkShelves(chosen());
        await choice.putOnShelves(chosen());
        answer(deeds().map(([kind]) => kind));
    """

    assert act(script) == ["shelves.add"]


@pytest.mark.parametrize(
    ("name", "problem", "limit"),
    [
        (" ", "shelves.refusal.no_name", 32),
        ("本" * 33, "shelves.refusal.name_too_long", 32),
        ("👨‍👩‍👧" * 32, "", None),
    ],
)
def test_a_new_shelf_must_have_a_name_that_fits(act, name, problem, limit):
    """K-52."""
    script = f"""
        await ask();
        make({json.dumps(name)});
        answer([question().problem, question().limit ?? null]);
    """

    assert act(script) == [problem, limit]


def test_there_are_no_more_shelves_than_the_library_lets_a_patron_have(act):
    script = """
        await ask();
        make("五つめ");
        make("六つめ");
        answer([question().problem, question().limit, question().made.length]);
    """

    assert act(script) == ["shelves.refusal.too_many_shelves", 5, 1]


def test_a_name_that_is_there_already_chooses_that_shelf(act):
    script = (
        'await ask(); make("10月"); answer([question().chosen, question().said, offered().length]);'
    )

    assert act(script) == [["ten"], "there", 4]


def test_the_one_list_is_meant_where_there_is_nothing_to_choose(act):
    """G-24, G-40: one press, and one look at it."""
    script = """
        await ask(RECORDS, ONE_LIST, []);
        choice.checkShelves(chosen(ONE_LIST, []));
        await choice.putOnShelves(chosen(ONE_LIST, []));
        answer([question().step, deeds()]);
    """

    assert act(script) == [
        "done",
        [["shelves.add", {"shelf_id": UNSORTED, "record_ids": [1, 2, 3]}]],
    ]


def test_one_category_is_chosen_and_none_at_first(act):
    """G-40."""
    script = """
        await ask(RECORDS, ONE_LIST, LISTS);
        const first = chosen(ONE_LIST, LISTS).map(({ shelf_id }) => shelf_id);
        choice.chooseWhere(ONE_LIST, "food");
        answer([question().step, first, chosen(ONE_LIST, LISTS).map(({ name }) => name),
          offered(ONE_LIST, LISTS).map(({ name }) => name)]);
    """

    assert act(script) == ["choose", [UNSORTED], ["料理"], ["", "料理"]]


def test_a_whole_list_goes_straight_to_the_one_list(act):
    """G-24."""
    script = """
        await choice.askToAddAll(ONE_LIST, true, LISTS, "", RECORDS);
        answer([question().step, chosen(ONE_LIST, LISTS).map(({ shelf_id }) => shelf_id)]);
    """

    assert act(script) == ["check", [UNSORTED]]


def test_a_whole_list_asks_for_the_shelf_where_there_are_several(act):
    script = 'await choice.askToAddAll(RULES, true, SHELVES, "", RECORDS); answer(question().step);'

    assert act(script) == "choose"


def test_shelves_that_have_not_come_yet_are_asked_for(act):
    script = """
        show({ connection: "online" });
        await choice.askWhere(RULES, false, [], "", RECORDS);
        answer([question().step, events.map(({ name }) => name)]);
    """

    assert act(script) == ["choose", ["state.shelves.open"]]


def test_a_stranger_is_asked_who_it_is_and_led_back_to_the_question(act):
    script = """
        show({ owner: "", isKnown: true });
        await ask();
        answer([question().step, decodeURIComponent(decodeURIComponent(events[0].payload.path))]);
    """

    assert act(script) == ["", "/sign-in?next=/search?q=本#shelve=1,2,3"]


PUT = """
    await ask();
    choice.chooseWhere(RULES, "two");
    choice.chooseWhere(RULES, "ten");
    choice.checkShelves(chosen());
    await choice.putOnShelves(chosen());
"""


def test_it_says_for_each_shelf_what_became_of_it(act):
    script = f"""
        {PUT}
        const waiting = outcomes().map(({{ state }}) => state);
        answered(0, "done", "shelves.meeting.already_there");
        answered(1, "refused", "shelves.refusal.shelf_is_full");
        answer([waiting, outcomes({{ ten: {{ books: [{{ record: KOKORO }}] }} }}).map((one) =>
          [one.name, one.state, one.already, one.left_out, one.operation.answer.reason])]);
    """

    assert act(script) == [
        ["waiting", "waiting"],
        [
            ["2月", "done", 1, 0, "shelves.meeting.already_there"],
            ["10月", "refused", 0, 2, "shelves.refusal.shelf_is_full"],
        ],
    ]


def test_a_shelf_that_was_not_made_is_told_with_the_reason(act):
    script = """
        await ask();
        make("夏");
        choice.checkShelves(chosen());
        await choice.putOnShelves(chosen());
        answered(0, "refused", "shelves.refusal.too_many_shelves");
        answered(1, "refused", "shelves.refusal.no_such_shelf");
        answer(outcomes().map(({ state, operation }) => [state, operation.answer.reason]));
    """

    assert act(script) == [["refused", "shelves.refusal.too_many_shelves"]]


def test_it_is_all_done_only_when_every_shelf_is(act):
    script = f"""
        {PUT}
        answered(0, "done");
        const half = choice.isSettled(outcomes(), "done");
        answered(1, "done");
        answer([half, choice.isSettled(outcomes(), "done"), choice.isSettled([], "done")]);
    """

    assert act(script) == [False, True, False]


def test_what_was_ticked_is_ticked_no_longer_once_it_is_put_there(act):
    script = """
        setLocal("results.chosen", { search: "q", records: RECORDS });
        await choice.askWhere(RULES, true, SHELVES, "results.chosen", RECORDS);
        choice.chooseWhere(RULES, "two");
        choice.checkShelves(chosen());
        const before = localOf("results.chosen").records.length;
        await choice.putOnShelves(chosen());
        answer([before, localOf("results.chosen") ?? null]);
    """

    assert act(script) == [3, None]


def test_a_record_says_on_which_shelves_it_stands(act):
    script = """
        answer(choice.shelvesWith(SHELVES, CONTENTS, KOKORO).map(({ name }) => name));
    """

    assert act(script) == ["2月"]
    assert act("answer(choice.shelvesWith(undefined, undefined, KOKORO));") == []
