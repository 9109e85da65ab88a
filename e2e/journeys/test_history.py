"""借りたことがある資料: a patron keeps a history that nobody else can read (K-08, K-18)."""

import json

from playwright.sync_api import expect

from e2e.accessibility import barriers_on
from e2e.desks import bring_back, issue_password
from e2e.narrowing import only_at, only_on
from e2e.offline.stores import rows_in
from e2e.pages.account import AccountPage
from e2e.pages.history import HistoryPage
from e2e.pages.password import PasswordPage
from e2e.pages.sign_in import SignInPage

FIRST = "雪国"
TITLES = ["コンビニ人間", "舟を編む"]
NEW, NEWEST, ISSUED = "sazanami73iro5", "komorebi29yama8", "k7mm-p2qr-x9vt"


@only_at("kagoshima")
@only_on("phone")
def test_k18_hanako_keeps_a_history_through_everything_that_happens_to_her_password(
    hanako_at, portal, lang
):
    hanako = portal.cast["Hanako"]
    account = hanako_at(AccountPage)
    browser = account.browser

    history = account.follow("history.offer", HistoryPage)
    assert barriers_on(browser) == []
    history.begin("a wrong one").should_say("history.problem.wrong_password")
    history.begin(hanako.password)
    expect(history.code).to_be_visible()
    assert barriers_on(browser) == []
    code = history.keep()
    history.should_say("history.none")

    bring_back(portal, patron="Hanako", title=FIRST)
    history.sign_out()
    SignInPage(browser, lang).arrive().sign_in(
        card_number=hanako.card_number, password=hanako.password
    )
    AccountPage(browser, lang).arrive()
    browser.get_by_role("main").get_by_role("link", name=history.say("history.title")).click()
    history.arrive().should_list(FIRST)
    assert barriers_on(browser) == []

    PasswordPage(browser, lang).open().change(AccountPage, current=hanako.password, new=NEW)
    history.open().should_list(FIRST)

    issue_password(portal, patron="Hanako", password=ISSUED)
    SignInPage(browser, lang).open().sign_in(card_number=hanako.card_number, password=ISSUED)
    PasswordPage(browser, lang).arrive().change(AccountPage, current=ISSUED, new=NEWEST)
    history.open().should_say("history.locked.lead")
    assert barriers_on(browser) == []
    history.unlock(NEWEST).should_say("history.problem.code_needed")
    history.unlock(NEWEST, code=code.lower().replace("-", " ")).should_say("history.opened")
    history.should_list(FIRST)

    history.end().should_say("history.ended").should_say("history.off.lead")


@only_at("kagoshima")
@only_on("desktop")
def test_k18_a_history_is_searched_sorted_deleted_and_never_on_the_device(hanako_at, portal, lang):
    history = hanako_at(HistoryPage).begin(portal.cast["Hanako"].password)
    history.keep()
    for title in TITLES:
        bring_back(portal, patron="Hanako", title=title)

    history.open().press("history.column.title")
    history.should_list(*sorted(TITLES))
    history.search(TITLES[0]).should_list(TITLES[0])
    history.search("").forget(TITLES[0]).should_list(*TITLES[1:])
    kept = json.dumps([row.value for row in rows_in(history.browser)])
    assert "due_on" in kept  # this device does keep a copy of what may be kept
    assert "returned_on" not in kept


@only_at("koganei")
@only_on("phone")
def test_k08_a_library_that_offers_no_history_does_not_speak_of_it(hanako_at):
    account = hanako_at(AccountPage)
    links = account.browser.get_by_role("main").get_by_role("link")

    expect(links.filter(has_text=account.say("account.loans"))).to_have_count(1)
    for key in ("history.offer", "history.title"):
        expect(links.filter(has_text=account.say(key))).to_have_count(0)
