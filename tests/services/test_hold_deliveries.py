"""What devices send about holds, from the operation to its answer."""

import datetime as dt
import uuid

import pytest

from portal_app.domain.holds import HoldState
from portal_app.domain.outbox import REASONS, Answer, Operation
from portal_app.services import outbox
from portal_app.services.hold_deliveries import HOLD_KINDS
from tests.conftest import NOW, TODAY, add_record
from tests.services.queues import OUR_LIBRARY, library_of, look, set_aside, wait_for, written

NOT_UNDERSTOOD = "outbox.refusal.not_understood"
KOGANEI = library_of("koganei")
NEXT_WEEK = TODAY + dt.timedelta(days=7)
WEST = {"pickup_branch": "west", "contact_method": "mail", "expires_on": NEXT_WEEK.isoformat()}
UNTIL = {"until": NEXT_WEEK.isoformat()}
# What each kind carries beside the hold that it is about.
ABOUT_ONE_HOLD = {
    "holds.change": WEST,
    "holds.cancel": {},
    "holds.ask_to_cancel": {},
    "holds.suspend": UNTIL,
    "holds.resume": {},
    "holds.step_back": {},
}


# What no device of ours sends.
NONSENSE: list[tuple[str, dict[str, object]]] = [
    ("holds.change", {"hold_id": 1, **WEST, "expires_on": None}),
    ("holds.change", {"hold_id": 1, **WEST, "expires_on": "soon"}),
    ("holds.change", {"hold_id": 1, "pickup_branch": "west"}),
    ("holds.suspend", {"hold_id": 1}),
    ("holds.suspend", {"hold_id": 1, "until": ""}),
    ("holds.suspend", {"hold_id": 1, "until": 7}),
    ("holds.suspend", {"hold_id": 1, "until": "9999-99-99"}),
    ("holds.resume", {}),
    ("holds.resume", {"hold_id": "1"}),
    ("holds.step_back", {"hold_id": 1, "places": 2}),
    ("holds.ask_to_cancel", {"hold_id": 2**31}),
    ("holds.arrange", {"kind": "in_order", "record_ids": [1, 2]}),
    ("holds.arrange", {"series_id": None, "kind": "both", "record_ids": [1, 2]}),
    ("holds.arrange", {"series_id": None, "kind": "in_order", "record_ids": "12"}),
    ("holds.arrange", {"series_id": 0, "kind": "in_order", "record_ids": []}),
    ("holds.arrange", {"series_id": None, "kind": "in_order", "record_ids": [1] * 1001}),
    (
        "holds.arrange",
        {"series_id": None, "kind": "in_order", "record_ids": [1, 2], "when": "never"},
    ),
]


def send(patron_id, deed, /, *, ours=OUR_LIBRARY, number=None, **payload) -> dict[str, object]:
    """Send an operation, and return what its answer says."""
    operation = Operation(id=number or str(uuid.uuid4()), kind=deed, payload=payload)
    answer: Answer = outbox.deliver(patron_id=patron_id, operation=operation, library=ours, now=NOW)
    assert answer.reason in {"", *REASONS}
    facts = {"reason": answer.reason, "day": answer.day, "limit": answer.limit}
    return {"is_done": answer.is_done} | {name: fact for name, fact in facts.items() if fact}


@pytest.fixture
def mine(hanako, ken, ginga) -> int:
    """Hanako waits for 銀河鉄道の夜, with Ken behind her."""
    (hold_id,) = wait_for(hanako, ginga)
    wait_for(ken, ginga)
    return hold_id


def test_a_device_can_send_whatever_a_patron_does_about_holds():
    assert set(HOLD_KINDS) == {*ABOUT_ONE_HOLD, "holds.place", "holds.confirm", "holds.arrange"}
    assert set(HOLD_KINDS) <= set(outbox.KINDS)


def test_g35_a_change_is_done_as_it_was_sent(hanako, mine):
    assert send(hanako, "holds.change", hold_id=mine, **WEST) == {"is_done": True}

    hold = written(mine)
    assert (hold.pickup_branch, hold.contact_method) == ("west", "mail")
    assert hold.expires_on == NEXT_WEEK


def test_a_change_may_take_the_end_away(hanako, mine):
    send(hanako, "holds.change", hold_id=mine, **WEST)

    send(hanako, "holds.change", hold_id=mine, **WEST | {"expires_on": ""})

    assert written(mine).expires_on is None


def test_a_hold_is_suspended_and_resumed(hanako, mine):
    assert send(hanako, "holds.suspend", hold_id=mine, **UNTIL) == {"is_done": True}
    assert written(mine).suspended_until == NEXT_WEEK

    assert send(hanako, "holds.resume", hold_id=mine) == {"is_done": True}
    assert written(mine).suspended_until is None


def test_the_next_reader_is_let_go_first(hanako, mine):
    assert send(hanako, "holds.step_back", hold_id=mine) == {"is_done": True}

    assert look(hanako)[0].place == 2


def test_the_next_reader_is_let_go_first_once_however_often_it_is_sent(
    hanako, mine, ginga, branches
):
    once = str(uuid.uuid4())

    told = [send(hanako, "holds.step_back", hold_id=mine, number=once) for _ in range(3)]

    assert told == [{"is_done": True}] * 3
    assert look(hanako)[0].place == 2


def test_g34_the_library_is_asked_to_cancel(hanako, mine):
    set_aside(mine, item_id=11)

    assert send(hanako, "holds.ask_to_cancel", hold_id=mine) == {"is_done": True}

    assert look(hanako)[0].is_cancel_asked


