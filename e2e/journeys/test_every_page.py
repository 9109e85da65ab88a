"""Every page of the portal: that it can be visited, shuts nobody out, and how it looks."""

from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Protocol

import pytest
from playwright.sync_api import Page, expect

from e2e import contact_sheet, report
from e2e.accessibility import OF_STYLES, STANDARDS, barriers_on
from e2e.conftest import DEVICES, photograph
from e2e.crowding import crowded_on, crowded_when_narrow_on
from e2e.focus import covered_on
from e2e.looks import EVERY, FIRST, IN_TURN, Look, wear
from e2e.narrowing import only_at, only_on
from e2e.offline.stores import copies_in
from e2e.pages.accessibility import AccessibilityPage, AccessibilityResultsPage
from e2e.pages.account import AccountPage
from e2e.pages.advanced_search import AdvancedSearchPage
from e2e.pages.alerts import AlertFormPage, AlertsPage, ChangeAlertPage, ConfirmAlertPage
from e2e.pages.base import PortalPage
from e2e.pages.card import CardPage
from e2e.pages.cart import CartPage, ConfirmHoldsPage, HoldsPlacedPage
from e2e.pages.demonstration import DemonstrationPage
from e2e.pages.desk import (
    CheckInPage,
    DeskPasswordPage,
    DeskPatronPage,
    DeskSignInPage,
    FetchPage,
    HoldShelfPage,
    LendPage,
)
from e2e.pages.desk_mail import DeskMailPage
from e2e.pages.desk_writing import DeskMessagesPage, DeskNewsPage
from e2e.pages.history import HistoryPage
from e2e.pages.hold_series import HoldSeriesPage
from e2e.pages.holds import HoldsPage
from e2e.pages.home import HomePage
from e2e.pages.loans import LoansPage
from e2e.pages.mailbox import MailboxPage
from e2e.pages.messages import MessagesPage
from e2e.pages.new_arrivals import NewArrivalsPage
from e2e.pages.new_password import ForgottenPasswordPage, NewPasswordPage
from e2e.pages.not_found import NotFoundPage
from e2e.pages.password import PasswordPage
from e2e.pages.patron_information import (
    AddressProofPage,
    ConfirmInformationPage,
    PatronInformationPage,
)
from e2e.pages.record import RecordPage
from e2e.pages.requests import Request, RequestsPage
from e2e.pages.search import SearchPage
from e2e.pages.shared_shelf import SharedShelfPage
from e2e.pages.shelf import ShelfPage
from e2e.pages.shelf_import import ShelfImportPage
from e2e.pages.shelves import ShelvesPage
from e2e.pages.sign_in import SignInPage
from e2e.pages.walking_list import WalkingListPage
from e2e.waiting import until
from portal_app.domain.policies import Library
from portal_app.portal_app import PAGES
from portal_app.state.access import Audience

OF_ALERTS: tuple[type[PortalPage], ...] = (
    AlertsPage,
    AlertFormPage,
    ChangeAlertPage,
    ConfirmAlertPage,
)
# In the order of a visit: signing in comes last of what strangers see, and
# placing holds empties the cart and leaves something that has been asked for.
EVERY_PAGE: tuple[type[PortalPage], ...] = (
    HomePage,
    SearchPage,
    AdvancedSearchPage,
    NewArrivalsPage,
    RecordPage,
    SharedShelfPage,
    AddressProofPage,
    DemonstrationPage,
    MailboxPage,
    AccessibilityPage,
    AccessibilityResultsPage,
    NotFoundPage,
    DeskSignInPage,
    ForgottenPasswordPage,
    NewPasswordPage,
    SignInPage,
    AccountPage,
    MessagesPage,
    CardPage,
    LoansPage,
    HoldsPage,
    HoldSeriesPage,
    ShelvesPage,
    ShelfPage,
    WalkingListPage,
    ShelfImportPage,
    HistoryPage,
    *OF_ALERTS,
    PasswordPage,
    PatronInformationPage,
    ConfirmInformationPage,
    CartPage,
    ConfirmHoldsPage,
    HoldsPlacedPage,
    RequestsPage,
)
OF_THE_DESK: tuple[type[PortalPage], ...] = (
    CheckInPage,
    LendPage,
    FetchPage,
    HoldShelfPage,
    DeskPatronPage,
    DeskMessagesPage,
    DeskNewsPage,
    DeskMailPage,
    DeskPasswordPage,
)
FOR_STRANGERS = [kind for kind in EVERY_PAGE if PAGES[kind.route].audience is Audience.ANYONE]

