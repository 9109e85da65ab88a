"""The desk on its tablet, while a patron looks at the portal on a phone."""

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, col, select

from e2e.narrowing import only_at, only_on
from e2e.pages.account import AccountPage
from e2e.pages.desk import (
    CheckInPage,
    DeskPatronPage,
    DeskSignInPage,
    HoldShelfPage,
    LendPage,
)
from e2e.pages.desk_writing import DeskMessagesPage, DeskNewsPage
from e2e.pages.holds import HoldsPage
from e2e.pages.home import HomePage
from e2e.pages.loans import LoansPage
from e2e.pages.messages import MessagesPage
from e2e.pages.password import PasswordPage
from e2e.pages.sign_in import SignInPage
from portal_app.data.database import open_engine
from portal_app.data.tables import BibliographicRecord, Item

LOSE_THE_CONNECTION = """
const { fetch } = window;
window.fetch = (to, how) => (to === "/ping" ? Promise.reject(new Error()) : fetch(to, how));
Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
dispatchEvent(new Event("offline"));
"""


@pytest.fixture
def desk_at(newcomer, lang):
    """The tablet at a desk where Midori has signed in."""

    def sign_in(branch: str) -> CheckInPage:
        return DeskSignInPage(newcomer(), lang).open().sign_in(branch=branch)

    return sign_in


@pytest.fixture
def barcodes(portal):
    """What stands on the labels of a work's copies."""

    def look(title: str) -> list[str]:
        engine = open_engine(portal.settings.database_url)
        with Session(engine) as tx:
            found = tx.exec(
                select(Item.barcode)
                .join(BibliographicRecord, col(BibliographicRecord.id) == Item.record_id)
                .where(BibliographicRecord.title == title)
                .order_by(col(Item.id))
            ).all()
        engine.dispose()
        return [*found]

    return look


@only_at("kagoshima")
@only_on("tablet")
def test_what_comes_back_is_ready_on_the_phone_of_whoever_waits(desk_at, patron_at, barcodes):
    [copy] = barcodes("推し、燃ゆ")
    desk = desk_at("jido")

    desk.scan("not a barcode").should_refuse("desk.not_checked_in.unknown_barcode")
    desk.scan(f"a{copy}a").should_refuse("desk.not_checked_in.unknown_barcode")
    desk.scan(copy.lower()).should_answer("desk.returned")
    expect(desk.answer).to_contain_text("0590")
    expect(desk.scans).to_have_count(3)

    holds = patron_at("Ken", HoldsPage)
    expect(holds.hold("推し、燃ゆ")).to_contain_text(holds.say("hold_state.ready"))
    shelf = desk.go_to(HoldShelfPage)
    expect(shelf.section("ready", 1)).to_contain_text("推し、燃ゆ")


@only_at("kagoshima")
@only_on("tablet")
def test_what_was_set_aside_is_lent_and_the_rest_is_refused(desk_at, patron_at, barcodes, portal):
    kept, lent_to_another = barcodes("かがみの孤城")
    keiko = portal.cast["Keiko"]
    desk = desk_at("honkan").go_to(LendPage)

    desk.scan("7").should_say("desk.lend.unknown_card")
    desk.scan(f"A{keiko.card_number}A").should_serve(keiko.name)
    desk.scan(lent_to_another).should_refuse("desk.not_lent.on_loan")
    desk.scan(kept)
    expect(desk.answer).to_contain_text("かがみの孤城")
    expect(desk.scans).to_have_count(2)
    desk.finish()

    loans = patron_at("Keiko", LoansPage)
    expect(loans.loan("かがみの孤城")).to_be_visible()


@only_at("kagoshima")
@only_on("tablet")
def test_a_patron_who_went_away_is_cleared_from_the_screen(newcomer, lang, portal):
    tablet = newcomer()
    tablet.clock.install()
    desk = DeskSignInPage(tablet, lang).open().sign_in().go_to(LendPage)
    desk.scan(portal.cast["Hanako"].card_number).should_serve(portal.cast["Hanako"].name)

    tablet.clock.fast_forward("02:00")

    desk.should_serve_nobody()


@only_at("kagoshima")
@only_on("tablet")
def test_g36_the_desk_cancels_a_hold_and_its_patron_reads_why(desk_at, patron_at, portal):
    hanako, title = portal.cast["Hanako"], "成瀬は天下を取りにいく"
    desk = desk_at("honkan").go_to(DeskPatronPage)

    desk.scan(hanako.card_number).should_serve(hanako.name).cancel(title, reason="item_lost")

    holds = patron_at("Hanako", HoldsPage)
    expect(holds.ended(title)).to_contain_text(holds.say("holds.end_reason.item_lost"))


