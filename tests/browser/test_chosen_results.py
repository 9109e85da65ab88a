"""What is ticked among results: through the pages of one search, and no further."""

import json

import pytest

ROWS = [
    {"record": {"record_id": number, "title": f"本{number}", "availability": availability}}
    for number, availability in ((1, "on_loan"), (2, "available"), (3, "on_loan"))
]

SETTING = """
import * as results from "./utils/chosen_results.js";
import { events } from "./utils/context-registry.js";
import { leavePage, localOf } from "./utils/local.js";
import { prepareOutbox } from "./utils/offline/outbox.js";
import { now, show } from "./utils/offline/view.js";
import { isTogether, together } from "./utils/together.js";

globalThis.window = { location: { pathname: "/search", search: "?q=x" } };
prepareOutbox("deliver", () => undefined);
show({ owner: "hanako", isKnown: true, connection: "offline" });

const RECORDS = ROWS.map(({ record }) => record);
const local = () => Object.fromEntries(
  ["results.chosen", "page.put"].map((name) => [name, localOf(name)]));
const chosen = (address = "q=x") =>
  results.resultsChosen(local(), address).map(({ record_id }) => record_id);
const asked = () => now().operations.map(({ kind, payload }) => [kind, payload]);
"""


@pytest.fixture
def act(in_browser):
    """Do something with three results, the second of which is on the shelf."""
    return lambda script: in_browser(f"const ROWS = {json.dumps(ROWS)};\n{SETTING}{script}")


def test_a_result_is_chosen_and_no_longer_chosen(act):
    script = """
        results.tickResult("q=x", RECORDS[0]);
        results.tickResult("q=x", RECORDS[2]);
        results.tickResult("q=x", RECORDS[0]);
        answer([chosen(), results.isResultChosen(local(), "q=x", RECORDS[2])]);
    """

    assert act(script) == [[3], True]


@pytest.mark.parametrize("address", ["page=2&q=x", "q=x&sort=title", "size=50&q=x"])
def test_a_choice_outlives_the_pages_of_a_search(act, address):
    script = f'results.tickPage("q=x", ROWS); leavePage(); answer(chosen({json.dumps(address)}));'

    assert act(script) == [1, 2, 3]


@pytest.mark.parametrize("address", ["q=y", "q=x&class=cd", ""])
def test_a_choice_ends_with_its_search(act, address):
    script = f'results.tickPage("q=x", ROWS); answer(chosen({json.dumps(address)}));'

    assert act(script) == []


def test_a_whole_page_is_chosen_beside_what_is_chosen_elsewhere(act):
    script = """
        results.tickResult("q=x", { record_id: 9 });
        results.tickResult("q=x", RECORDS[1]);
        results.tickPage("q=x&page=2", ROWS);
        const before = chosen();
        results.tickNoResult("q=x");
        answer([before, chosen()]);
    """

    assert act(script) == [[9, 1, 2, 3], []]


def test_what_is_chosen_is_put_in_the_cart_together_but_what_nobody_may_hold(act):
    script = """
        results.tickPage("q=x", ROWS);
        await results.putChosenInCart("q=x", RECORDS, ["available"]);
        answer([asked(), results.leftOut(local()), chosen(), isTogether(local(), now(), "page.put"),
          together(local(), now(), "page.put", "waiting").length]);
    """

    assert act(script) == [
        [["cart.add", {"record_id": 1}], ["cart.add", {"record_id": 3}]],
        *(1, [], True, 2),
    ]


def test_what_was_in_the_cart_already_is_not_counted_as_put_there(act):
    script = """
        await results.putChosenInCart("q=x", RECORDS, []);
        const told = { reason: "cart.refusal.already_in_cart" };
        const answers = [{ reason: "" }, told, { reason: "" }];
        show({ operations: now().operations.map((one, at) =>
          ({ ...one, state: at < 2 ? "done" : "refused", answer: answers[at] })) });
        answer(["done", "told", "refused", "waiting"].map((state) =>
          together(local(), now(), "page.put", state).length));
    """

    assert act(script) == [1, 1, 1, 0]


def test_what_the_page_does_next_is_told_instead(act):
    script = """
        await results.putChosenInCart("q=x", RECORDS, []);
        show({ latest: "another" });
        answer(isTogether(local(), now(), "page.put"));
    """

    assert act(script) is False


def test_a_stranger_is_asked_who_it_is_and_finds_the_ticks_again(act):
    script = """
        show({ owner: "", isKnown: true });
        await results.putChosenInCart("q=x", RECORDS, []);
        answer([asked(), decodeURIComponent(decodeURIComponent(events[0].payload.path))]);
    """

    assert act(script) == [[], "/sign-in?next=/search?q=x#chosen=1,2,3"]
