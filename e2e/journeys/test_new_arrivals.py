"""What is new, from the first page to a shelf."""

import re

from playwright.sync_api import expect

from e2e.narrowing import only_at, only_on
from e2e.pages.account import AccountPage
from e2e.pages.home import HomePage
from e2e.pages.new_arrivals import NewArrivalsPage

READ = "読んだ本"


@only_at("kagoshima")
@only_on("phone")
def test_what_is_new_is_narrowed_down_and_put_on_a_shelf(hanako_at, lang):
    browser = hanako_at(AccountPage).browser
    new = HomePage(browser, lang).open().follow("new_arrivals.see", NewArrivalsPage)

    new.show("new_arrivals.ndc", "new_arrivals.class.9")
    browser.wait_for_url(re.compile(r"/new\?ndc=9$"))
    expect(new.results.first).to_be_visible()
    alternate = browser.locator("link[rel=alternate][type='application/atom+xml']")
    expect(alternate).to_have_attribute("href", "/new.atom?lang=ja&ndc=9")
    title = new.titles.first.inner_text()

    shelving = new.choose(title).should_have_chosen(1).shelve_chosen().at("choose")
    shelving.choose(READ).go_on().confirm().should_be_done()
    shelving.should_tell(READ, "shelf_choice.done.put", count=1)