# Said to the page alone, since a browser that has no connection also complains of it.
LOSE_THE_CONNECTION = """
const { fetch } = window;
window.fetch = (to, how) => (to === "/ping" ? Promise.reject(new Error()) : fetch(to, how));
Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
dispatchEvent(new Event("offline"));
"""


class Inspect(Protocol):
    """Looks for what shuts somebody out, and for what has no room."""

    def __call__(self, page: PortalPage, who: str) -> None: ...


# On a phone the other library is visited in all looks. What a tablet draws is, for programs,
# what a phone or a desktop does: the report visits it as well.
WIDTHS = DEVICES if report.current() else ("phone", "desktop")
VISITS = (*(("kagoshima", device) for device in WIDTHS), ("koganei", "desktop"))

in_every_look = pytest.mark.parametrize("looks", [EVERY], ids=["every look"])


@pytest.fixture
def looks() -> Sequence[Look]:
    """How each page is looked at besides as it is first: so in the report, else in one of all."""
    return ()


@pytest.fixture
def inspect(request, served, device, looks) -> Iterator[Inspect]:
    """Look for what shuts somebody out, and keep a picture when asked to."""
    barriers: list[str] = []
    is_whole = report.current() and device == "phone"  # which takes an hour
    turns = cycle(IN_TURN)

    def inspect(page: PortalPage, who: str) -> None:
        browser = page.browser
        expect(browser.locator("[aria-busy=true]")).to_have_count(0)
        name = type(page).__name__.removesuffix("Page").lower()
        if sheet := contact_sheet.current():
            sheet.take(browser, name=name, device=device)
            return
        barriers.extend((*barriers_on(browser), *covered_on(browser)))
        if device == "phone":
            barriers.extend(crowded_when_narrow_on(browser))
        barriers.extend(barriers_in(looks if is_whole or not looks else [next(turns)], browser))
        if request.config.getoption("pictures"):
            how = f"{served.settings.library}-{device}"
            photograph(browser, name=f"{how}-{name}-{who}")

    yield inspect
    assert not barriers, "\n".join(barriers)


def barriers_in(looks: Sequence[Look], browser: Page) -> Iterator[str]:
    """Yield what shuts somebody out who looks at a page so. What looks share is tried once."""
    tried: set[tuple[str, ...]] = set()
    for look in looks:
        wear(browser, look)
        words = (look["mode"], look["lang"])
        found = barriers_on(browser, of=OF_STYLES if words in tried else STANDARDS)
        room = (*words, look["size"])
        if room not in tried:
            found += crowded_on(browser) + covered_on(browser)
        tried |= {words, room}
        yield from (f"{'-'.join(look.values())}: {one}" for one in found)
    if looks:
        wear(browser, FIRST)


def test_every_page_is_visited():
    """A new page of the portal needs a page object, and is then looked at below."""
    assert {kind.route for kind in (*EVERY_PAGE, *OF_THE_DESK)} == set(PAGES)


@pytest.mark.parametrize(("served", "device"), VISITS, indirect=True)
def test_every_page_is_open_to_everybody(visitor, portal, lang, inspect):
    visit_every_page(visitor, portal, lang, inspect)


@only_at("koganei")
@only_on("phone")
@in_every_look
def test_every_look_is_open_to_everybody(visitor, portal, lang, inspect):
    visit_every_page(visitor, portal, lang, inspect)


def visit_every_page(visitor, portal, lang, inspect: Inspect) -> None:
    member = portal.cast["Hanako"]
    for kind in FOR_STRANGERS:
        inspect(kind(visitor, lang).visit(), "stranger")
    SignInPage(visitor, lang).open().sign_in(
        card_number=member.card_number, password=member.password
    )
    for kind in EVERY_PAGE:
        if kind in _not_at(portal.library):
            continue
        if kind in OF_ALERTS and not portal.library.alerts.is_offered:
            continue
        inspect(kind(visitor, lang).visit(), "hanako")
    DeskSignInPage(visitor, lang).open().sign_in()
    for kind in OF_THE_DESK:
        inspect(kind(visitor, lang).visit(), "midori")


