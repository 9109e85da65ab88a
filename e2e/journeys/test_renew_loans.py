import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from e2e.conftest import photograph
from e2e.keyboard import Keyboard
from e2e.looks import FIRST, wear
from e2e.narrowing import crosswise, only_at, only_on
from e2e.pages.holds import HoldsPage
from e2e.pages.loans import LoansPage
from portal_app import clock
from portal_app.domain.loans import renewed_due_on

SNOW, STORE, PROOF = "雪国", "コンビニ人間", "博士の愛した数式"
ROAD, WITCH, BOAT = "アビイ・ロード", "西の魔女が死んだ", "舟を編む"
DUE_SOONEST = (SNOW, STORE, PROOF, ROAD, WITCH, BOAT)
A4_IN_PDF = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def in_days():
    """A day counted from today, as the demonstration counts its days."""
    today = clock.now().date()
    return lambda days: today + timedelta(days=days)


@crosswise
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
    loans.should_not_renew(SNOW, "loans.refusal.renewal_limit_reached", limit=1)
    loans.open().should_be_due(SNOW, new_due_on).should_be_renewed(SNOW)


@crosswise
def test_a_loan_that_cannot_be_renewed_says_why_and_from_when(hanako_at, portal, in_days):
    loans = hanako_at(LoansPage)
    refused = "loans.refusal"

    loans.should_not_renew("コンビニ人間", f"{refused}.waited_for_by_another")
    loans.should_not_renew("博士の愛した数式", f"{refused}.renewal_limit_reached", limit=1)
    if portal.library.loans.renewals.opens_days_before_due is None:
        loans.should_not_renew("舟を編む", f"{refused}.would_not_move_due_date", day=in_days(1))
        loans.should_offer("西の魔女が死んだ", in_days(14)).should_offer(
            "アビイ・ロード", in_days(14)
        )
        return

    loans.should_not_renew("舟を編む", f"{refused}.too_early", day=in_days(7))
    loans.should_not_renew("西の魔女が死んだ", f"{refused}.too_early", day=in_days(6))
    loans.should_not_renew("アビイ・ロード", f"{refused}.class_not_renewed")


@crosswise
def test_what_is_overdue_is_renewed_as_far_as_the_library_says(taro_at, portal, in_days):
    loans = taro_at(LoansPage)
    loans.should_be_overdue("坊っちゃん").should_be_overdue("竜馬がゆく 1")

    if portal.library.loans.renewals.closes_days_after_due:
        loans.should_offer("坊っちゃん", in_days(4))
        loans.should_not_renew("竜馬がゆく 1", "loans.refusal.too_late", day=in_days(-3))
        return

    loans.should_not_renew("坊っちゃん", "loans.refusal.overdue", day=in_days(-3))
    loans.should_not_renew("竜馬がゆく 1", "loans.refusal.overdue", day=in_days(-10))


@only_at("koganei")
@only_on("tablet")
def test_what_another_tab_has_renewed_is_not_renewed_again(hanako_at, lang):
    here = hanako_at(LoansPage).ask_to_renew(SNOW)
    there = LoansPage(here.browser.context.new_page(), lang).open().ask_to_renew(SNOW)

    there.confirm().should_be_renewed(SNOW)
    here.confirm()

    here.should_say("outbox.kind.loans.renew", title=SNOW)
    here.should_not_renew(SNOW, "loans.refusal.renewal_limit_reached", limit=1)


@only_at("kagoshima")
@only_on("phone")
def test_g26_some_and_then_all_are_renewed_and_the_rest_says_why_not(hanako_at, in_days):
    """Complaints 1 and 5 of patrons elsewhere: the button for all is hidden, or says nothing."""
    loans = hanako_at(LoansPage)
    new_due_on = in_days(14)
    expect(loans.several("loans.renew_ticked")).to_have_attribute("aria-disabled", "true")

    loans.tick(SNOW, STORE).ask_to_renew_several("loans.renew_ticked")
    loans.should_ask_about(**{SNOW: new_due_on})
    expect(loans.dialog).to_contain_text(loans.say("loans.refusal.waited_for_by_another"))
    loans.dismiss().ask_to_renew_several("loans.renew_ticked").confirm()
    loans.should_say("loans.renewed", title=SNOW, day=new_due_on)
    loans.should_be_due(SNOW, new_due_on)
    expect(loans.several("loans.renew_ticked")).to_have_attribute("aria-disabled", "true")

    loans.ask_to_renew_several("loans.renew_all")
    loans.should_ask_about(**{ROAD: new_due_on, WITCH: new_due_on})
    loans.confirm().should_say("loans.together.done", count=2)
    loans.should_be_due(ROAD, new_due_on).should_be_due(WITCH, new_due_on)
    expect(loans.several("loans.renew_all")).to_have_attribute("aria-disabled", "true")
    loans.should_say("loans.none_renewable")


@only_at("kagoshima")
@only_on("desktop")
def test_g22_the_list_is_sorted_by_keyboard_and_stays_so(hanako_at):
    loans = hanako_at(LoansPage).should_stand(*DUE_SOONEST)
    due, lent = (loans.heading_of(f"loans.column.{name}") for name in ("due_on", "lent_on"))
    expect(due).to_have_attribute("aria-sort", "ascending")

    keyboard = Keyboard(loans.browser)
    keyboard.press(due.get_by_role("button"))
    expect(due).to_have_attribute("aria-sort", "descending")
    loans.should_stand(*reversed(DUE_SOONEST))
    keyboard.press(lent.get_by_role("button"), "Space")
    expect(due).to_have_attribute("aria-sort", "none")
    expect(lent).to_have_attribute("aria-sort", "ascending")
    loans.should_stand(PROOF, SNOW, STORE, ROAD, WITCH, BOAT)

    loans.follow_menu("frame.holds", HoldsPage).follow_menu("frame.loans", LoansPage)
    loans.should_stand(PROOF, SNOW, STORE, ROAD, WITCH, BOAT)


@only_at("koganei")
@only_on("phone")
def test_g22_on_a_phone_the_list_is_sorted_by_a_choice(hanako_at):
    loans = hanako_at(LoansPage).should_stand(*DUE_SOONEST)

    loans.sort_on_a_phone("-due_on").should_stand(*reversed(DUE_SOONEST))
    loans.ask_to_renew(SNOW).dismiss().should_stand(*reversed(DUE_SOONEST))


@only_at("kagoshima")
@only_on("desktop")
def test_g23_on_paper_stands_the_list_and_nothing_to_press(hanako_at):
    loans = hanako_at(LoansPage)
    browser = loans.browser
    browser.evaluate("window.print = () => { window.printed = true; }")
    loans.several("printing.print").click()
    assert browser.evaluate("window.printed")

    browser.emulate_media(media="print")
    browser.set_viewport_size({"width": 720, "height": 1000})  # A4 between its margins
    wear(browser, {**FIRST, "palette": "dark"})
    expect(browser.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(browser.locator("h1")).to_have_css("color", "rgb(0, 0, 0)")

    loans.should_stand(*DUE_SOONEST)
    for name in ("title", "due_on", "branch", "barcode"):
        expect(loans.heading_of(f"loans.column.{name}")).to_be_visible()
    for role in ("navigation", "banner", "contentinfo", "combobox", "checkbox"):
        expect(browser.get_by_role(role)).to_have_count(0)
    expect(browser.locator(".button:visible, .reason:visible")).to_have_count(0)
    expect(browser.locator(".printed-on")).to_be_visible()
    photograph(browser, name="loans-on-paper")
    assert len(A4_IN_PDF.findall(browser.pdf(format="A4"))) == 1
