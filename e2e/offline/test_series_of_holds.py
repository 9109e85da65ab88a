"""Holds are put together without a connection, as one request that the library answers later."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.offline.repetition import again_and_again
from e2e.pages.cart import CartPage
from e2e.pages.holds import HoldsPage
from e2e.waiting import eventually

FIRST_HALF, SECOND_HALF, NARUSE = "ノルウェイの森 上", "ノルウェイの森 下", "成瀬は天下を取りにいく"


@pytest.fixture
def profile(hanakos_profile) -> Path:
    """Hanako's own device."""
    return hanakos_profile


@again_and_again
def test_g33_a_series_is_asked_for_without_a_connection(portal, link, ledger, device, time):
    hanako = portal.cast["Hanako"].card_number
    cart = CartPage(device.open()).open()
    cart.check().place().should_say("cart.placed.done", count=2)
    series = cart.follow_menu("frame.holds", HoldsPage).go_to_series()
    link.refuse()

    series.tick(SECOND_HALF, FIRST_HALF).begin().should_draft(FIRST_HALF, SECOND_HALF)
    series.take_in(NARUSE).take_out(FIRST_HALF).save()
    series.should_say("outbox.waiting_title", count=1)
    expect(series.series(1)).to_have_count(0)
    assert ledger.series_of(hanako) == []

    link.mend()
    series.should_show(1, SECOND_HALF, NARUSE)
    eventually(lambda: ledger.series_of(hanako), [[SECOND_HALF, NARUSE]])
