import re

from playwright.sync_api import expect

from e2e.accessibility import barriers_on
from e2e.narrowing import crosswise, only_at, only_on
from e2e.offline.stores import copies_in
from e2e.pages.account import AccountPage
from e2e.pages.cart import CartPage
from e2e.pages.loans import LoansPage
from e2e.pages.password import PasswordPage
from e2e.pages.sign_in import SignInPage
from e2e.waiting import until
from portal_app.state.session import SessionState

SCRIPTS = "**/assets/*.js"
# What another tab says which has heard from the library. The clock of a browser cannot be
# set forward for it: the line takes that for a death.
ENDS_SOON = """(stay) => new BroadcastChannel("portal.session").postMessage(
  { stay, endsAt: "2026-11-29T21:40:00+09:00", mayStay: true, until: Date.now() + 170_000 })"""


@crosswise
def test_hanako_signs_in_to_her_own_page(hanako_at, portal):
    hanako = portal.cast["Hanako"]

    account = hanako_at(AccountPage)

    account.should_say("account.library_of", name=hanako.name)
    expect(account.card).to_contain_text(hanako.name)
    expect(account.card).to_contain_text(re.compile(r"\*{4,}276"))
    expect(account.card).not_to_contain_text(hanako.card_number)
    account.should_count("account.loans", 6).should_count("account.holds", 1)
    account.should_count("account.cart", 2)


@only_on("phone", "desktop")
@only_at("koganei")
def test_a_wrong_password_is_refused_and_tells_nobody_anything(visitor, portal, lang):
    card_number = portal.cast["Hanako"].card_number

    page = SignInPage(visitor, lang).open()
    page.fill_in(card_number=card_number, password="not-her-password")

    page.should_say("sign_in.problem.wrong")
    assert card_number not in visitor.url
    assert "not-her-password" not in visitor.url


@only_at("koganei")
@only_on("phone")
def test_who_is_faster_than_the_page_arrives_where_they_were_going(visitor, portal, lang):
    hanako = portal.cast["Hanako"]
    visitor.route(SCRIPTS, lambda _never_answered: None)

    page = SignInPage(visitor, lang).open_unfinished_on_the_way_to(CartPage.route)
    visitor.unroute(SCRIPTS)
    page.fill_in(card_number=hanako.card_number, password=hanako.password)

    CartPage(visitor, lang).arrive()


@only_at("koganei")
@only_on("phone")
def test_a_card_number_may_be_typed_in_full_width(visitor, portal, lang):
    hanako = portal.cast["Hanako"]
    full_width = str.maketrans("0123456789", "０１２３４５６７８９")

    page = SignInPage(visitor, lang).open()
    page.sign_in(card_number=hanako.card_number.translate(full_width), password=hanako.password)

    AccountPage(visitor, lang).arrive()


@only_on("desktop")
def test_the_birth_date_opens_only_the_page_that_changes_it(visitor, portal, lang):
    shinichi = portal.cast["Shinichi"]

    SignInPage(visitor, lang).open_on_the_way_to(LoansPage.route).sign_in(
        card_number=shinichi.card_number, password=shinichi.password
    )
    password = PasswordPage(visitor, lang).arrive().should_say("password.first")
    elsewhere = PasswordPage(visitor.context.new_page(), lang)
    for closed in (AccountPage, CartPage, LoansPage):
        elsewhere.browser.goto(closed.route)
        elsewhere.arrive().should_say("password.first")
    password.fill_in(current=shinichi.password, new="ab12", repeated="ab12")
    password.should_say("password.problem.too_short")
    loans = password.change(LoansPage, current=shinichi.password, new="sazanami73iro5")

    loans.should_say("loans.none")
    loans.follow_menu("frame.portal", AccountPage).should_count("account.loans", 0)


@only_at("kagoshima")
@only_on("desktop")
def test_signing_out_empties_every_tab(hanako_at, portal, lang):
    here = hanako_at(LoansPage)
    there = LoansPage(here.browser.context.new_page(), lang).open()
    name = portal.cast["Hanako"].name
    expect(there.card).to_contain_text(name)

    here.sign_out()

    for tab in (here, there):
        SignInPage(tab.browser, lang).arrive().should_say("sign_in.problem.signed_out")
        expect(tab.browser.get_by_text(name)).to_have_count(0)
        expect(tab.browser.get_by_role("link", name="雪国")).to_have_count(0)
        tab.browser.go_back()
        SignInPage(tab.browser, lang).arrive()
        expect(tab.browser.get_by_text(name)).to_have_count(0)
        expect(tab.browser.get_by_role("link", name="雪国")).to_have_count(0)


@only_at("koganei")
@only_on("tablet")
def test_a_page_left_alone_for_an_hour_shows_nothing_private(hanako_at, portal, lang):
    loans = hanako_at(LoansPage)
    until(lambda: "HoldsState" in copies_in(loans.browser))  # the copy is filled

    portal.let_sessions_idle(minutes=61)
    loans.ask_to_renew("雪国").confirm()

    SignInPage(loans.browser, lang).arrive().should_say("sign_in.problem.ended")
    expect(loans.browser.get_by_text(portal.cast["Hanako"].name)).to_have_count(0)
    loans.browser.go_back()
    SignInPage(loans.browser, lang).arrive()
    expect(loans.browser.get_by_role("link", name="雪国")).to_have_count(0)


@only_at("kagoshima")
@only_on("phone")
def test_the_end_of_a_session_is_said_and_one_press_puts_it_off(hanako_at):
    loans = hanako_at(LoansPage)
    bar = loans.browser.get_by_role("alert")
    expect(bar).to_have_count(0)

    loans.browser.evaluate(ENDS_SOON, f"{SessionState.get_full_name()}.stay")

    expect(bar).to_contain_text(loans.say("session_end.near", time="21:40"))
    assert barriers_on(loans.browser) == []
    bar.get_by_role("button", name=loans.say("session_end.stay")).click()
    expect(bar).to_have_count(0)
