from datetime import timedelta

import pytest
from playwright.sync_api import expect

from e2e.narrowing import crosswise, only_at, only_on
from e2e.pages.account import AccountPage
from e2e.pages.card import CardPage
from e2e.pages.loans import LoansPage
from portal_app import clock
from portal_app.domain.cards import masked

# By the rules of the two presets, worked out by hand from 2024000276.
HANAKOS = {"kagoshima": "A20240002763A", "koganei": "A20240002764B"}

# How many locks are held stands on <html>, since a test cannot see the screen go dark. A
# browser without a window gives none, so these are given in its place.
COUNT_LOCKS = """
const held = { count: 0 };
const write = (change) => {
  held.count += change;
  document.documentElement.dataset.awake = held.count;
};
WakeLock.prototype.request = async () => {
  write(1);
  return { release: async () => write(-1) };
};
"""
LOOK_AWAY = """
Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
document.dispatchEvent(new Event("visibilitychange"));
"""
LOOK_AGAIN = """
delete document.visibilityState;
document.dispatchEvent(new Event("visibilitychange"));
"""


@pytest.fixture
def shown_digits(portal) -> int:
    """How many digits of a card number this library shows to everybody."""
    return portal.library.card.shown_digits


@crosswise
def test_a_scanner_reads_the_card_from_the_screen(hanako_at, portal):
    assert hanako_at(CardPage).scan() == HANAKOS[portal.settings.library]


@only_at("kagoshima")
@only_on("phone")
@pytest.mark.parametrize("look", [{"palette": "dark"}, {"palette": "cud", "size": "large"}])
def test_a_scanner_reads_the_card_in_every_palette(hanako_at, look):
    assert hanako_at(CardPage).scan() == HANAKOS["kagoshima"]


@crosswise
def test_the_barcode_is_as_large_as_the_screen_allows(hanako_at):
    card = hanako_at(CardPage)
    box, screen = card.barcode.bounding_box(), card.browser.viewport_size

    assert min(320, screen["width"]) <= box["width"] <= screen["width"]
    assert box["height"] >= 80


@crosswise
def test_the_number_is_hidden_until_the_patron_taps(hanako_at, portal, shown_digits):
    number = portal.cast["Hanako"].card_number
    hidden = masked(number, shown_digits=shown_digits)
    card = hanako_at(CardPage).should_show_as_number(hidden)

    card.show_number().should_show_as_number(number)
    card.hide_number().should_show_as_number(hidden)


@only_at("koganei")
@only_on("phone")
def test_the_number_is_hidden_again_when_the_patron_leaves(hanako_at, portal, shown_digits, lang):
    number = portal.cast["Hanako"].card_number
    hidden = masked(number, shown_digits=shown_digits)
    card = hanako_at(CardPage).show_number().should_show_as_number(number)

    card.browser.evaluate(LOOK_AWAY)
    card.should_show_as_number(hidden)
    card.browser.evaluate(LOOK_AGAIN)
    card.show_number().should_show_as_number(number)
    card.follow_menu("frame.loans", LoansPage)
    card.browser.go_back()

    card.arrive().should_show_as_number(hidden)


@only_at("kagoshima")
@only_on("phone")
def test_the_screen_stays_on_as_long_as_somebody_looks(visitor, hanako_at):
    visitor.add_init_script(COUNT_LOCKS)
    page = visitor.locator("html")
    card = hanako_at(CardPage)
    expect(page).to_have_attribute("data-awake", "1")

    card.follow_menu("frame.loans", LoansPage)
    expect(page).to_have_attribute("data-awake", "0")
    visitor.go_back()
    expect(page).to_have_attribute("data-awake", "1")


@only_at("kagoshima")
@only_on("phone")
def test_a_screen_that_cannot_be_kept_on_is_no_mistake(visitor, hanako_at):
    visitor.add_init_script("delete Navigator.prototype.wakeLock;")

    assert hanako_at(CardPage).scan() == HANAKOS["kagoshima"]


@only_at("kagoshima")
@only_on("phone")
def test_a_card_that_has_expired_says_so_and_what_to_do(patron_at):
    card = patron_at("Yuki", CardPage)

    expired_on = clock.now().date() - timedelta(days=12)
    card.should_say("account.card_expired", day=card.day(expired_on))


@only_at("koganei")
@only_on("phone")
def test_the_card_is_one_tap_from_the_account(hanako_at):
    hanako_at(AccountPage).follow("card.title", CardPage)
