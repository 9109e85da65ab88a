import datetime as dt
from dataclasses import replace

import pytest
import reflex as rx

from portal_app.services.sessions import SignedIn
from portal_app.state.session import NotSignedIn, SessionState, signed_in_patron

HANAKO = SignedIn(
    id_hash="hash",
    patron_id=1,
    name="花子",
    card_masked="****001",
    card_expires_on=dt.date(2027, 3, 31),
    must_change_password=False,
    cart_count=2,
    unread_count=1,
    display={},
    created_at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
    seen_at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
)


@pytest.fixture
async def session() -> SessionState:
    """A tab's session, before the server has said anything."""
    return await rx.State().get_state(SessionState)


async def test_nobody_is_signed_in_before_the_guard_says_so(session):
    assert not session.is_known
    with pytest.raises(NotSignedIn):
        await signed_in_patron(session)


async def test_a_patron_is_shown_and_may_act(session):
    session._welcome(HANAKO, owner="hanako")

    assert await signed_in_patron(session) == 1
    assert session.is_known
    assert session.name == "花子"
    assert session.card_masked == "****001"
    assert session.card_expires_on == "2027-03-31"
    assert session.cart_count == 2
    assert session.owner == "hanako"


async def test_a_patron_with_a_first_password_may_not_act(session):
    session._welcome(replace(HANAKO, must_change_password=True), owner="hanako")

    assert session.is_signed_in
    assert session.owner == ""
    with pytest.raises(NotSignedIn):
        await signed_in_patron(session)


async def test_a_stranger_is_known_to_be_one(session):
    session._show_nobody()

    assert session.is_known
    assert not session.is_signed_in


async def test_who_leaves_takes_their_name_along(session):
    session._welcome(HANAKO, owner="hanako")

    session._show_nobody()

    assert session.owner == ""


async def test_a_terminal_is_one_whoever_sits_there(session):
    session._sit_at(is_terminal=True)
    session._welcome(HANAKO, owner="hanako")
    session._show_nobody()

    assert session.is_terminal


async def test_a_browser_is_sent_neither_the_patron_nor_the_session(session):
    session._welcome(HANAKO, owner="hanako")

    sent = session._get_root_state().get_delta()[SessionState.get_full_name()]

    assert {name.removesuffix("_rx_state_") for name in sent} == {
        *("card_expires_on", "card_masked", "cart_count", "is_known", "is_signed_in", "name"),
        *("owner", "unread_count"),
    }


async def test_what_is_shown_already_is_not_sent_again(session):
    session._welcome(HANAKO, owner="hanako")
    session._get_root_state()._clean()

    session._welcome(HANAKO, owner="hanako")

    assert session._get_root_state().get_delta() == {}
