"""How a patron puts holds together on a page, before anything of it is sent (G-33)."""

import json

import pytest


def hold(record_id: int, state: str = "waiting", series: int | None = None, place: int = 0) -> dict:
    in_series = {"series_id": series, "series_number": series, "series_kind": "in_order"}
    record = {"record": {"record_id": record_id}, "state": state}
    return {**record, **in_series, "series_place": place}


LOOSE = [hold(1), hold(2), hold(3), hold(4, "ready")]
IN_SERIES = [hold(7, series=5, place=3), hold(5, "ready", series=5, place=1)]
IN_SERIES += [hold(6, series=5, place=2), hold(8, series=2, place=1), hold(9, series=2, place=2)]
HOLDS = [*LOOSE, *IN_SERIES]

SETTING = """
import * as series from "./utils/hold_series.js";
import { localOf } from "./utils/local.js";
import { now, show } from "./utils/offline/view.js";
import { prepareOutbox } from "./utils/offline/outbox.js";

globalThis.document = { querySelector: () => null };
prepareOutbox("deliver", () => undefined);
show({ owner: "hanako", isKnown: true, connection: "offline" });

const LOCAL = { get "page.draft"() { return localOf("page.draft"); } };
const ids = (holds) => holds.map(({ record }) => record.record_id);
const drafted = (holds = HOLDS) => ids(series.draftRows(LOCAL, holds));
const others = (holds = HOLDS) => ids(series.draftOthers(LOCAL, holds));
const fixed = (holds = HOLDS) => ids(series.draftFixed(LOCAL, holds));
const isTooShort = (holds = HOLDS) => series.isDraftTooShort(LOCAL, holds);
const asked = () => now().operations.map(({ kind, payload }) => [kind, payload]);
const regroup = (number) =>
  series.regroupSeries(HOLDS, series.seriesAmong(HOLDS).find((one) => one.number === number));
"""


@pytest.fixture
def act(in_browser):
    """Do something on the page of series."""
    given = f"const HOLDS = {json.dumps(HOLDS)};"
    return lambda script: in_browser(f"{SETTING}{given}{script}")


def test_series_stand_by_their_numbers_and_their_members_in_order(act):
    found = act(
        """
        const among = series.seriesAmong(HOLDS);
        const members = among.map(({ series_id }) => ids(series.membersOf(HOLDS, series_id)));
        answer([among.map(({ number }) => number), members]);
        """
    )

    assert found == [[2, 5], [[8, 9], [5, 6, 7]]]


def test_g33_what_is_set_aside_or_in_a_series_cannot_be_put_together(act):
    assert act("answer(ids(series.looseAmong(HOLDS)));") == [1, 2, 3]


def test_what_is_ticked_begins_a_series_and_nothing_is_sent(act):
    script = """
    for (const one of [HOLDS[2], HOLDS[0], HOLDS[1], HOLDS[1]]) series.tickHold(one);
    series.beginSeries(HOLDS);
    answer([drafted(), others(), isTooShort(), asked()]);
    """

    assert act(script) == [[1, 3], [2], False, []]


def test_a_draft_is_put_in_order_added_to_and_taken_from(act):
    script = """
    regroup(2);
    series.placeInDraft(9, "top", null);
    series.takeIn(HOLDS[0]);
    series.placeInDraft(1, "after", 9);
    const ordered = drafted();
    series.takeOut(HOLDS[7]);
    answer([ordered, drafted(), others(), asked()]);
    """

    assert act(script) == [[9, 1, 8], [9, 1], [2, 3, 8], []]


def test_what_is_set_aside_stays_in_front_and_is_not_sent(act):
    script = """
    regroup(5);
    const before = [fixed(), drafted()];
    series.placeInDraft(7, "top", null);
    await series.sendDraft(HOLDS);
    answer([before, asked(), localOf("page.draft") ?? null]);
    """
    wanted = {"series_id": 5, "kind": "in_order", "record_ids": [7, 6], "when": "later"}

    assert act(script) == [[[5], [6, 7]], [["holds.arrange", wanted]], None]


def test_a_new_series_of_another_kind_is_sent_at_once_as_a_whole(act):
    script = """
    for (const one of HOLDS.slice(0, 2)) series.tickHold(one);
    series.beginSeries(HOLDS);
    series.setDraftKind("any_one");
    await series.sendDraft(HOLDS);
    answer([asked(), now().operations[0].shown.records.length]);
    """
    wanted = {"series_id": None, "kind": "any_one", "record_ids": [1, 2], "when": "later"}

    assert act(script) == [[["holds.arrange", wanted]], 2]


def test_nothing_is_a_series_alone_but_beside_what_is_set_aside(act):
    script = """
    regroup(2);
    series.takeOut(HOLDS[7]);
    const alone = isTooShort();
    regroup(5);
    series.takeOut(HOLDS[6]);
    answer([alone, isTooShort()]);
    """

    assert act(script) == [True, False]


def test_a_draft_does_without_what_has_ended_or_come_meanwhile(act):
    script = """
    regroup(5);
    const isSix = ({ record }) => record.record_id === 6;
    const come = HOLDS.map((one) => (isSix(one) ? { ...one, state: "ready" } : one));
    answer([drafted(come), fixed(come), drafted(HOLDS.filter((one) => one !== HOLDS[4]))]);
    """

    assert act(script) == [[7], [5, 6], [6]]


def test_leaving_a_draft_forgets_it(act):
    assert act("regroup(5); series.leaveDraft(); answer([drafted(), asked()]);") == [[], []]


def test_a_series_is_dissolved(act):
    script = "await series.dissolveSeries(HOLDS, series.seriesAmong(HOLDS)[0]); answer(asked());"
    wanted = {"series_id": 2, "kind": "in_order", "record_ids": [], "when": "later"}

    assert act(script) == [["holds.arrange", wanted]]
