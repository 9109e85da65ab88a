"""Renewing several loans at once: what is ticked, what is asked for, and what became of each."""

import json

import pytest


def loan(number: int, *, refused: str = "") -> dict[str, object]:
    """Return a loan as the library sends it."""
    return {
        "loan_id": number,
        "record": {"record_id": 10 + number, "title": f"本{number}", "volume": ""},
        "refused": {"why": refused, "on": None, "limit": None} if refused else None,
    }


LOANS = [loan(1), loan(2, refused="waited_for_by_another"), loan(3), loan(4)]

SETTING = """
import * as renewals from "./utils/renewals.js";
import { events } from "./utils/context-registry.js";
import { leavePage, localOf } from "./utils/local.js";
import { prepareOutbox, settle } from "./utils/offline/outbox.js";
import { now, show } from "./utils/offline/view.js";
import { isTogether, together } from "./utils/together.js";

globalThis.window = { location: { pathname: "/loans", search: "" } };
prepareOutbox("deliver", () => undefined);
show({ owner: "hanako", isKnown: true, connection: "offline" });

const NAMES = ["page.ticked_loans", "page.asked_loans", "page.renewed_loans"];
const local = () => Object.fromEntries(NAMES.map((name) => [name, localOf(name)]));
const ids = (loans) => loans.map(({ loan_id }) => loan_id);
const ticked = () => ids(renewals.tickedLoans(local(), LOANS));
const sent = () => now().operations.map(({ kind, payload }) => [kind, payload.loan_id]);
const became = (state) =>
  together(local(), now(), "page.renewed_loans", state).map(({ payload }) => payload.loan_id);
"""


@pytest.fixture
def act(in_browser):
    """Do something with four loans, the second of which another reader waits for."""
    return lambda script: in_browser(f"const LOANS = {json.dumps(LOANS)};\n{SETTING}{script}")


def test_a_loan_is_ticked_and_no_longer_ticked(act):
    script = """
        renewals.tickLoan(LOANS[0]);
        renewals.tickLoan(LOANS[1]);
        renewals.tickLoan(LOANS[0]);
        answer([ticked(), renewals.isLoanTicked(local(), LOANS[1])]);
    """

    assert act(script) == [[2], True]


def test_all_and_none_are_ticked_and_nothing_stays_ticked_on_another_page(act):
    script = """
        renewals.tickLoans(LOANS);
        const all = ticked();
        renewals.tickLoans([]);
        const none = ticked();
        renewals.tickLoans(LOANS);
        leavePage();
        answer([all, none, ticked()]);
    """

    assert act(script) == [[1, 2, 3, 4], [], []]


def test_what_has_come_back_meanwhile_is_not_ticked(act):
    script = """
        renewals.tickLoans(LOANS);
        answer(ids(renewals.tickedLoans(local(), LOANS.slice(2))));
    """

    assert act(script) == [3, 4]


def test_what_cannot_be_renewed_is_told_apart_before_anything_happens(act):
    script = """
        answer([
          ids(renewals.renewableLoans(now(), LOANS)),
          ids(renewals.otherLoans(now(), LOANS)),
          sent(),
        ]);
    """

    assert act(script) == [[1, 3, 4], [2], []]


def test_each_renewal_is_an_operation_of_its_own(act):
    script = """
        renewals.tickLoans(LOANS);
        renewals.askToRenew(LOANS);
        await renewals.renewLoans(LOANS);
        answer([sent(), ticked(), local()["page.asked_loans"]]);
    """

    operations = [["loans.renew", 1], ["loans.renew", 3], ["loans.renew", 4]]
    assert act(script) == [operations, [], []]


def test_what_waits_to_be_sent_is_not_asked_for_again(act):
    script = """
        await renewals.renewLoans([LOANS[2]]);
        await renewals.renewLoans(LOANS);
        answer([sent(), ids(renewals.otherLoans(now(), LOANS))]);
    """

    assert act(script) == [
        [["loans.renew", 3], ["loans.renew", 1], ["loans.renew", 4]],
        [1, 2, 3, 4],
    ]


def test_each_renewal_is_answered_by_itself(act):
    script = """
        await renewals.renewLoans(LOANS);
        const [one, three] = now().operations;
        settle([
          { id: one.id, is_done: true, reason: "", day: "2026-12-06" },
          { id: three.id, is_done: false, reason: "loans.refusal.overdue" },
        ]);
        answer([
          became("done"), became("refused"), became("waiting"),
          isTogether(local(), now(), "page.renewed_loans"),
        ]);
    """

    assert act(script) == [[1], [3], [4], True]


def test_what_the_page_did_after_that_is_told_instead(act):
    script = """
        await renewals.renewLoans(LOANS.slice(0, 3));
        await renewals.renewLoans([LOANS[3]]);
        answer([became("waiting"), isTogether(local(), now(), "page.renewed_loans")]);
    """

    assert act(script) == [[4], True]
