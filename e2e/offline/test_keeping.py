"""Whether a device keeps anything at all: as the patron wishes, and never in the library."""

from ipaddress import ip_network

import pytest

from e2e.offline.stores import rows_in
from e2e.offline.visits import FIRST_HALF, use_everything
from e2e.pages.account import AccountPage
from e2e.pages.home import HomePage
from e2e.pages.loans import LoansPage
from e2e.pages.sign_in import SignInPage
from e2e.waiting import eventually


@pytest.fixture
def hanako(portal):
    """Hanako, as the demonstration knows her."""
    return portal.cast["Hanako"]


def test_whoever_does_not_want_it_kept_leaves_nothing(device, portal, hanako, ledger):
    tab = device.open()
    at_sign_in = SignInPage(tab).open_on_the_way_to(LoansPage.route).keep_nothing()
    at_sign_in.sign_in(card_number=hanako.card_number, password=hanako.password)

    use_everything(LoansPage(tab).arrive())

    eventually(lambda: ledger.cart_of(hanako.card_number), [FIRST_HALF])
    assert rows_in(tab) == []


def test_on_the_librarys_own_machines_nothing_is_kept(device, portal, hanako, sign_in):
    with portal.with_settings(terminals=(ip_network("127.0.0.0/8"),)):
        tab = device.open()
        loans = sign_in(tab, "Hanako", LoansPage)

        use_everything(loans)

        assert rows_in(tab) == []
        loans.follow_menu("frame.portal", AccountPage).should_say("keeping.terminal")


def test_a_machine_becomes_the_librarys_by_an_address(device, portal, sign_in):
    tab = device.open()
    tab.goto("/?terminal=1")
    HomePage(tab).arrive()
    loans = sign_in(tab, "Hanako", LoansPage)

    use_everything(loans)

    assert rows_in(tab) == []
    loans.follow_menu("frame.portal", AccountPage).should_say("keeping.terminal")