def _not_at(library: Library) -> set[type[PortalPage]]:
    offered = {
        HistoryPage: library.history.is_offered,
        ConfirmInformationPage: library.mail.confirms_changes,
    }
    return {kind for kind, is_offered in offered.items() if not is_offered}


@only_at("kagoshima")
@only_on("phone")
def test_a_low_screen_is_left_to_the_page(hanako_at):
    loans = hanako_at(LoansPage)
    entry = loans.menu_entry("frame.loans")
    loans.browser.set_viewport_size({"width": 640, "height": 600})
    loans.browser.keyboard.press("End")
    expect(entry).to_be_in_viewport()

    loans.browser.set_viewport_size({"width": 640, "height": 360})  # a phone on its side
    loans.browser.keyboard.press("End")
    expect(entry).not_to_be_in_viewport()


@only_at("kagoshima")
@only_on("phone", "desktop")
@in_every_look
def test_what_opens_and_answers_is_open_to_everybody(hanako_at, lang, inspect):
    loans = hanako_at(LoansPage)

    inspect(loans.open_calendar(), "calendar")
    loans.browser.keyboard.press("Escape")
    inspect(loans.ask_to_renew_several("loans.renew_all"), "asked-all")
    inspect(loans.dismiss().ask_to_renew("雪国"), "asked")
    inspect(loans.confirm().should_be_renewed("雪国"), "answered")
    holds = HoldsPage(loans.browser, lang).open()
    inspect(holds.ask_to_cancel("成瀬は天下を取りにいく"), "asked")
    inspect(holds.confirm().should_say("holds.none"), "answered")
    inspect(loans.open().open_menu("display.heading.lang"), "languages")
    inspect(loans.close_menu().open_menu("display.title"), "display")
    found = SearchPage(loans.browser, lang).open_at(q="の", size="10").unfold_filters()
    inspect(found, "filters")
    inspect(found.open_at(q="かがみのこじょう").put_in_cart("かがみの孤城"), "put-in-cart")


@only_on("phone")
@in_every_look
def test_the_way_to_a_shelf_is_open_to_everybody(hanako_at, lang, inspect, portal):
    loans = hanako_at(LoansPage)

    found = SearchPage(loans.browser, lang).open_at(q="の", size="10").choose_page()
    inspect(found.should_have_chosen(10), "chosen")
    shelving = found.shelve_chosen().at("choose").make("夏休みの宿題")
    inspect(found, "shelves")
    shelving.write("x" * 33).should_say("shelves.refusal.name_too_long", limit=32)
    inspect(found, "shelf-name-refused")
    shelving.go_on()
    inspect(found, "shelves-checked")
    shelving.confirm().should_be_done()
    inspect(found, "shelved")
    shelving.close()
    inspect(found.choose_page().put_chosen_in_cart().should_say("common.close"), "cart-together")
    loans.open().shelve_all(portal.library.shelf.model)
    inspect(loans, "all-shelved")


@only_at("kagoshima")
@only_on("phone")
@in_every_look
def test_what_shelves_ask_is_open_to_everybody(hanako_at, inspect):
    shelves = hanako_at(ShelvesPage).ask_to_create()
    inspect(shelves.write_name(" ").should_refuse_name("shelves.refusal.no_name"), "named")
    shelves.write_name("旅の本")
    inspect(shelves, "created")
    shelves.confirm_creation().should_say("shelves.done.shelves.create", name="旅の本")
    inspect(shelves.ask_to_delete("旅の本"), "deleted")
    shelf = shelves.confirm_deletion().open_shelf("読んだ本").sort_by("own").tick("こころ")
    inspect(shelf, "chosen")
    inspect(shelf.press("shelves.page.move"), "moved")
    shelf.browser.keyboard.press("Escape")
    inspect(shelf.press("shelves.page.note_named", title="こころ"), "noted")


@only_at("kagoshima")
@only_on("phone")
@in_every_look
def test_what_alerts_ask_is_open_to_everybody(hanako_at, inspect):
    listed = hanako_at(AlertsPage).press("delete", "猫の本")
    expect(listed.question).to_be_visible()
    inspect(listed, "asked")
    form = listed.answer("alerts.delete").should_say("alerts.done.deleted", name="猫の本").begin()
    inspect(form.register().should_say("alerts.problem.no_condition"), "refused")
    form.write(1, "の").try_out()
    expect(form.found.first).to_be_visible()
    inspect(form, "found")


