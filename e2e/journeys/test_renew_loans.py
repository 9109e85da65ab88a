from datetime import timedelta

import pytest

from e2e.narrowing import only_at, only_on
from e2e.pages.loans import LoansPage
from portal_app import clock
from portal_app.domain.loans import renewed_due_on

SNOW = "雪国"


@pytest.fixture
def in_days():
    """A day counted from today, as the demonstration counts its days."""
    today = clock.now().date()
    return lambda days: today + timedelta(days=days)


def test_hanako_renews_a_loan_once(hanako_at, portal, in_days):
    loans = hanako_at(LoansPage)
    due_on = in_days(3)
    new_due_on = renewed_due_on(due_on, portal.library.loans.renewals, in_days(0))

    loans.should_be_due(SNOW, due_on)
    loans.ask_to_renew(SNOW).should_promise(new_due_on).dismiss()
    loans.should_be_due(SNOW, due_on)
    loans.ask_to_renew(SNOW).confirm()

    loans.should_say("loans.renewed", title=SNOW, day=new_due_on)
    loans.should_be_due(SNOW, new_due_on).should_be_renewed(SNOW)
    loans.should_not_renew(SNOW, "loans.refusal.renewal_limit_reached")
    loans.open().should_be_due(SNOW, new_due_on).should_be_renewed(SNOW)


def test_a_loan_that_cannot_be_renewed_says_why_and_from_when(hanako_at, portal, in_days):
    loans = hanako_at(LoansPage)
    refused = "loans.refusal"

    loans.should_not_renew("コンビニ人間", f"{refused}.waited_for_by_another")
    loans.should_not_renew("博士の愛した数式", f"{refused}.renewal_limit_reached")
    if portal.library.loans.renewals.opens_days_before_due is None:
        loans.should_not_renew("舟を編む", f"{refused}.would_not_move_due_date", day=in_days(1))
        loans.should_offer("西の魔女が死んだ", in_days(14)).should_offer(
            "アビイ・ロード", in_days(14)
        )
        return

    loans.should_not_renew("舟を編む", f"{refused}.too_early", day=in_days(7))
    loans.should_not_renew("西の魔女が死んだ", f"{refused}.too_early", day=in_days(6))
    loans.should_not_renew("アビイ・ロード", f"{refused}.class_not_renewed")


def test_what_is_overdue_is_renewed_as_far_as_the_library_says(taro_at, portal, in_days):
    loans = taro_at(LoansPage)
    loans.should_be_overdue("坊っちゃん").should_be_overdue("竜馬がゆく 1")

    if portal.library.loans.renewals.closes_days_after_due:
        loans.should_offer("坊っちゃん", in_days(4))
        loans.should_not_renew("竜馬がゆく 1", "loans.refusal.too_late")
        return

    loans.should_not_renew("坊っちゃん", "loans.refusal.overdue")
    loans.should_not_renew("竜馬がゆく 1", "loans.refusal.overdue")


@only_at("koganei")
@only_on("tablet")
def test_what_another_tab_has_renewed_is_not_renewed_again(hanako_at, lang):
    here = hanako_at(LoansPage).ask_to_renew(SNOW)
    there = LoansPage(here.browser.context.new_page(), lang).open().ask_to_renew(SNOW)

    there.confirm().should_be_renewed(SNOW)
    here.confirm()

    here.should_say("outbox.kind.loans.renew", title=SNOW)
    here.should_not_renew(SNOW, "loans.refusal.renewal_limit_reached")
