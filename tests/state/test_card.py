import pytest
import reflex as rx

from portal_app import libraries
from portal_app.services import card
from portal_app.state.card import CardState
from portal_app.state.session import NotSignedIn


async def test_the_page_shows_the_card_by_the_rule_of_the_library(tab, hanako):
    state = await tab.get_state(CardState)

    await state.open()

    hers = card.look(patron_id=hanako, policy=libraries.current().card.barcode)
    assert state.is_loaded
    assert state.as_of.startswith("2026-11-22T10:00:0")
    assert (state.number, state.bars, state.bars_width) == (
        hers.number,
        hers.bars,
        hers.bars_width,
    )
    assert hers.number == "20000000000001"


async def test_nobody_has_no_card(library):
    state = await rx.State().get_state(CardState)

    with pytest.raises(NotSignedIn):
        await state.open()

    assert not state.is_loaded
    assert (state.number, state.bars) == ("", "")