@only_at("kagoshima")
@only_on("phone")
@in_every_look
def test_what_holds_ask_is_open_to_everybody(patron_at, lang, inspect):
    holds = patron_at("Ken", HoldsPage).unfold("First Love")
    inspect(holds.ask("First Love", "change"), "change")
    holds.answer("holds.change_question.no").ask("First Love", "suspend")
    inspect(holds.press("holds.suspension.yes"), "suspension-refused")
    series = holds.answer("common.cancel").go_to_series().tick("First Love", "1Q84 BOOK1").begin()
    inspect(series, "draft")
    inspect(series.save().should_show(1, "First Love", "1Q84 BOOK1"), "series")


@only_at("kagoshima")
@only_on("phone", "desktop")
@in_every_look
def test_no_and_nothing_are_open_to_everybody(visitor, patron_at, lang, inspect):
    sign_in = SignInPage(visitor, lang).open()
    sign_in.fill_in(card_number="2024000000", password="a wrong one")
    inspect(sign_in.should_say("sign_in.problem.wrong"), "wrong")
    found = SearchPage(visitor, lang)
    inspect(found.open_at(q="ぬるぽがっ", page="-1").should_say("search.none"), "nothing")
    inspect(RecordPage(visitor, lang).visit_nothing(), "nothing")

    cart = patron_at("Taro", CartPage)
    inspect(cart, "refused")
    placed = cart.choose("マークスの山").check().place()
    inspect(placed, "refused")
    requests = RequestsPage(visitor, lang).open()
    inspect(requests.should_have_refused(Request("holds.place", "マークスの山")), "refused")
    requests.dismiss_settled().should_say("outbox.none")
    inspect(CartPage(visitor, lang).open().remove("マークスの山").should_be_empty(), "empty")
    inspect(HoldsPage(visitor, lang).open().should_say("holds.none"), "none")
    inspect(LoansPage(visitor, lang).open().should_be_overdue("坊っちゃん"), "overdue")


@only_at("koganei")
@only_on("tablet", "phone")
@in_every_look
def test_the_desk_at_work_is_open_to_everybody(visitor, portal, lang, inspect):
    hanako = portal.cast["Hanako"]
    desk = DeskSignInPage(visitor, lang).open().sign_in()
    inspect(desk.scan("D0000001").should_answer("desk.destination.shelf"), "answered")
    inspect(desk.scan("x").should_refuse("desk.not_checked_in.unknown_barcode"), "refused")
    lending = desk.go_to(LendPage).scan(hanako.card_number).should_serve(hanako.name)
    inspect(lending.scan("x").should_refuse("desk.not_lent.unknown_barcode"), "refused")
    patron = lending.finish().go_to(DeskPatronPage).scan(hanako.card_number)
    inspect(patron.should_serve(hanako.name), "hanako")
    inspect(patron.ask_to_cancel("成瀬は天下を取りにいく"), "asked")
    visitor.keyboard.press("Escape")
    patron.write(subject="忘れ物", body="傘").send()
    inspect(patron.should_say("desk.patron.sent"), "sent")
    patron.issue_password()
    inspect(patron, "password")


@only_at("koganei")
@only_on("phone", "desktop")
@in_every_look
def test_what_waits_for_a_connection_is_open_to_everybody(hanako_at, lang, inspect):
    loans = hanako_at(LoansPage)
    until(lambda: copies_in(loans.browser) >= {"HoldsState", "CartState"})

    loans.browser.evaluate(LOSE_THE_CONNECTION)
    inspect(loans.should_say("frame.offline"), "offline")
    inspect(loans.ask_to_renew("雪国").should_say("loans.confirm.will_wait"), "asked-offline")
    inspect(loans.confirm().should_say("outbox.waiting"), "waiting")
    holds = loans.follow_menu("frame.holds", HoldsPage)
    inspect(holds.ask_to_cancel("成瀬は天下を取りにいく"), "asked-offline")
    inspect(holds.confirm().should_say("outbox.waiting"), "waiting")
    requests = holds.follow_what_waits(RequestsPage)
    inspect(requests.should_say("outbox.waiting_title", count=2), "waiting")
    cart = requests.follow_menu("frame.cart", CartPage)
    placed = cart.choose_all().check().place()
    inspect(placed.should_say("cart.placed.waiting", count=2), "waiting")
    inspect(placed.go_to_holds().should_say("outbox.waiting_hint"), "waiting-holds")
