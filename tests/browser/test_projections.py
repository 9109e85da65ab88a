"""What is shown of an operation before the library has answered it."""

import json

import pytest

from portal_app.services.outbox import KINDS

GINGA, KOKORO = (
    {"record_id": number, "title": t} for number, t in ((1, "銀河鉄道の夜"), (2, "こころ"))
)
SCREEN = {
    "CartState": {"lines": [{"record": GINGA, "refused": None}], "contact_method": "mail"},
    "SessionState": {"cart_count": 1, "unread_count": 1, "display": {"palette": "dark"}},
    "LoansState": {"loans": [{"loan_id": 5}]},
    "HoldsState": {"holds": [{"hold_id": 6}]},
    "MessagesState": {
        "messages": [
            {"message_id": 8, "is_to_many": False, "is_read": False},
            {"message_id": 9, "is_to_many": False, "is_read": True},
            {"message_id": 9, "is_to_many": True, "is_read": False},
        ]
    },
}


@pytest.fixture
def changes(in_browser):
    """Return what an operation changes on the screen."""

    def changes(kind, shown=None, **payload):
        operation = {"kind": kind, "payload": payload, "shown": shown or {}}
        return in_browser(
            f"""
            import {{ PROJECTIONS }} from "./utils/offline/projections.js";
            const screen = Object.freeze({json.dumps(SCREEN)});
            const operation = {json.dumps(operation)};
            answer(PROJECTIONS[operation.kind]?.(screen, operation) ?? {{}});
            """
        )

    return changes


def test_what_is_put_in_the_cart_is_in_it_at_once_and_last(changes):
    assert changes("cart.add", shown={"record": KOKORO}, record_id=2) == {
        "CartState": {
            "lines": [{"record": GINGA, "refused": None}, {"record": KOKORO, "refused": None}]
        },
        "SessionState": {"cart_count": 2},
    }


def test_what_is_in_the_cart_already_is_not_in_it_twice(changes):
    assert changes("cart.add", shown={"record": GINGA}, record_id=1) == {}


def test_what_nobody_has_seen_cannot_be_shown(changes):
    assert changes("cart.add", record_id=2) == {}


def test_what_is_taken_out_is_gone_at_once(changes):
    assert changes("cart.remove", record_id=1) == {
        "CartState": {"lines": []},
        "SessionState": {"cart_count": 0},
    }


def test_what_is_not_in_the_cart_cannot_be_taken_out(changes):
    assert changes("cart.remove", record_id=2) == {}


def test_k13_a_message_is_read_as_soon_as_it_is_opened(changes):
    own, read, to_many = SCREEN["MessagesState"]["messages"]

    assert changes("messages.read", message_id=8) == {
        "MessagesState": {"messages": [{**own, "is_read": True}, read, to_many]},
        "SessionState": {"unread_count": 0},
    }
    assert changes("messages.read", message_id=9, is_to_many=True) == {
        "MessagesState": {"messages": [own, read, {**to_many, "is_read": True}]},
        "SessionState": {"unread_count": 0},
    }


@pytest.mark.parametrize("message_id", [9, 10])
def test_a_message_that_was_read_or_is_not_there_changes_nothing(changes, message_id):
    assert changes("messages.read", message_id=message_id) == {}


def test_g01_what_is_chosen_in_the_display_menu_holds_at_once(changes):
    assert changes("display.choose", name="size", choice="large") == {
        "SessionState": {"display": {"palette": "dark", "size": "large"}},
    }


OWN_DATA = ("cart.", "display.", "messages.")  # nothing that the library may refuse


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.startswith(OWN_DATA)])
def test_what_the_library_may_refuse_is_never_shown_as_done(changes, kind):
    known = {"record_id": 1, "loan_id": 5, "hold_id": 6}

    assert changes(kind, shown={"record": GINGA}, **known) == {}


def test_nothing_is_drawn_that_no_library_would_do(in_browser):
    drawn = in_browser(
        """
        import { PROJECTIONS } from "./utils/offline/projections.js";
        answer(Object.keys(PROJECTIONS));
        """
    )

    assert set(drawn) <= set(KINDS)
