"""Giving up a place in a queue (G-34, G-35)."""

from playwright.sync_api import expect

from e2e.keyboard import Keyboard
from e2e.narrowing import crosswise, only_at, only_on
from e2e.pages.account import AccountPage
from e2e.pages.holds import HoldsPage
from e2e.pages.requests import Request, RequestsPage

NARUSE = "成瀬は天下を取りにいく"
READY, ON_ITS_WAY = "かがみの孤城", "蜜蜂と遠雷"
CANCELLATION = Request("holds.cancel", NARUSE)


@crosswise
def test_g35_a_hold_is_given_up_after_the_patron_has_been_asked(hanako_at, lang):
    holds = hanako_at(HoldsPage)
    place = {"place": 2, "length": 3}
    holds.should_wait_for(NARUSE, **place, branch="")

    holds.ask_to_cancel(NARUSE).should_warn_of_losing(NARUSE, **place).dismiss()
    holds.should_wait_for(NARUSE, **place, branch="")
    holds.ask_to_cancel(NARUSE).confirm()

    holds.should_say("holds.done.cancel", title=NARUSE)
    expect(holds.hold(NARUSE)).to_have_count(0)
    holds.should_say("holds.none")
    account = holds.follow_menu("frame.portal", AccountPage)
    account.should_count("account.holds", 0)
    holds.open().should_say("holds.none")
    expect(holds.ended(NARUSE)).to_contain_text(holds.say("hold_state.cancelled"))
    RequestsPage(holds.browser, lang).open().should_have_done(CANCELLATION)


@only_at("koganei")
@only_on("phone")
def test_g34_what_the_library_has_set_aside_is_given_up_at_the_desk(patron_at):
    holds = patron_at("Keiko", HoldsPage)

    holds.should_not_cancel(READY, "holds.not_cancelled.ready")
    holds.should_not_cancel(ON_ITS_WAY, "holds.not_cancelled.in_transit")


@only_at("kagoshima")
@only_on("phone")
def test_g34_where_the_library_takes_requests_it_is_asked_to_cancel(patron_at):
    holds = patron_at("Keiko", HoldsPage)
    holds.should_not_cancel(READY, "holds.not_cancelled.ready_may_ask")

    holds.ask(READY, "ask_to_cancel").answer("holds.ask_question.yes")

    holds.should_say("holds.done.ask_to_cancel", title=READY)
    expect(holds.hold(READY)).to_contain_text(holds.say("holds.cancel_asked"))
    expect(holds.button(READY, "ask_to_cancel")).to_have_count(0)


@only_at("koganei")
@only_on("desktop")
def test_what_another_tab_has_given_up_is_not_given_up_again(hanako_at, lang):
    here = hanako_at(HoldsPage).ask_to_cancel(NARUSE)
    there = HoldsPage(here.browser.context.new_page(), lang).open().ask_to_cancel(NARUSE)

    there.confirm().should_say("holds.done.cancel", title=NARUSE)
    here.confirm()

    here.should_say("holds.not_cancelled.not_on_hold")
    here.should_say("holds.none")


@only_at("kagoshima")
@only_on("desktop")
def test_a_hold_is_given_up_with_the_keyboard_alone(hanako_at):
    holds = hanako_at(HoldsPage)
    keyboard = Keyboard(holds.browser)

    keyboard.press(holds.button(NARUSE))
    expect(holds.dialog).to_be_visible()
    holds.browser.keyboard.press("Escape")
    expect(holds.dialog).to_be_hidden()
    expect(holds.button(NARUSE)).to_be_focused()
    holds.browser.keyboard.press("Enter")
    keyboard.press(holds.dialog.get_by_role("button", name=holds.say("holds.confirm.yes")))

    holds.should_say("holds.done.cancel", title=NARUSE)
