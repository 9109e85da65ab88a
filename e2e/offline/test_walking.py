"""In the stacks, where there is no signal and a phone puts its browser away."""

from pathlib import Path

import pytest

from e2e.offline.stores import rows_in
from e2e.pages.sign_in import SignInPage
from e2e.pages.walking_list import WalkingListPage
from e2e.stock import SHELF, stock_shelf
from e2e.waiting import eventually, until

KOKORO, SNOW = "こころ", "雪国"


@pytest.fixture
def profile(hanakos_profile) -> Path:
    """Hanako's own device."""
    return hanakos_profile


@pytest.fixture
def walk(device, portal) -> WalkingListPage:
    """Hanako at the walking list of a shelf that she has looked at."""
    stock_shelf(portal, patron="Hanako", titles=[SNOW, KOKORO])
    walk = WalkingListPage(device.open()).open_at(SHELF)
    walk.should_have_found(count=2)
    until(lambda: SHELF in str(rows_in(walk.browser)))
    return walk


def ticked_in(walk: WalkingListPage) -> list[int]:
    """Return how many ticks this device remembers, if it remembers any."""
    return [len(row.value["record_ids"]) for row in rows_in(walk.browser) if row.key == "found"]


def test_what_was_ticked_survives_a_closed_browser_without_a_connection(device, link, walk):
    link.refuse()
    walk.tick(KOKORO).should_have_found(KOKORO, count=2)
    eventually(lambda: ticked_in(walk), [1])

    again = WalkingListPage(device.restart()).open_at(SHELF)

    again.should_have_found(KOKORO, count=2)
    again.tick(SNOW).should_have_found(KOKORO, SNOW, count=2)
    again.tick_none().should_have_found(count=2)
    eventually(lambda: ticked_in(again), [0])


def test_signing_out_forgets_what_was_ticked(walk):
    walk.tick(KOKORO)
    eventually(lambda: ticked_in(walk), [1])

    walk.sign_out()

    SignInPage(walk.browser).arrive()
    assert rows_in(walk.browser) == []


def test_a_device_that_keeps_nothing_remembers_ticks_in_the_tab_only(walk):
    walk.browser.evaluate("localStorage.setItem('portal.keep', 'no')")
    walk.browser.reload()
    walk.arrive().tick(KOKORO).should_have_found(KOKORO, count=2)

    assert ticked_in(walk) == []
