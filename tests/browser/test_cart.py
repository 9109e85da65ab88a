"""Ticking in the cart and the way from there to a hold, which the page does by itself."""

import json

import pytest

OUT, ON_SHELF, ALSO_OUT = (
    {"record": {"record_id": number}, "refused": refused}
    for number, refused in ((1, None), (2, {"why": "available_now"}), (3, None))
)
LINES = [OUT, ON_SHELF, ALSO_OUT]
WISHES = {"pickup_branch": "honkan", "contact_method": "mail", "expires_on": ""}
TODAY = "2026-11-22"

SETTING = """
import * as cart from "./utils/cart.js";
import { events } from "./utils/context-registry.js";
import { leavePage, localOf } from "./utils/local.js";
import { now, show } from "./utils/offline/view.js";
import { prepareOutbox } from "./utils/offline/outbox.js";

// The fields of the form are given as they are.
globalThis.FormData = class { constructor(fields) { return Object.entries(fields); } };
prepareOutbox("deliver", () => undefined);
show({ owner: "hanako", isKnown: true, connection: "offline" });

const chosen = (lines = LINES) =>
  cart.chosenOf({ "cart.changed": localOf("cart.changed") }, lines).map((l) => l.record.record_id);
const check = (wishes = {}, submitter = null) => {
  const event = {
    ...{ target: { ...WISHES, ...wishes }, preventDefault: () => undefined },
    nativeEvent: { submitter },
  };
  cart.checkWishes(LINES, TODAY, "/cart/confirm", event);
};
const place = (choices = []) => cart.placeHolds(LINES, choices, "en", "/cart/placed");
const asked = () => now().operations.map(({ kind, payload }) => [kind, payload]);
const ledTo = () => events.map(({ payload }) => payload.path);
"""


@pytest.fixture
def act(in_browser):
    """Do something in a cart with three lines, the second of which is on the shelf."""
    given = {"LINES": LINES, "OUT": OUT, "WISHES": WISHES, "TODAY": TODAY}
    props = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in given.items())
    return lambda script: in_browser(f"{SETTING}{props}{script}")


def test_what_can_be_placed_on_hold_is_chosen_at_once(act):
    assert act("answer(chosen());") == [1, 3]


def test_a_record_is_chosen_and_no_longer_chosen(act):
    assert act("cart.tick(2); answer(chosen());") == [1, 2, 3]
    assert act("cart.tick(2); cart.tick(1); cart.tick(2); answer(chosen());") == [3]
    assert act("cart.tick(987); answer(chosen());") == [1, 3]


def test_all_or_none_are_chosen(act):
    assert act("cart.tickAll(LINES); answer(chosen());") == [1, 2, 3]
    assert act("cart.tick(2); cart.tickNone(LINES); answer(chosen());") == []
    assert act("cart.tickNone(LINES); cart.tick(1); answer(chosen());") == [1]


def test_a_choice_outlives_a_visit_to_another_page(act):
    assert act("cart.tickNone(LINES); leavePage(); answer(chosen());") == []


def test_what_has_gone_is_no_longer_chosen(act):
    assert act("cart.tick(2); answer(chosen([OUT]));") == [1]


def test_nothing_is_chosen_in_a_cart_that_has_not_come_yet(act):
    assert act("answer(cart.chosenOf({}, null));") == []


def test_a_request_that_can_be_leads_to_the_confirmation_and_asks_for_nothing_yet(act):
    script = 'check(); answer([ledTo(), localOf("page.problem"), localOf("cart.wishes"), asked()]);'

    assert act(script) == [["/cart/confirm"], "", {**WISHES, "kind": "ordinary"}, []]


@pytest.mark.parametrize(
    ("before", "wishes", "problem"),
    [
        ("cart.tickNone(LINES);", {}, "holds.problem.nothing_chosen"),
        ("", {"expires_on": "2026-11-21"}, "holds.problem.expiry_has_passed"),
        ("", {"expires_on": "2020-01-01"}, "holds.problem.expiry_has_passed"),
    ],
)
def test_a_request_that_cannot_be_is_not_confirmed(act, before, wishes, problem):
    script = f'{before} check({json.dumps(wishes)}); answer([ledTo(), localOf("page.problem")]);'

    assert act(script) == [[], problem]


@pytest.mark.parametrize("day", [TODAY, "2026-11-23", ""])
def test_holds_may_be_wanted_until_today_or_later(act, day):
    script = f"check({json.dumps({'expires_on': day})}); answer(ledTo());"

    assert act(script) == ["/cart/confirm"]


