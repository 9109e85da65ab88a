"""The harness itself: a device, a link and a server that can each fail."""

import pytest
from playwright.sync_api import Error, expect

from e2e.ledger import Deed
from e2e.pages.cart import CartPage
from e2e.waiting import eventually


def test_a_device_finds_its_profile_again(device, portal):
    tab = device.open()
    tab.goto("/")
    tab.evaluate("localStorage.setItem('portal.display', '{\"lang\": \"en\"}')")

    tab = device.restart()

    tab.goto("/")
    expect(tab.locator("html")).to_have_attribute("lang", "en")


def test_without_the_link_nothing_new_is_reached(device, portal, link):
    tab = device.open()
    link.refuse()

    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        tab.goto("/")


def test_a_killed_server_comes_back_with_all_that_was_done(device, portal, sign_in, ledger):
    cart = sign_in(device.open(), "Hanako", CartPage)
    hanako = portal.cast["Hanako"].card_number
    cart.remove("ノルウェイの森 下")
    eventually(lambda: len(ledger.deeds_of(hanako)), 1)

    portal.kill()
    portal.start()

    assert ledger.cart_of(hanako) == ["ノルウェイの森 上"]
    assert ledger.deeds_of(hanako) == [Deed("cart.remove", "ノルウェイの森 下")]
