"""What a device keeps of a patron, what it never keeps, and when it forgets."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocket, WebSocketRoute, expect

from e2e.offline.stores import everything_in, make_copy_older, rows_in
from e2e.offline.visits import FIRST_HALF, NOTE, SECOND_HALF, SHELF, use_everything
from e2e.pages.account import AccountPage
from e2e.pages.cart import CartPage
from e2e.pages.loans import LoansPage
from e2e.pages.shelves import ShelvesPage
from e2e.pages.sign_in import SignInPage
from e2e.waiting import eventually, until

SNOW = "雪国"

# No field may be called so, except these: whether a password must be chosen, and where in the
# portal a page was seen.
PRIVATE = re.compile("password|cookie|token|secret|mail|phone|address|born")
HARMLESS = {("copies", "must_change_password"), ("seen", "address")}


@pytest.fixture
def hanako(portal):
    """Hanako, as the demonstration knows her."""
    return portal.cast["Hanako"]


@pytest.fixture
def profile(hanakos_profile) -> Path:
    """Hanako's own device."""
    return hanakos_profile


@pytest.fixture
def loans(device) -> LoansPage:
    """Hanako at her loans."""
    return LoansPage(device.open()).open()


def fields_of(value: Any) -> Iterator[str]:
    """Yield the name of every field within a value."""
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from fields_of(one)


def shows_nothing_of(tab: Page, name: str) -> None:
    expect(tab.get_by_text(name)).to_have_count(0)
    expect(tab.get_by_role("link", name=SNOW)).to_have_count(0)


def test_the_copy_goes_when_the_wish_to_keep_it_goes(loans):
    account = loans.follow_menu("frame.portal", AccountPage).keep_nothing()

    eventually(lambda: rows_in(account.browser), [])
    use_everything(loans)
    assert rows_in(account.browser) == []


def test_signing_out_wipes_the_device_in_every_tab(device, loans, hanako, ledger):
    elsewhere = CartPage(device.another_tab()).open().should_hold(FIRST_HALF, SECOND_HALF)

    loans.sign_out()

    for tab in (loans.browser, elsewhere.browser):
        SignInPage(tab).arrive()
        shows_nothing_of(tab, hanako.name)
        assert rows_in(tab) == []
    assert ledger.open_sessions_of(hanako.card_number) == 0


def test_signing_out_wipes_shelves_and_what_is_written_there(loans):
    tab = use_everything(loans).browser
    until(lambda: {SHELF, NOTE} <= told_by(tab, SHELF, NOTE, SNOW))

    with tab.expect_event("load"):  # of the page that knows nobody
        CartPage(tab).sign_out()

    SignInPage(tab).arrive()
    assert rows_in(tab) == []
    assert told_by(tab, SHELF, NOTE, SNOW) == set()


def told_by(tab: Page, *canaries: str) -> set[str]:
    """Return which of these can be read anywhere on the device, by whoever opens its tools."""
    kept = everything_in(tab).values()
    return {canary for canary in canaries if any(canary in text for text in kept)}


def test_signed_out_without_a_connection_nothing_comes_back(device, link, loans, hanako, ledger):
    tab = loans.browser
    elsewhere = CartPage(device.another_tab()).open()
    link.refuse()

    loans.sign_out()
    for one in (tab, elsewhere.browser):
        SignInPage(one).arrive()
        shows_nothing_of(one, hanako.name)
    assert rows_in(tab) == []
    assert ledger.open_sessions_of(hanako.card_number) == 1
    heard = listen_to(tab)
    link.mend()

    eventually(lambda: ledger.open_sessions_of(hanako.card_number), 0)
    for one in (tab, elsewhere.browser):
        SignInPage(one).should_be("online")
    tab.goto(LoansPage.route)
    SignInPage(tab).arrive().should_say("sign_in.problem.needed")
    shows_nothing_of(tab, hanako.name)
    assert rows_in(tab) == []
    assert heard
    secrets = (hanako.name, SNOW, SHELF)
    assert not [said for said in heard if any(secret in said for secret in secrets)]


def listen_to(tab: Page) -> list[str]:
    """Return what the server says to a tab from now on; it grows."""
    heard: list[str] = []

    def attend(socket: WebSocket) -> None:
        socket.on("framereceived", lambda said: heard.append(str(said)))

    tab.on("websocket", attend)
    return heard


def test_another_patron_finds_nothing(portal, loans, sign_in, hanako):
    tab = use_everything(loans).browser
    portal.let_sessions_idle(minutes=61)

    taro = sign_in(tab, "Taro", LoansPage)
    expect(taro.loan("坊っちゃん")).to_be_visible()

    shows_nothing_of(tab, hanako.name)
    until(lambda: hanako.name not in everything_in(tab)["databases"])
    assert told_by(tab, SNOW, SHELF, NOTE) == set()
    taro.follow_menu("frame.shelves", ShelvesPage).should_say("shelves.shelves.none")


def test_a_copy_of_thirteen_days_is_shown_and_one_of_fifteen_is_gone(link, loans, hanako):
    tab = loans.browser
    link.refuse()

    make_copy_older(tab, days=13)
    loans.open()
    expect(loans.loan(SNOW)).to_be_visible()
    make_copy_older(tab, days=2)
    loans.open().should_say("frame.not_kept")

    shows_nothing_of(tab, hanako.name)
    assert rows_in(tab) == []


def test_secrets_are_never_kept(device, loans, hanako, ledger):
    use_everything(loans)
    tab = loans.browser
    assert device.browser
    session = next(one for one in device.browser.cookies() if "session" in one["name"])
    token = tab.evaluate("sessionStorage.getItem('token')")

    kept = everything_in(tab)

    for hers in (hanako.name, SHELF, NOTE):
        assert [where for where, text in kept.items() if hers in text] == ["databases"]
    for secret in (hanako.password, session["value"], "1984-06-12"):
        assert secret
        assert not [where for where, text in kept.items() if secret in text]
    # Reflex's own key of a tab is good for nothing without the cookie, and ends with the tab.
    assert not [where for where, text in kept.items() if token in text and where != "session"]
    fields = {(row.store, field) for row in rows_in(tab) for field in fields_of(row.value)}
    assert {(store, field) for store, field in fields if PRIVATE.search(field)} <= HARMLESS


def test_an_operation_under_a_forged_name_does_nothing(device, portal, sign_in, ledger, hanako):
    taro = portal.cast["Taro"]
    portal.let_sessions_idle(minutes=61)
    tab = device.open()
    forged = forge_owner(tab, "0" * 32)
    cart = sign_in(tab, "Taro", CartPage)

    cart.remove("マークスの山")
    # The server takes what a tab says in its order, so the forged was there before this page.
    cart.follow_menu("frame.portal", AccountPage).should_count("account.loans", 3)

    assert forged
    assert ledger.cart_of(taro.card_number) == ["マークスの山"]
    assert ledger.answers_to(taro.card_number) == ledger.answers_to(hanako.card_number) == []


def forge_owner(tab: Page, owner: str) -> list[str]:
    """Let everything the tab delivers name another patron, and return what was sent so."""
    forged: list[str] = []

    def attend(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def send(said: str | bytes) -> None:
            changed = re.sub(r'"owner":"[0-9a-f]{32}"', f'"owner":"{owner}"', str(said))
            if changed != said:
                forged.append(changed)
            server.send(changed)

        socket.on_message(send)

    tab.route_web_socket(re.compile("/_event"), attend)
    return forged
