"""The link to a shelf: only the library can make and withdraw it, and no device keeps it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.offline.stores import everything_in
from e2e.pages.account import AccountPage
from e2e.pages.shared_shelf import SharedShelfPage
from e2e.pages.shelf_sharing import Sharing
from e2e.pages.shelves import ShelvesPage

SUMMER = "夏休みに読みたい本"


@pytest.fixture
def profile(hanakos_profile) -> Path:
    """Hanako's own device."""
    return hanakos_profile


@pytest.fixture
def sharing(device) -> Sharing:
    """Hanako, about to share what she wants to read."""
    shelves = ShelvesPage(device.open()).open()
    return Sharing(shelf=shelves.open_shelf(SUMMER)).open()


def test_without_a_connection_a_link_stays_as_it_is_and_the_page_says_so(link, sharing):
    address = sharing.make()
    link.refuse()
    sharing.shelf.should_say("shelf_link.needs_connection")

    sharing.shelf.dialog("sharing").get_by_role(
        "button", name=sharing.shelf.say("shelf_link.withdraw")
    ).click()
    sharing.shelf.dialog("withdrawal").get_by_role(
        "button", name=sharing.shelf.say("shelf_link.withdraw")
    ).click()

    sharing.should_have_link(address).shelf.should_say("frame.declined")
    link.mend()
    sharing.shelf.should_be("online")
    sharing.withdraw()


def test_no_device_keeps_a_link_or_what_it_leads_to(device, sharing):
    address = sharing.make()
    tab = sharing.shelf.browser
    SharedShelfPage(tab).follow_link(address)
    expect(tab.get_by_role("heading", level=2, name=SUMMER)).to_be_visible()
    AccountPage(tab).open()

    device.be_ready(tab)

    kept = everything_in(tab)
    assert SUMMER in kept["databases"]  # since she has the shelf, shared or not
    secret = address.rpartition("/")[2]
    assert not [store for store, text in kept.items() if secret in text]
    assert "SharedShelfState" not in kept["databases"]
