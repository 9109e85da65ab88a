import datetime as dt

import pytest
import reflex as rx
from sqlmodel import Session

from portal_app.data.tables import CartLine, Patron
from portal_app.domain.holds import Refusal
from portal_app.state.cart import CartState
from portal_app.state.session import NotSignedIn, SessionState
from tests.conftest import NOW


@pytest.fixture
async def cart(tab, library, hanako, ginga, kokoro) -> CartState:
    """Hanako's cart, on her screen: 銀河鉄道の夜, which is out, and こころ, which is not."""
    with Session(library) as tx, tx.begin():
        for minute, record_id in enumerate((ginga, kokoro)):
            added_at = NOW + dt.timedelta(minutes=minute)
            tx.add(CartLine(patron_id=hanako, record_id=record_id, added_at=added_at))
    state = await tab.get_state(CartState)
    await state.open()
    return state


async def test_the_cart_is_shown_in_order_with_what_cannot_be_placed_on_hold(cart, ginga, kokoro):
    assert [line.record.record_id for line in cart.lines] == [ginga, kokoro]
    assert cart.lines[0].refused is None
    assert cart.lines[1].refused.why is Refusal.AVAILABLE_NOW
    assert cart.is_loaded
    assert cart.as_of.startswith("2026-11-22T10:00:0")


async def test_the_header_counts_what_is_in_the_cart(cart, tab, library, hanako, ginga):
    session = await tab.get_state(SessionState)
    assert session.cart_count == 2
    with Session(library) as tx, tx.begin():
        tx.delete(tx.get_one(CartLine, (hanako, ginga)))

    await cart.open()

    assert session.cart_count == 1


async def test_the_cart_knows_how_its_patron_likes_to_be_served(
    cart, library, hanako, pickup_branch
):
    assert (cart.pickup_branch, cart.contact_method) == ("", "")
    with Session(library) as tx, tx.begin():
        patron = tx.get_one(Patron, hanako)
        patron.pickup_branch, patron.contact_method = pickup_branch, "mail"

    await cart.open()

    assert (cart.pickup_branch, cart.contact_method) == (pickup_branch, "mail")


async def test_a_stranger_sees_no_cart(library):
    cart = await rx.State().get_state(CartState)

    with pytest.raises(NotSignedIn):
        await cart.open()

    assert (cart.is_loaded, cart.lines) == (False, [])
