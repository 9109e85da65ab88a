"""A shelf that its patron shares by a link, and what a stranger sees of it."""

import pytest
from playwright.sync_api import Page, expect

from e2e.accessibility import barriers_on
from e2e.narrowing import only_at, only_on
from e2e.pages.shared_shelf import SharedShelfPage
from e2e.pages.shelf_sharing import Sharing
from e2e.pages.shelves import ShelvesPage

SUMMER = "夏休みに読みたい本"
WONDER, SAPIENS_1, SAPIENS_2 = (
    "センス・オブ・ワンダー",
    "サピエンス全史 : 文明の構造と人類の幸福 上",
    "サピエンス全史 : 文明の構造と人類の幸福 下",
)
KIM, CLOUD_1, CLOUD_2 = "82年生まれ、キム・ジヨン", "坂の上の雲 1", "坂の上の雲 2"
DOOR, NARNIA = "夏への扉", "ライオンと魔女"
AS_ARRANGED = (WONDER, SAPIENS_1, SAPIENS_2, KIM, CLOUD_1, CLOUD_2, DOOR, NARNIA)
BY_TITLE = (CLOUD_1, CLOUD_2, SAPIENS_1, SAPIENS_2, WONDER, DOOR, KIM, NARNIA)
NOTE = "書評"  # stands in a note on that shelf
APPS_OF_A_PHONE = "navigator.share = async (what) => { window.handedOn = what; };"


@pytest.fixture
def sharing(hanako_at) -> Sharing:
    """Hanako, about to share what she wants to read."""
    return Sharing(shelf=hanako_at(ShelvesPage).open_shelf(SUMMER)).open()


@only_on("phone")
def test_a_stranger_reads_a_shared_shelf_until_the_link_is_withdrawn(
    sharing, newcomer, portal, lang
):
    address = sharing.make()
    stranger = SharedShelfPage(newcomer(), lang).follow_link(address)

    stranger.should_show(SUMMER, *AS_ARRANGED).sort_by("title").should_show(SUMMER, *BY_TITLE)
    main = stranger.browser.get_by_role("main")
    for private in (NOTE, portal.cast["Hanako"].card_number, "花子"):
        expect(main).not_to_contain_text(private)
    assert not barriers_on(stranger.browser)
    assert not barriers_on(sharing.shelf.browser)
    main.get_by_role("link", name=KIM).click()
    expect(stranger.browser.get_by_role("heading", level=2, name=KIM)).to_be_visible()

    sharing.withdraw()

    stranger.follow_link(address).should_lead_nowhere()
    assert sharing.make() != address
    stranger.follow_link(address).should_lead_nowhere()


@only_at("kagoshima")
@only_on("phone")
def test_the_link_is_shown_again_and_handed_on(sharing, lang):
    browser: Page = sharing.shelf.browser
    address = sharing.make()
    browser.context.grant_permissions(["clipboard-read", "clipboard-write"])
    browser.add_init_script(APPS_OF_A_PHONE)

    again = Sharing(shelf=ShelvesPage(browser, lang).open().open_shelf(SUMMER)).open()

    again.should_have_link(address).copy().hand_on()
    assert browser.evaluate("navigator.clipboard.readText()") == address
    assert browser.evaluate("window.handedOn") == {"title": SUMMER, "url": address}


@only_at("kagoshima")
@only_on("desktop")
def test_the_link_to_a_deleted_shelf_leads_nowhere_until_it_is_back(sharing, newcomer, lang):
    address = sharing.make()
    shelves = ShelvesPage(sharing.shelf.browser, lang).open()
    stranger = SharedShelfPage(newcomer(), lang)

    shelves.ask_to_delete(SUMMER).confirm_deletion()
    shelves.should_say("shelves.done.shelves.delete", name=SUMMER)
    stranger.follow_link(address).should_lead_nowhere()

    shelves.restore(SUMMER).should_say("shelves.done.shelves.restore", name=SUMMER)
    stranger.follow_link(address).should_show(SUMMER, *AS_ARRANGED)
