"""What the pages ask of the outbox."""

import json

import pytest


def operation(number, kind, state="waiting", owner="hanako", **payload):
    return {
        "id": f"id-{number}",
        "kind": kind,
        "state": state,
        "owner": owner,
        "payload": payload,
    }


OPERATIONS = [
    operation(1, "cart.add", record_id=1),
    operation(2, "holds.place", "refused", record_id=1),
    operation(3, "loans.renew", loan_id=7),
    operation(4, "holds.place", record_id=1),
    operation(5, "holds.place", "done", record_id=2),
    operation(6, "loans.renew", owner="ken", loan_id=8),
    operation(7, "cart.remove", "refused", owner="ken", record_id=2),
]


@pytest.fixture
def ask(in_browser):
    """Ask something of what Hanako's device has kept."""

    def ask(question, *given, latest="id-4", owner="hanako"):
        view = {"operations": OPERATIONS, "owner": owner, "latest": latest}
        arguments = ", ".join(json.dumps(one) for one in given)
        return in_browser(
            f"""
            import * as lookup from "./utils/offline/lookup.js";
            answer(lookup.{question}({json.dumps(view)}{", " if given else ""}{arguments}));
            """
        )

    return ask


def ids_of(operations):
    return [one["id"] for one in operations]


def test_a_row_knows_whether_something_waits_for_it(ask):
    assert ask("isWaiting", "loans.renew", "loan_id", 7)
    assert not ask("isWaiting", "loans.renew", "loan_id", 9)
    assert not ask("isWaiting", "cart.remove", "record_id", 1)
    assert not ask("isWaiting", "holds.place", "record_id", 2)


def test_what_waits_is_counted(ask):
    assert ask("waitingCount") == 3


def test_the_latest_is_listed_first(ask):
    assert ids_of(ask("operationsThat", "waiting")) == ["id-4", "id-3", "id-1"]
    assert ids_of(ask("operationsThat", "waiting", "holds.")) == ["id-4"]
    assert ids_of(ask("operationsThat", "refused")) == ["id-2"]
    assert ids_of(ask("operationsThat", "done")) == ["id-5"]


def test_a_page_says_what_became_of_what_it_did_last(ask):
    assert ask("latestOf", "holds.place")["id"] == "id-4"
    assert ask("latestOf", "cart.") is None
    assert ask("latestOf", "holds.place", latest="") is None


def test_only_the_latest_on_a_record_counts(ask):
    assert ids_of(ask("operationsOn", "holds.place", "waiting", [2, 1])) == ["id-4"]
    assert ask("operationsOn", "holds.place", "refused", [1]) == []
    assert ids_of(ask("operationsOn", "holds.place", "done", [1, 2, 3])) == ["id-5"]
    assert ask("operationsOn", "holds.place", "done", None) == []


def test_nothing_of_another_patron_is_shown(ask):
    assert not ask("isWaiting", "loans.renew", "loan_id", 8)
    assert ask("latestOf", "loans.renew", latest="id-6") is None
    assert ids_of(ask("operationsThat", "waiting", owner="ken")) == ["id-6"]
    assert ask("waitingCount", owner="") == 0
