import secrets
import uuid

import pytest
import reflex as rx

from portal_app.domain.policies import Shelf as Policy
from portal_app.domain.shelves import ShelfKey
from portal_app.services import shelves
from portal_app.state.session import NotSignedIn
from portal_app.state.shelf_link import KnownSharing, ShelfLinkState
from tests.conftest import NOW

A, B = (str(uuid.UUID(int=number, version=4)) for number in (1, 2))


@pytest.fixture(autouse=True)
def settings(monkeypatch) -> None:
    """A key that is made anew for each test, and where patrons find the portal."""
    monkeypatch.setenv("PORTAL_KEY", secrets.token_hex())
    monkeypatch.setenv("PORTAL_ORIGIN", "https://portal.example")


@pytest.fixture
async def link(tab, hanako, ken) -> ShelfLinkState:
    """What Hanako's tab knows of her shelf A; B is Ken's."""
    for patron_id, shelf_id in ((hanako, A), (ken, B)):
        key = ShelfKey(patron_id=patron_id, shelf_id=shelf_id)
        shelves.create(key=key, name="読みたい本", policy=Policy(), now=NOW)
    return await tab.get_state(ShelfLinkState)


async def test_a_shelf_is_not_shared_at_first(link):
    await link.look(A)

    assert link.known == KnownSharing(shelf_id=A, address="", since="", refused="")


async def test_a_link_is_an_address_that_leads_there_from_anywhere(link):
    await link.make(A)

    start, _, secret = link.known.address.rpartition("/")
    assert start == "https://portal.example/shared"
    assert len(secret) == 24
    assert link.known.since == "2026-11-22"


async def test_the_same_link_is_shown_again(link):
    await link.make(A)
    made = link.known

    await link.look(A)

    assert link.known == made


async def test_a_withdrawn_link_is_shown_no_longer(link):
    await link.make(A)

    await link.withdraw(A)

    assert link.known == KnownSharing(shelf_id=A, address="", since="", refused="")


async def test_another_patrons_shelf_is_no_shelf_of_hers(link):
    await link.make(B)

    assert link.known == KnownSharing(shelf_id=B, address="", since="", refused="no_such_shelf")


async def test_strangers_share_nothing(library):
    link = await rx.State().get_state(ShelfLinkState)

    for act in (link.look, link.make, link.withdraw):
        with pytest.raises(NotSignedIn):
            await act(A)
    assert link.known is None