def test_another_choice_takes_the_problem_away(act):
    script = 'cart.tickNone(LINES); check(); cart.tick(1); answer(localOf("page.problem"));'

    assert act(script) == ""


def test_holds_are_asked_for_once_confirmed_one_by_one(act):
    led_to, asked, placed = act(
        'check({ expires_on: "2026-12-31" }); await place();'
        'answer([ledTo(), asked(), localOf("cart.placed")]);'
    )

    assert led_to == ["/cart/confirm", "/cart/placed"]
    assert asked == [
        ["holds.place", {"record_id": number, **WISHES, "expires_on": "2026-12-31"}]
        for number in (1, 3)
    ]
    assert placed == [1, 3]


def test_pressing_twice_asks_once(act):
    script = "check(); await Promise.all([place(), place()]); await place(); answer(asked());"

    assert [payload["record_id"] for _, payload in act(script)] == [1, 3]


def test_nothing_is_asked_for_without_a_confirmation(act):
    assert act("await place(); answer([asked(), ledTo()]);") == [[], []]


def test_what_is_taken_out_is_counted_and_gone(act):
    script = 'await cart.removeLine(OUT); answer([asked(), localOf("page.removed")]);'

    assert act(script) == [[["cart.remove", {"record_id": 1}]], 1]


def test_what_is_chosen_is_taken_out_together(act):
    script = 'await cart.removeTicked(LINES); answer([asked(), localOf("page.removed")]);'

    assert act(script) == [[["cart.remove", {"record_id": number}] for number in (1, 3)], 2]


def test_taking_out_nothing_says_so(act):
    script = """
        cart.tickNone(LINES);
        await cart.removeTicked(LINES);
        answer([asked(), localOf("page.problem")]);
    """

    assert act(script) == [[], "holds.problem.nothing_chosen"]


def test_k28_what_goes_together_stands_as_the_patron_puts_it(act):
    """As a handle says it: above all, below all, or behind another."""
    at_first, moved = act(
        """
        const order = () => cart.keysInOrder({ "cart.order": localOf("cart.order") }, LINES);
        const atFirst = order();
        cart.placeInOrder(LINES, 3, "top", null);
        answer([atFirst, order()]);
        """
    )

    assert at_first == [1, 3]
    assert moved == [3, 1]


@pytest.mark.parametrize("kind", ["in_order", "any_one"])
def test_k28_holds_that_go_together_are_placed_in_their_order_and_then_arranged(act, kind):
    asked = act(
        f"""
        check({{}}, {{ value: "in_order" }});
        cart.setKind({json.dumps(kind)});
        cart.placeInOrder(LINES, 3, "top", null);
        await place();
        await place(); // pressed twice
        answer(asked());
        """
    )

    wanted = {"series_id": None, "kind": kind, "record_ids": [3, 1], "when": "placing"}
    assert asked == [
        ["holds.place", {"record_id": 3, **WISHES}],
        ["holds.place", {"record_id": 1, **WISHES}],
        ["holds.arrange", wanted],
    ]


def test_k28_one_record_alone_goes_with_nothing(act):
    script = 'cart.tick(3); check({}, { value: "in_order" }); answer(localOf("page.problem"));'

    assert act(script) == "cart.problem.nothing_to_go_together"


CHOICES = [{"place": 1, "kind": "pc"}, {"place": 2, "kind": "mobile"}]


@pytest.mark.parametrize(
    ("press", "place"),
    [
        ("", 1),
        ("cart.sendLetterTo('2');", 2),
        ("cart.confirmByLetter(CHOICES);", None),
        ("cart.confirmByLetter(CHOICES); cart.confirmByLetter(CHOICES);", 1),
    ],
)
def test_k29_one_letter_confirms_all_the_holds_of_a_press_unless_it_is_not_wanted(
    act, press, place
):
    asked = act(
        f"""
        const CHOICES = {json.dumps(CHOICES)};
        check();
        {press}
        await place(CHOICES);
        await place(CHOICES); // pressed twice
        answer(asked());
        """
    )

    wanted = {"record_ids": [1, 3], "letter_to": place, "lang": "en"}
    assert [kind for kind, _ in asked[:2]] == ["holds.place"] * 2
    assert asked[2:] == ([["holds.confirm", wanted]] if place else [])


def test_k29_who_has_no_confirmed_address_is_sent_no_letter(act):
    asked = act("check(); await place([]); answer([asked(), cart.letterTo({}, null)]);")

    assert ([kind for kind, _ in asked[0]], asked[1]) == (["holds.place"] * 2, 0)