def test_g33_a_series_is_made_changed_and_dissolved(hanako, ginga, kokoro):
    wait_for(hanako, ginga, kokoro)
    wanted = {"series_id": None, "kind": "in_order", "record_ids": [kokoro, ginga]}

    assert send(hanako, "holds.arrange", **wanted, when="placing") == {"is_done": True}

    assert [hold.series_place for hold in look(hanako)] == [2, 1]
    series_id = look(hanako)[0].series_id
    changed = {"series_id": series_id, "kind": "any_one", "record_ids": [ginga, kokoro]}
    assert send(hanako, "holds.arrange", **changed) == {"is_done": True}
    assert [hold.series_place for hold in look(hanako)] == [1, 2]
    dissolved = {"series_id": series_id, "kind": "in_order", "record_ids": []}
    assert send(hanako, "holds.arrange", **dissolved) == {"is_done": True}
    assert {hold.series_id for hold in look(hanako)} == {None}


def test_k28_placing_in_an_order_tells_how_many_were_left_out(hanako, ginga, kokoro):
    wait_for(hanako, ginga, kokoro)
    wanted = {"series_id": None, "kind": "in_order", "record_ids": [ginga, 404, kokoro]}

    told = send(hanako, "holds.arrange", **wanted, when="placing")

    assert told == {"is_done": True, "reason": "hold_series.note.some_left_out", "limit": 1}


@pytest.mark.parametrize(
    ("kind", "payload", "ours", "told"),
    [
        (
            "holds.change",
            WEST | {"pickup_branch": "moon"},
            OUR_LIBRARY,
            {"reason": "holds.problem.not_a_pickup_branch"},
        ),
        (
            "holds.suspend",
            {"until": TODAY.isoformat()},
            OUR_LIBRARY,
            {
                "reason": "holds.not_changed.suspension_is_over_today",
                "day": TODAY + dt.timedelta(days=1),
            },
        ),
        (
            "holds.suspend",
            {"until": "2028-01-01"},
            OUR_LIBRARY,
            {
                "reason": "holds.not_changed.suspended_too_long",
                "day": TODAY + dt.timedelta(days=365),
                "limit": 365,
            },
        ),
        (
            "holds.suspend",
            UNTIL,
            library_of("kagoshima", suspend_days_max=0),
            {"reason": "holds.not_changed.suspending_not_offered"},
        ),
        (
            "holds.step_back",
            {},
            library_of("kagoshima", let_next_go_first=False),
            {"reason": "holds.not_changed.stepping_back_not_offered"},
        ),
        (
            "holds.ask_to_cancel",
            {},
            OUR_LIBRARY,
            {"reason": "holds.not_cancelled.still_waiting"},
        ),
    ],
)
def test_what_is_refused_says_why_with_the_day_and_the_number(
    hanako, mine, kind, payload, ours, told
):
    assert send(hanako, kind, ours=ours, hold_id=mine, **payload) == {
        "is_done": False,
        **told,
    }


@pytest.mark.parametrize(
    ("ours", "state", "words"),
    [
        (KOGANEI, HoldState.READY, "ready"),
        (KOGANEI, HoldState.IN_TRANSIT, "in_transit"),
        (OUR_LIBRARY, HoldState.READY, "ready_may_ask"),
        (OUR_LIBRARY, HoldState.IN_TRANSIT, "in_transit_may_ask"),
    ],
    ids=["ready", "in transit", "ready, may ask", "in transit, may ask"],
)
def test_g34_g35_what_is_set_aside_says_what_to_do_instead(hanako, mine, state, words, ours):
    set_aside(mine, state=state, item_id=11)

    told = {
        kind: send(hanako, kind, ours=ours, hold_id=mine, **payload)
        for kind, payload in ABOUT_ONE_HOLD.items()
    }

    for kind, answer in told.items():
        prefix = "not_cancelled" if "cancel" in kind else "not_changed"
        may_ask = kind == "holds.ask_to_cancel" and ours is OUR_LIBRARY
        refused = {"is_done": False, "reason": f"holds.{prefix}.{words}"}
        assert answer == ({"is_done": True} if may_ask else refused)


def test_the_hold_of_another_is_no_hold(hanako, ken, mine):
    before = look(hanako)

    told = [send(ken, kind, hold_id=mine, **payload) for kind, payload in ABOUT_ONE_HOLD.items()]

    assert not any(answer["is_done"] for answer in told)
    assert all(str(answer["reason"]).endswith(".not_on_hold") for answer in told)
    assert look(hanako) == before


def test_what_cannot_be_read_is_not_guessed(hanako, mine):
    before = look(hanako)

    told = [send(hanako, kind, **payload) for kind, payload in NONSENSE]

    assert told == [{"is_done": False, "reason": NOT_UNDERSTOOD}] * len(NONSENSE)
    assert look(hanako) == before


def test_a_hold_can_wait_and_be_suspended_to_the_end_of_the_calendar(hanako, branches):
    (hold_id,) = wait_for(hanako, add_record(7, "門"))

    for_ever = WEST | {"expires_on": "9999-12-31"}

    assert send(hanako, "holds.change", hold_id=hold_id, **for_ever) == {"is_done": True}
    told = send(hanako, "holds.suspend", hold_id=hold_id, until="9999-12-31")
    assert told["reason"] == "holds.not_changed.suspended_too_long"
