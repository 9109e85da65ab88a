"""Searching where there is no connection: what was seen, and what the device has of one's own."""

import pytest
from playwright.sync_api import Page, expect

from e2e.pages.advanced_search import AdvancedSearchPage
from e2e.pages.finding import FindingPage, KnownRecordPage
from e2e.pages.loans import LoansPage
from e2e.pages.record import RecordPage
from e2e.pages.search import SearchPage
from e2e.pages.sign_in import SignInPage
from e2e.waiting import eventually
from portal_app import routes

# What Hanako has at home, and in her cart.
SNOW = "雪国"
FIRST_HALF, SECOND_HALF = "ノルウェイの森 上", "ノルウェイの森 下"

CAT, CATS = "吾輩は猫である", "ねこ"

KEYS = """
(store) => new Promise((resolve) => {
  const opening = indexedDB.open("portal");
  opening.onsuccess = () => {
    const asked = opening.result.transaction(store).objectStore(store).getAllKeys();
    asked.onsuccess = () => {
      opening.result.close();
      resolve(asked.result);
    };
  };
})
"""
HAS_WORKER = "() => navigator.serviceWorker.ready.then((its) => its.active.state === 'activated')"


@pytest.fixture
def tab(device, sign_in) -> Page:
    """The tab in which Hanako has signed in, on a device that has a copy of all that is hers."""
    tab = device.open()
    sign_in(tab, "Hanako", LoansPage)
    should_have_kept(tab, 3, "copies", *("LoansState", "HoldsState", "CartState"))
    eventually(lambda: tab.evaluate(HAS_WORKER), expected=True)
    return tab


def test_results_and_records_that_were_seen_stay_readable(tab, device, link):
    found = SearchPage(tab).open_at(q=CATS, size="10").should_find(4)
    titles = found.titles_in_order
    found.open_record(CAT)
    should_have_kept(tab, 2, "seen")
    link.refuse()

    tab = device.restart()
    found = SearchPage(tab).open_at(q=CATS, size="10").should_find(4).should_list(*titles)
    should_say_as_of_when(tab)
    expect(found.box).to_have_value(CATS)
    record = found.open_record(CAT).should_stand_at(4, count=4)
    record.should_say("record.items")
    should_say_as_of_when(tab)
    record.go_back_to_results().arrive_at(q=CATS, size="10").should_list(*titles)
    tab.go_back()
    record.arrive_at(CAT)


def test_the_same_search_is_found_however_its_address_is_written(tab, device, link):
    found = SearchPage(tab).open_at(q="夏目 漱石", sort="oldest")
    expect(found.results.first).to_be_visible()
    titles = found.titles_in_order
    should_have_kept(tab, 1, "seen")
    link.refuse()

    tab = device.restart()
    tab.goto("/search/?sort=oldest&q=夏目%20漱石")

    SearchPage(tab).arrive().should_list(*titles)


def test_a_record_that_was_seen_is_readable_from_wherever_one_comes(tab, device, link):
    number = SearchPage(tab).open_at(q=CATS).open_record(CAT).browser.url.partition("?")[0]
    should_have_kept(tab, 2, "seen")
    link.refuse()

    record = RecordPage(device.restart())
    record.browser.goto(number)

    record.arrive_at(CAT).should_say("record.items")
    expect(record.browser.get_by_text(record.say("record.to_results"))).to_have_count(0)


def test_what_is_on_the_screen_stays_when_the_link_is_lost(device, link):
    tab = device.open()  # of a stranger, for whom nothing is kept
    found = SearchPage(tab).open_at(q=CATS).should_find(4)
    titles = found.titles_in_order

    link.refuse()

    should_know_it_has_no_server(tab)
    found.should_list(*titles)
    found.sort_by("search.sort_by.title").should_say("frame.declined")
    found.should_list(*titles)


