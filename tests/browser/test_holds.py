"""What a page asks about a hold before anything is sent, and how it says a wait."""

import json

import pytest

TODAY = "2026-11-22"
HOLD = {"hold_id": 7, "record": {"record_id": 3}, "expires_on": None, "suspended_until": None}

SETTING = """
import * as holds from "./utils/holds.js";
import { localOf } from "./utils/local.js";
import { now, show } from "./utils/offline/view.js";
import { prepareOutbox } from "./utils/offline/outbox.js";

// The fields of the form are given as they are.
globalThis.FormData = class { constructor(fields) { return Object.entries(fields); } };
prepareOutbox("deliver", () => undefined);
show({ owner: "hanako", isKnown: true, connection: "offline" });

const written = (target) => ({ target, preventDefault: () => undefined });
const problem = () => {
  const { problem, day } = localOf("page.asked") ?? {};
  return problem ? [problem, day] : null;
};
const asked = () => now().operations.map(({ kind, payload }) => [kind, payload]);
"""


@pytest.fixture
def suspend(in_browser):
    """Ask to suspend a hold until a day, and return what was sent or what is wrong."""

    def suspend(until: str, **terms: str) -> list:
        hold = json.dumps(HOLD | terms)
        return in_browser(
            f"""{SETTING}
            const hold = {hold};
            holds.askOfHold("suspend", hold);
            await holds.suspendHold(hold, "{TODAY}", 30, written({{ until: "{until}" }}));
            answer([asked(), problem()]);
            """
        )

    return suspend


@pytest.fixture
def change(in_browser):
    """Ask to change until when a hold is wanted, and return what was sent or what is wrong."""

    def change(expires_on: str, **terms: str) -> list:
        hold = json.dumps(HOLD | terms)
        fields = f"{{ pickup_branch: 'nishi', contact_method: 'mail', expires_on: '{expires_on}' }}"
        return in_browser(
            f"""{SETTING}
            const hold = {hold};
            holds.askOfHold("change", hold);
            await holds.changeHold(hold, "{TODAY}", written({fields}));
            answer([asked(), problem()]);
            """
        )

    return change


@pytest.mark.parametrize("until", ["2026-11-23", "2026-12-22"])
def test_a_hold_is_suspended_from_tomorrow_for_as_long_as_the_library_lets(suspend, until):
    assert suspend(until) == [[["holds.suspend", {"hold_id": 7, "until": until}]], None]


@pytest.mark.parametrize(
    ("until", "terms", "problem"),
    [
        ("", {}, ["holds.suspension_problem.no_day", ""]),
        (TODAY, {}, ["holds.not_changed.suspension_is_over_today", "2026-11-23"]),
        ("2026-12-23", {}, ["holds.not_changed.suspended_too_long", "2026-12-22"]),
        (
            "2026-12-01",
            {"expires_on": "2026-12-01"},
            ["holds.not_changed.suspended_past_expiry", "2026-12-01"],
        ),
    ],
)
def test_a_suspension_that_cannot_be_is_not_sent(suspend, until, terms, problem):
    assert suspend(until, **terms) == [[], problem]


@pytest.mark.parametrize("day", ["", TODAY, "2027-03-01"])
def test_g35_a_hold_is_changed(change, day):
    wanted = {"pickup_branch": "nishi", "contact_method": "mail", "expires_on": day}

    assert change(day) == [[["holds.change", {"hold_id": 7, **wanted}]], None]


@pytest.mark.parametrize(
    ("day", "terms", "problem"),
    [
        ("2026-11-21", {}, ["holds.problem.expiry_has_passed", ""]),
        (
            "2026-12-01",
            {"suspended_until": "2026-12-01"},
            ["holds.not_changed.expires_while_suspended", "2026-12-01"],
        ),
    ],
)
def test_g35_a_change_that_cannot_be_is_not_sent(change, day, terms, problem):
    assert change(day, **terms) == [[], problem]


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (None, None, ["", 0, 0]),
        (0, 0, ["about_days", 1, 1]),
        (0, 5, ["days", 1, 5]),
        (7, 13, ["days", 7, 13]),
        (12, 14, ["weeks", 1, 2]),
        (14, 28, ["weeks", 2, 4]),
        (28, 28, ["about_weeks", 4, 4]),
        (20, 69, ["weeks", 2, 10]),
        (45, 70, ["months", 1, 3]),
        (90, 90, ["about_months", 3, 3]),
        (100, 400, ["months", 3, 14]),
    ],
)
def test_a_wait_is_said_as_people_say_it(in_browser, least, most, said):
    found = in_browser(
        f"{SETTING} answer(holds.waitSaid({json.dumps(least)}, {json.dumps(most)}));"
    )

    assert [found["kind"], found["least"], found["most"]] == said


@pytest.mark.parametrize(
    ("fields", "place"), [({}, 0), ({"letter_to": "0"}, 0), ({"letter_to": "2"}, 2)]
)
def test_g34_a_cancellation_is_confirmed_where_the_patron_chooses(in_browser, fields, place):
    asked = in_browser(
        f"""{SETTING}
        await holds.cancelHold({json.dumps(HOLD)}, "ja-simple", written({json.dumps(fields)}));
        answer(asked());
        """
    )

    wanted = {"hold_id": 7, "letter_to": place, "lang": "ja-simple"}
    assert asked == [["holds.cancel", wanted]]


@pytest.mark.parametrize(("method", "place"), [("mail", 1), ("telephone", 0), ("none", 0)])
def test_g34_mail_is_proposed_to_whom_the_library_writes_anyway(in_browser, method, place):
    hold = json.dumps(HOLD | {"contact_method": method})
    choices = json.dumps([{"place": 1, "kind": "pc"}])

    found = in_browser(
        f"""{SETTING}
        const hold = {hold};
        answer([holds.letterOfCancellation({choices}, hold), holds.letterOfCancellation([], hold)]);
        """
    )

    assert found == [place, 0]
