"""What the library may refuse can be asked for without it, and gets its answer from it alone."""

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.ledger import Deed
from e2e.offline.repetition import again_and_again
from e2e.pages.cart import CartPage
from e2e.pages.holds import HoldsPage
from e2e.pages.loans import LoansPage
from e2e.pages.requests import Request, RequestsPage
from portal_app import clock

SNOW, NARUSE = "雪国", "成瀬は天下を取りにいく"
FIRST_HALF, SECOND_HALF = "ノルウェイの森 上", "ノルウェイの森 下"

RENEWAL = Request("loans.renew", SNOW)
CANCELLATION = Request("holds.cancel", NARUSE)
FIRST_HOLD, SECOND_HOLD = Request("holds.place", FIRST_HALF), Request("holds.place", SECOND_HALF)
MAIL = Request("holds.confirm", books=2)

ROAD, WITCH = "アビイ・ロード", "西の魔女が死んだ"

# Something overdue stops renewals and holds in Kagoshima.
IS_DUE = """
UPDATE loan SET due_on = :day WHERE returned_at IS NULL AND item_id IN (
  SELECT item.id FROM item JOIN bibliographic_record record ON record.id = item.record_id
  WHERE record.title = :title
)
"""


@pytest.fixture
def due_on() -> dt.date:
    """The day on which Hanako must bring one loan back."""
    return clock.now().date() + dt.timedelta(days=3)


@pytest.fixture
def profile(hanakos_profile) -> Path:
    """Hanako's own device."""
    return hanakos_profile


@pytest.fixture
def loans(device) -> LoansPage:
    """Hanako at her loans."""
    return LoansPage(device.open()).open()


def ask_for_everything(loans: LoansPage, *, due_on: dt.date) -> None:
    """Renew, cancel and place holds, and look each time that nothing claims to be done."""
    waiting = loans.say("outbox.waiting")
    loans.ask_to_renew(SNOW).confirm()
    expect(loans.loan(SNOW)).to_contain_text(waiting)
    expect(loans.loan(SNOW)).not_to_contain_text(loans.say("loans.renewed_already"))
    loans.should_be_due(SNOW, due_on)
    holds = loans.follow_menu("frame.holds", HoldsPage).ask_to_cancel(NARUSE).confirm()
    expect(holds.hold(NARUSE)).to_contain_text(waiting)
    expect(holds.hold(NARUSE)).to_contain_text(holds.say("hold_state.waiting"))
    placed = holds.follow_menu("frame.cart", CartPage).check().place()
    placed.should_say("cart.placed.waiting", count=2)
    for title in (FIRST_HALF, SECOND_HALF):
        expect(placed.outcome(title)).to_contain_text(waiting)
    expect(placed.browser.get_by_text(placed.say("cart.placed.done", count=2))).to_have_count(0)


@again_and_again
def test_a_request_waits_is_answered_and_can_be_made_again(
    portal, link, ledger, loans, due_on, time
):
    hanako = portal.cast["Hanako"].card_number
    yesterday = clock.now().date() - dt.timedelta(days=1)
    link.refuse()

    ask_for_everything(loans, due_on=due_on)
    requests = RequestsPage(loans.browser).open().should_have_waiting(5)
    requests.should_wait_with(MAIL, SECOND_HOLD, FIRST_HOLD, CANCELLATION, RENEWAL)
    requests.should_have_done().should_have_refused()
    assert ledger.deeds_of(hanako) == []

    portal.meanwhile(IS_DUE, title=SNOW, day=yesterday.isoformat())
    link.mend()
    requests.should_have_done(MAIL, CANCELLATION)
    requests.should_have_refused(SECOND_HOLD, FIRST_HOLD, RENEWAL)
    requests.should_explain(MAIL, "letters.note.nothing_on_hold")
    requests.should_explain(RENEWAL, "loans.refusal.overdue", day=requests.day(yesterday))
    for hold in (FIRST_HOLD, SECOND_HOLD):
        day = requests.day(yesterday)
        requests.should_explain(hold, "holds.refusal.something_overdue", day=day)
    assert ledger.deeds_of(hanako) == [Deed("holds.cancel", NARUSE)]

    portal.meanwhile(IS_DUE, title=SNOW, day=due_on.isoformat())
    requests.dismiss(FIRST_HOLD).should_have_refused(SECOND_HOLD, RENEWAL)
    requests.try_again(RENEWAL).should_have_done(RENEWAL, MAIL, CANCELLATION)
    requests.try_again(SECOND_HOLD).should_have_done(SECOND_HOLD, RENEWAL, MAIL, CANCELLATION)
    requests.should_have_refused().dismiss_settled().should_have_done()
    assert sorted(ledger.deeds_of(hanako)) == [
        Deed("cart.remove", SECOND_HALF),
        Deed("holds.cancel", NARUSE),
        Deed("holds.place", SECOND_HALF),
        Deed("loans.renew", SNOW),
    ]
    assert len(ledger.answers_to(hanako)) == 7


def test_several_renewals_are_requests_and_each_gets_its_own_answer(portal, link, ledger, loans):
    hanako = portal.cast["Hanako"].card_number
    yesterday = clock.now().date() - dt.timedelta(days=1)
    link.refuse()

    loans.ask_to_renew_several("loans.renew_all")
    expect(loans.dialog).to_contain_text(loans.say("loans.confirm.will_wait"))
    loans.confirm().should_have_waiting(3).should_say("loans.together.waiting", count=3)
    for title in (SNOW, ROAD, WITCH):
        expect(loans.loan(title)).to_contain_text(loans.say("outbox.waiting"))
        expect(loans.loan(title)).not_to_contain_text(loans.say("loans.renewed_already"))
    expect(loans.several("loans.renew_all")).to_have_attribute("aria-disabled", "true")
    assert ledger.deeds_of(hanako) == []

    portal.meanwhile(IS_DUE, title=SNOW, day=yesterday.isoformat())
    link.mend()
    loans.should_say("loans.together.done", count=2)
    loans.should_say("loans.together.refused", count=1)
    reason = loans.say("loans.refusal.overdue", day=loans.day(yesterday))
    loans.should_say("loans.together.why", title=SNOW, reason=reason)
    loans.should_be_renewed(ROAD).should_be_renewed(WITCH).should_be_overdue(SNOW)
    assert sorted(ledger.deeds_of(hanako)) == [
        Deed("loans.renew", ROAD),
        Deed("loans.renew", WITCH),
    ]
