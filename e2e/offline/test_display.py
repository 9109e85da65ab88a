"""How the pages look goes with the patron from device to device, and leaves with them."""

from playwright.sync_api import expect

from e2e.offline.stores import wait_until_nothing_waits
from e2e.pages.loans import LoansPage
from e2e.pages.sign_in import SignInPage


def test_g01_what_a_patron_chooses_on_one_device_is_there_on_another(device, elsewhere, sign_in):
    here = sign_in(device.open(), "Hanako", LoansPage)
    here.choose_display("palette", "dark").choose_display("years", "japanese")
    wait_until_nothing_waits(here.browser)

    there = LoansPage(elsewhere.open()).open()

    expect(there.browser.locator("html")).to_have_attribute("data-palette", "dark")
    expect(there.browser.get_by_role("main")).to_contain_text("令和")
    there.sign_out()
    SignInPage(there.browser).arrive()
    expect(there.browser.locator("html")).to_have_attribute("data-palette", "standard")