@only_at("kagoshima")
@only_on("tablet")
def test_a_password_from_the_desk_opens_only_the_choice_of_another(desk_at, newcomer, lang, portal):
    taro = portal.cast["Taro"]
    desk = desk_at("honkan").go_to(DeskPatronPage)

    password = desk.scan(taro.card_number).should_serve(taro.name).issue_password()
    desk.finish()
    expect(desk.browser.locator("body")).not_to_contain_text(password)

    phone = newcomer()
    SignInPage(phone, lang).open().sign_in(card_number=taro.card_number, password=password)
    choice = PasswordPage(phone, lang).arrive().should_say("password.first")
    choice.change(AccountPage, current=password, new="a much longer phrase")


@only_at("kagoshima")
@only_on("tablet")
def test_k13_a_message_from_the_desk_is_read_on_the_phone(desk_at, patron_at, portal):
    hanako = portal.cast["Hanako"]
    desk = desk_at("honkan").go_to(DeskPatronPage)
    desk.scan(hanako.card_number).should_serve(hanako.name)
    desk.write(subject="忘れ物", body="傘をお預かりしています。").send().should_say(
        "desk.patron.sent"
    )

    account = patron_at("Hanako", AccountPage).should_say("messages.newest", subject="忘れ物")
    letters = account.follow("messages.others_in_full", MessagesPage)
    letters.read("忘れ物", says="傘をお預かりしています。").should_have_waiting(0)
    letters.open().should_say("messages.none_unread")
    expect(letters.show_read_too().message("忘れ物")).to_be_visible()


@only_at("kagoshima")
@only_on("tablet")
def test_what_was_written_to_a_patron_who_was_cleared_away_is_theirs_alone(newcomer, lang, portal):
    """WCAG 2.2.1: the limit is there for the patron's sake, and takes nothing from the desk."""
    tablet = newcomer()
    tablet.clock.install()
    desk = DeskSignInPage(tablet, lang).open().sign_in().go_to(DeskPatronPage)
    hanako, keiko = portal.cast["Hanako"], portal.cast["Keiko"]
    desk.scan(hanako.card_number).should_serve(hanako.name)
    desk.write(subject="忘れ物", body="傘をお預かりしています。")

    tablet.clock.fast_forward("10:00")
    desk.should_serve_nobody()

    desk.scan(keiko.card_number).should_serve(keiko.name)
    expect(desk.letter.nth(1)).to_have_value("")
    desk.finish().scan(hanako.card_number).should_serve(hanako.name)
    desk.should_say("session_end.draft_is_back")
    expect(desk.letter.nth(1)).to_have_value("傘をお預かりしています。")
    desk.send().should_say("desk.patron.sent")
    expect(desk.letter.nth(1)).to_have_value("")
    desk.finish().scan(hanako.card_number).should_serve(hanako.name)
    expect(desk.letter.nth(1)).to_have_value("")


@only_at("kagoshima")
@only_on("tablet")
def test_k13_a_message_to_many_is_counted_and_read_on_the_phone_and_withdrawn(desk_at, patron_at):
    desk = desk_at("honkan").go_to(DeskMessagesPage)
    desk.write(subject="臨時休館", body="月曜は休みます。").check().should_say("desk.messages.send")
    desk.send().should_say("desk.messages.done.sent")

    account = patron_at("Hanako", AccountPage).should_say("messages.newest", subject="臨時休館")
    unread = account.unread
    letters = account.follow("messages.others_in_full", MessagesPage)
    letters.read("臨時休館", says="月曜は休みます。").should_have_waiting(0)
    letters.should_have_unread(unread - 1)

    desk.withdraw("臨時休館").should_say("desk.messages.done.withdrawn")
    expect(letters.open().show_read_too().message("臨時休館")).to_have_count(0)


@only_at("kagoshima")
@only_on("tablet")
def test_g03_news_from_the_desk_stands_on_the_first_page(desk_at, newcomer, lang):
    desk = desk_at("honkan").go_to(DeskMessagesPage).follow("desk.news.title", DeskNewsPage)
    desk.write(subject="蔵書点検", body="1月は休みます。").check().publish()

    home = HomePage(newcomer(), lang).open()
    expect(home.news.get_by_role("heading", name="蔵書点検")).to_be_visible()


@only_at("kagoshima")
@only_on("tablet")
def test_without_a_connection_the_desk_says_so_and_takes_nothing(desk_at):
    desk = desk_at("honkan")

    desk.browser.evaluate(LOSE_THE_CONNECTION)

    desk.should_say("desk.no_connection")
    expect(desk.field).to_be_disabled()


@only_at("kagoshima")
@only_on("tablet")
def test_a_closed_desk_shows_nothing(desk_at, barcodes):
    desk = desk_at("honkan").scan(*barcodes("推し、燃ゆ"))
    expect(desk.scans).to_have_count(1)

    desk.close_desk()

    desk.browser.goto(CheckInPage.route)
    DeskSignInPage(desk.browser, desk.lang).arrive().should_say("desk.sign_in.problem.needed")