def test_words_are_looked_for_in_what_the_device_has(tab, device, link):
    SearchPage(tab).open_at(q=CATS).should_find(4)
    should_have_kept(tab, 1, "seen")
    link.refuse()

    found = FindingPage(device.restart()).open_at(q="雪國").should_find_here(SNOW)
    found.should_know_from(SNOW, "loans").should_be_accessible()
    found.search("のるうぇい 村上").should_find_here(FIRST_HALF, SECOND_HALF)
    found.should_know_from(FIRST_HALF, "lines")
    found.search("夏目漱石").should_find_here(CAT).should_know_from(CAT, "seen")
    found.search("存在しない本").should_find_nothing_here().should_be_accessible()
    found.search(CATS).should_find(4)  # as it was seen


def test_a_filter_or_a_page_that_was_not_seen_is_looked_for_on_the_device(tab, device, link):
    SearchPage(tab).open_at(q=CATS).should_find(4)
    should_have_kept(tab, 1, "seen")
    link.refuse()

    found = FindingPage(device.restart())
    found.open_at(q="ぐんだん", page="2").should_find_here("ノラネコぐんだんパンこうじょう")
    found.open_at(**{"q": "ぐんだん", "class": "cd"}).should_find_nothing_here()
    found.open_at().should_say("search.begin")


def test_conditions_are_joined_without_a_connection(tab, device, link):
    link.refuse()

    form = AdvancedSearchPage(device.restart())
    form.browser.goto(f"{routes.ADVANCED_SEARCH}?q=村上")
    form.arrive().should_ask(1, "村上")
    form.ask(2, "下", connector="not").submit(t1="村上", c2="not", t2="下")

    FindingPage(form.browser).should_find_here(FIRST_HALF)


def test_a_record_of_ones_own_is_shown_as_far_as_it_is_known(tab, device, link):
    link.refuse()

    found = FindingPage(device.restart()).open_at(q=SNOW).should_find_here(SNOW)
    found.open_record(SNOW)

    record = KnownRecordPage(found.browser).should_show_only_a_summary("川端 康成")
    record.should_be_accessible()


def test_a_record_of_a_list_that_was_seen_can_be_put_in_the_cart(tab, device, link):
    SearchPage(tab).open_at(q=CATS).should_find(4)
    should_have_kept(tab, 1, "seen")
    link.refuse()

    found = SearchPage(device.restart()).open_at(q=CATS).should_find(4)
    found.open_record(CAT).press_to_cart(CAT)

    record = KnownRecordPage(found.browser).should_show_only_a_summary("夏目 漱石")
    record.should_say("outbox.latest_waits", what=record.say("outbox.kind.cart.add", title=CAT))
    FindingPage(found.browser).open_at(q="漱石").should_know_from(CAT, "lines")


def test_a_record_that_nothing_is_known_of_is_said_to_be_so(tab, device, link):
    link.refuse()

    record = RecordPage(device.restart())
    record.browser.goto(routes.record(5))

    record.arrive().should_say("frame.not_kept")


def test_nothing_is_found_after_signing_out(tab, device, link):
    SearchPage(tab).open_at(q=CATS).should_find(4)
    should_have_kept(tab, 1, "seen")
    link.refuse()
    tab = device.restart()
    found = FindingPage(tab).open_at(q=SNOW).should_find_here(SNOW)

    found.sign_out()

    SignInPage(tab).arrive()
    for words in (SNOW, CATS):
        found.open_at(q=words).should_find_nothing_here()


def should_have_kept(tab: Page, count: int, store: str, *keys: str) -> None:
    """Wait until the device has kept so much in a store, and these by name."""

    def is_kept() -> bool:
        found = tab.evaluate(KEYS, store)
        return len(found) >= count and set(keys) <= set(found)

    eventually(is_kept, expected=True)


def should_say_as_of_when(tab: Page) -> None:
    """Check that the page says how old it is."""
    expect(tab.locator(".as-of")).to_be_visible()


def should_know_it_has_no_server(tab: Page) -> None:
    """Wait until the page has noticed."""
    bar = tab.locator("[data-connection=reconnecting], [data-connection=offline]")
    expect(bar).to_be_attached()
