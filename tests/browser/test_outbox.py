"""What becomes of what a patron does, before and after the library has answered."""

import pytest

from portal_app.domain.outbox import is_identifier
from portal_app.state.outbox import MOST_AT_ONCE

SETTING = """
import { events } from "./utils/context-registry.js";
import * as outbox from "./utils/offline/outbox.js";
import * as requests from "./utils/requests.js";
import { now, show } from "./utils/offline/view.js";

globalThis.window = { location: { pathname: "/records/7", search: "?q=hoshi" } };
outbox.prepareOutbox("deliver", () => undefined);
show({ owner: "hanako", isKnown: true, connection: "offline" });

const renew = (loanId = 5) => outbox.act("loans.renew", { loan_id: loanId });
const settle = (operation, reason = "") =>
  outbox.settle([{ id: operation.id, is_done: !reason, reason }]);
const done = () => now().operations.map(({ kind, payload, state }) => [kind, payload, state]);
const ids = () => now().operations.map(({ id }) => id);
// Until what was begun without waiting for it is over.
const rest = () => new Promise((resolve) => setImmediate(resolve));
"""


@pytest.fixture
def act(in_browser):
    """Do something as Hanako, whose page cannot reach the library."""
    return lambda script: in_browser(f"{SETTING}{script}")


def test_a_stranger_is_asked_who_they_are_and_the_wish_is_remembered(act):
    led_to, kept = act(
        """
        show({ owner: "" });
        await outbox.act("cart.add", { record_id: 7 });
        await renew();
        answer([events.map(({ payload }) => payload.path), now().operations]);
        """
    )

    here = "next=%2Frecords%2F7%3Fq%3Dhoshi"
    assert led_to == [f"/sign-in?{here}&wish=7", f"/sign-in?{here}"]
    assert kept == []


def test_what_is_done_before_the_server_says_who_it_is_waits_for_that(act):
    before, after = act(
        """
        show({ owner: "", isKnown: false, connection: "connecting" });
        const doing = renew();
        await rest();
        const before = [...now().operations, ...events];
        show({ owner: "hanako", isKnown: true });
        await doing;
        answer([before, done()]);
        """
    )

    assert before == []
    assert after == [["loans.renew", {"loan_id": 5}, "waiting"]]


def test_every_operation_has_a_number_that_the_library_takes(act):
    ids = act("for (let loan = 0; loan < 50; loan += 1) await renew(loan); answer(ids());")

    assert len(set(ids)) == 50
    assert all(is_identifier(one) for one in ids)


def test_who_puts_in_takes_out_and_puts_in_again_has_it_in(act):
    kinds = act(
        """
        const deed = (kind) => outbox.act(kind, { record_id: 7 }, { record: {} });
        await deed("cart.add");
        await deed("cart.remove");
        await deed("cart.add");
        answer(now().operations.map(({ kind }) => kind));
        """
    )

    assert kinds == ["cart.add", "cart.remove", "cart.add"]


def test_a_double_click_is_one_operation(act):
    ids, latest = act("await renew(); await renew(); answer([ids(), now().latest]);")

    assert ids == [latest]


def test_the_same_again_after_an_answer_is_another_operation(act):
    assert act(
        "await renew(); settle(now().operations[0]); await rest(); await renew(); answer(done());"
    ) == [
        ["loans.renew", {"loan_id": 5}, "done"],
        ["loans.renew", {"loan_id": 5}, "waiting"],
    ]


def test_an_answer_settles_only_what_it_is_about(act):
    assert act(
        """
        await renew(5); await renew(6); await renew(7);
        settle(now().operations[1], "loans.refusal.too_early");
        settle({ id: "of-somebody-else" });
        await rest();
        answer(done().map(([, , state]) => state));
        """
    ) == ["waiting", "refused", "waiting"]


def test_what_was_refused_is_tried_again_as_something_new(act):
    before, after, states = act(
        """
        await renew();
        settle(now().operations[0], "loans.refusal.too_early");
        await rest();
        const before = ids();
        await requests.tryAgain(before[0]);
        answer([before, ids(), done().map(([, , state]) => state)]);
        """
    )

    assert states == ["waiting"]
    assert before != after


def test_what_had_no_answer_may_have_been_done_so_its_number_stays(act):
    before, after, states = act(
        """
        await renew();
        settle(now().operations[0], "outbox.refusal.no_answer");
        await rest();
        const before = ids();
        await requests.tryAgain(before[0]);
        answer([before, ids(), done().map(([, , state]) => state)]);
        """
    )

    assert states == ["waiting"]
    assert before == after


def test_what_is_settled_can_be_put_away_and_what_waits_stays(act):
    assert act(
        """
        await renew(5); await renew(6); await renew(7);
        settle(now().operations[0]);
        settle(now().operations[1], "loans.refusal.too_early");
        await rest();
        await requests.dismissSettled();
        answer(done());
        """
    ) == [["loans.renew", {"loan_id": 7}, "waiting"]]


def test_no_more_is_sent_at_once_than_the_library_takes(act):
    sent, owner = act(
        """
        for (let loan = 1; loan <= 25; loan += 1) await renew(loan);
        show({ connection: "online" });
        outbox.deliver();
        await rest();
        answer([events[0].payload.operations, events[0].payload.owner]);
        """
    )

    assert owner == "hanako"
    assert [one["payload"] for one in sent] == [{"loan_id": n + 1} for n in range(MOST_AT_ONCE)]
    assert set(sent[0]) == {"id", "kind", "payload"}


def test_nothing_is_sent_for_anybody_else(act):
    assert (
        act(
            """
        await renew();
        show({ owner: "ken", connection: "online" });
        await outbox.deliver();
        answer(events);
        """
        )
        == []
    )


def test_nothing_is_sent_without_a_connection(act):
    assert act("await renew(); await outbox.deliver(); answer(events);") == []


def test_a_browser_that_refuses_to_keep_anything_sends_all_the_same(act):
    """Here there is no database at all, as in some private windows."""
    sent, left = act(
        """
        localStorage.getItem = () => null;
        await renew(5); await renew(6);
        settle(now().operations[0], "loans.refusal.too_early");
        await rest();
        await requests.dismiss(ids()[0]);
        show({ connection: "online" });
        outbox.deliver();
        await rest();
        answer([events[0].payload.operations.map(({ payload }) => payload), done()]);
        """
    )

    assert sent == [{"loan_id": 6}]
    assert left == [["loans.renew", {"loan_id": 6}, "waiting"]]
