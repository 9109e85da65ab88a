"""The card where there is no signal: what it is needed for most."""

from playwright.sync_api import Page

from e2e.pages.card import CardPage
from e2e.waiting import eventually

HANAKOS = "A20240002763A"  # by the rule of Kagoshima, see e2e/journeys/test_card.py

KEPT = """
() => new Promise((resolve) => {
  const opening = indexedDB.open("portal");
  opening.onsuccess = () => {
    const asked = opening.result.transaction("copies").objectStore("copies").get("CardState");
    asked.onsuccess = () => {
      opening.result.close();
      resolve(Boolean(asked.result));
    };
  };
})
"""
HAS_WORKER = "() => navigator.serviceWorker.ready.then((its) => its.active.state === 'activated')"


def test_the_card_is_scanned_where_there_is_no_signal(device, portal, link, sign_in):
    tab = device.open()
    sign_in(tab, "Hanako", CardPage)
    _should_be_kept(tab)
    link.refuse()

    card = CardPage(device.restart()).open()

    assert card.scan() == HANAKOS
    card.show_number().should_show_as_number(portal.cast["Hanako"].card_number)


def _should_be_kept(tab: Page) -> None:
    eventually(lambda: tab.evaluate(HAS_WORKER), expected=True)
    eventually(lambda: tab.evaluate(KEPT), expected=True)
