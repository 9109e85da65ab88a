"""What a patron does without a good connection happens once: nothing is lost, nothing doubled."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.ledger import Deed
from e2e.offline.repetition import again_and_again
from e2e.offline.stores import operations_in
from e2e.pages.cart import CartPage
from e2e.pages.search import SearchPage
from e2e.waiting import eventually, until

# All of them are lent, so that Kagoshima lets patrons wish for them.
SHIOSAI, PICNIC, WALL = "潮騒", "夜のピクニック", "街とその不確かな壁"
BOOK_1, BOOK_2 = "1Q84 BOOK1", "1Q84 BOOK2"
THREE = (SHIOSAI, PICNIC, WALL)
FIVE = (*THREE, BOOK_1, BOOK_2)

FIRST_HALF, SECOND_HALF = "ノルウェイの森 上", "ノルウェイの森 下"


@pytest.fixture
def hanako(portal) -> str:
    """Her card."""
    return portal.cast["Hanako"].card_number


@pytest.fixture
def profile(hanakos_profile) -> Path:
    """Hanako's own device."""
    return hanakos_profile


@pytest.fixture
def results(device) -> SearchPage:
    """Hanako before a list of what she can wish for."""
    return open_results(device.open())


def open_results(tab: Page) -> SearchPage:
    found = SearchPage(tab).open_at(q="新潮社", size="50")
    for title in (SHIOSAI, PICNIC, WALL, BOOK_1, BOOK_2):
        expect(found.result(title)).to_be_visible()
    return found


def wish_for(results: SearchPage, *titles: str) -> None:
    """Press the buttons as quickly as a browser can."""
    for title in titles:
        results.press_to_cart(title)


def added(*titles: str) -> list[Deed]:
    return [Deed("cart.add", title) for title in titles]


@again_and_again
def test_what_waits_survives_a_restart_of_the_browser(device, link, ledger, results, hanako, time):
    link.refuse()
    wish_for(results, *THREE)
    results.should_have_waiting(3)

    cart = CartPage(device.restart()).open()
    cart.should_hold(FIRST_HALF, SECOND_HALF, *THREE).should_have_waiting(3)
    assert ledger.deeds_of(hanako) == []
    link.mend()

    eventually(lambda: ledger.deeds_of(hanako), added(*THREE))
    cart.should_hold(FIRST_HALF, SECOND_HALF, *THREE).should_have_waiting(0)
    assert ledger.answers_to(hanako) == [(True, "")] * 3


@again_and_again
def test_a_lost_acknowledgement_is_fetched_again(link, ledger, results, hanako, time):
    link.go_deaf()
    wish_for(results, SHIOSAI)
    eventually(lambda: ledger.deeds_of(hanako), added(SHIOSAI))
    results.should_have_waiting(1)

    link.mend()
    link.cut()

    results.should_have_waiting(0).should_say("cart.added", title=SHIOSAI)
    assert ledger.deeds_of(hanako) == added(SHIOSAI)
    assert ledger.answers_to(hanako) == [(True, "")]


@again_and_again
def test_what_was_said_into_a_dead_line_is_said_again(link, ledger, results, hanako, time):
    link.freeze()
    wish_for(results, SHIOSAI, PICNIC)
    results.should_have_waiting(2)

    link.mend()  # for whoever connects; nothing tells the browser that its line is dead

    eventually(lambda: ledger.deeds_of(hanako), added(SHIOSAI, PICNIC))
    results.should_have_waiting(0)
    assert ledger.answers_to(hanako) == [(True, "")] * 2


@again_and_again
def test_two_tabs_send_what_waits_once(device, link, ledger, results, hanako, time):
    elsewhere = open_results(device.another_tab())
    link.refuse()
    wish_for(results, SHIOSAI, BOOK_1)
    wish_for(elsewhere, PICNIC, BOOK_2)
    for tab in (results, elsewhere):
        tab.should_have_waiting(4)

    link.mend()

    eventually(lambda: ledger.deeds_of(hanako), added(SHIOSAI, BOOK_1, PICNIC, BOOK_2))
    for tab in (results, elsewhere):
        tab.should_have_waiting(0)
    assert ledger.answers_to(hanako) == [(True, "")] * 4


@again_and_again
def test_a_server_that_dies_in_the_middle_has_the_rest_sent_again(
    portal, link, ledger, results, hanako, time
):
    link.refuse()
    wish_for(results, *FIVE)
    results.should_have_waiting(5)
    ledger.slow_down()

    link.mend()
    until(lambda: len(ledger.deeds_of(hanako)) >= 2)
    portal.kill()
    done = ledger.deeds_of(hanako)
    portal.start()

    assert 2 <= len(done) < 5
    eventually(lambda: ledger.deeds_of(hanako), added(*FIVE))
    results.should_have_waiting(0)
    assert ledger.answers_to(hanako) == [(True, "")] * 5


@again_and_again
def test_an_ended_session_leaves_what_waits_to_the_same_patron(
    portal, link, ledger, results, sign_in, hanako, time
):
    link.refuse()
    wish_for(results, *THREE)
    portal.let_sessions_idle(minutes=61)

    link.mend()
    expect(results.card).to_be_hidden()
    assert operations_in(results.browser) == ["cart.add"] * 3
    assert ledger.deeds_of(hanako) == []
    cart = sign_in(results.browser, "Hanako", CartPage)

    cart.should_hold(FIRST_HALF, SECOND_HALF, *THREE).should_have_waiting(0)
    assert ledger.deeds_of(hanako) == added(*THREE)
    assert ledger.answers_to(hanako) == [(True, "")] * 3


@again_and_again
def test_nothing_is_ever_done_for_whoever_signs_in_next(
    portal, link, ledger, results, sign_in, hanako, time
):
    taro = portal.cast["Taro"].card_number
    link.refuse()
    wish_for(results, *THREE)
    portal.let_sessions_idle(minutes=61)

    link.mend()
    cart = sign_in(results.browser, "Taro", CartPage)
    cart.should_hold("マークスの山").should_have_waiting(0)
    eventually(lambda: operations_in(cart.browser), [])
    with cart.browser.expect_event("load"):  # of the page that knows nobody
        cart.sign_out()
    cart = sign_in(results.browser, "Hanako", CartPage)

    cart.should_hold(FIRST_HALF, SECOND_HALF).should_have_waiting(0)
    assert ledger.deeds_of(taro) == ledger.deeds_of(hanako) == []
    assert ledger.answers_to(taro) == ledger.answers_to(hanako) == []
