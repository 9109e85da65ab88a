"""What is being typed is the patron's: neither a broken line nor the end of a session takes it."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from e2e.pages.advanced_search import AdvancedSearchPage
from e2e.pages.alerts import AlertFormPage
from e2e.pages.home import HomePage
from e2e.pages.search import SearchPage
from e2e.pages.sign_in import SignInPage
from portal_app import clock

REST = "UPDATE patron_session SET seen_at = :moment"


def test_what_is_typed_into_an_alert_stays_when_the_line_breaks(device, link, sign_in):
    form = sign_in(device.open(), "Hanako", AlertFormPage).call_it("書きかけ").write(1, "猫")
    typed_into = form.field("alerts.form.name").element_handle()
    link.refuse()
    form.should_be("reconnecting")
    link.mend()
    form.should_be("online")

    form.try_out()  # which is answered after the page was opened once more

    expect(form.preview).to_be_visible()
    form.should_ask_for("猫").should_be_called("書きかけ")
    assert typed_into.evaluate("(field) => field.isConnected")


def test_what_was_typed_comes_back_after_the_end_of_a_session(device, portal, sign_in):
    form = sign_in(device.open(), "Hanako", AlertFormPage).call_it("書きかけ").write(1, "猫")
    portal.meanwhile(REST, moment=_ago(minutes=61))

    form.try_out()

    door = SignInPage(form.browser).arrive()
    expect(door.browser.get_by_text(door.say("sign_in.problem.ended"))).to_be_visible()
    hanako = portal.cast["Hanako"]
    door.sign_in(card_number=hanako.card_number, password=hanako.password)
    form.arrive().should_ask_for("猫").should_be_called("書きかけ")
    expect(form.browser.get_by_text(form.say("session_end.draft_is_back"))).to_be_visible()


def test_what_was_to_be_searched_for_comes_back_too(device, portal, sign_in):
    tab = device.open()
    tab.clock.install()
    form = sign_in(tab, "Hanako", AdvancedSearchPage).ask(2, "", field="title").ask(2, "猫")
    portal.meanwhile(REST, moment=_ago(minutes=61))
    tab.clock.fast_forward("06:00")  # after which whoever is there is said to be

    tab.keyboard.press("Shift")

    hanako = portal.cast["Hanako"]
    SignInPage(tab).arrive().sign_in(card_number=hanako.card_number, password=hanako.password)
    form.arrive().should_ask(2, "猫", field="title")
    form.submit(f2="title", t2="猫").should_be("online")
    AdvancedSearchPage(tab).open().should_ask(2, "")


@pytest.mark.parametrize("kind", [HomePage, SearchPage])
def test_so_does_what_was_typed_into_the_search_box(device, portal, sign_in, kind):
    tab = device.open()
    tab.clock.install()
    page = sign_in(tab, "Hanako", kind)
    page.box.fill("猫")
    portal.meanwhile(REST, moment=_ago(minutes=61))
    tab.clock.fast_forward("06:00")  # after which whoever is there is said to be

    tab.keyboard.press("Shift")

    hanako = portal.cast["Hanako"]
    SignInPage(tab).arrive().sign_in(card_number=hanako.card_number, password=hanako.password)
    expect(page.arrive().box).to_have_value("猫")
    page.search("本")
    expect(kind(tab).open().box).to_have_value("")


def _ago(*, minutes: int) -> str:
    """Return a moment as the database writes it."""
    moment = clock.now() - dt.timedelta(minutes=minutes)
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
