import secrets
import uuid

import pytest
import reflex as rx
from reflex.istate.data import ReflexURL, URLData

from portal_app.domain.policies import Shelf as Policy
from portal_app.domain.shelves import ShelfKey
from portal_app.services import shelf_filling, shelf_links, shelves
from portal_app.state.shared_shelf import SharedShelfState
from tests.conftest import NOW
from tests.state.conftest import leads_to

KEY = secrets.token_hex()


@pytest.fixture(autouse=True)
def key(monkeypatch) -> None:
    """What turns a nonce into a link."""
    monkeypatch.setenv("PORTAL_KEY", KEY)


@pytest.fixture
def link(hanako, three_works) -> str:
    """The link to Hanako's shelf, on which こころ stands last."""
    shelf = ShelfKey(patron_id=hanako, shelf_id=str(uuid.UUID(int=1, version=4)))
    shelves.create(key=shelf, name="夏に読む本", policy=Policy(), now=NOW)
    record_ids = [three_works["銀河鉄道の夜"], three_works["三四郎"], three_works["こころ"]]
    shelf_filling.add(keys=[shelf], record_ids=record_ids, policy=Policy(), now=NOW)
    made = shelf_links.make(shelf=shelf, signing_key=KEY.encode(), nonce="nonce", now=NOW)
    return f"/shared/{made.secret}"


@pytest.fixture
async def shared(library) -> SharedShelfState:
    """A stranger's tab."""
    return await rx.State().get_state(SharedShelfState)


async def follow(shared: SharedShelfState, address: str) -> None:
    root = shared._get_root_state()
    root.rx_router_url = URLData.from_url(ReflexURL(f"http://localhost{address}"))
    await shared.open()


async def test_a_stranger_sees_the_shelf_as_its_patron_has_arranged_it(shared, link):
    await follow(shared, link)

    assert (shared.shelf.name, shared.shelf.count, shared.sort) == ("夏に読む本", 3, "own")
    titles = [record.title for record in shared.shelf.records]
    assert titles == ["銀河鉄道の夜", "三四郎", "こころ"]


@pytest.mark.parametrize(
    ("asked", "sort", "first"),
    [
        ("?sort=published", "published", "三四郎"),
        ("/?sort=published&page=9", "published", "三四郎"),
        ("?sort=added", "own", "銀河鉄道の夜"),
        ("?sort=nonsense&page=-1", "own", "銀河鉄道の夜"),
    ],
)
async def test_the_address_says_in_which_order(shared, link, asked, sort, first):
    await follow(shared, link + asked)

    assert shared.sort == sort
    assert shared.shelf.records[0].title == first


@pytest.mark.parametrize(
    "address", ["/shared/", "/shared/x", f"/shared/{'A' * 24}", "/", "/shared/%00"]
)
async def test_what_is_no_link_shows_nothing(shared, link, address):
    await follow(shared, address)

    assert shared.is_loaded
    assert shared.shelf is None


async def test_another_order_keeps_the_link(shared, link):
    await follow(shared, link)

    assert leads_to(shared.sort_by("title")) == f"{link}?sort=title"
    assert leads_to(shared.sort_by("//evil.example")) == f"{link}?sort=own"


async def test_nothing_of_the_patron_is_sent(shared, link):
    await follow(shared, link)

    sent = str(shared._get_root_state().get_delta())

    assert "夏に読む本" in sent
    assert not [
        private
        for private in ("花子", "20000000000001", "patron", "note", "is_read", "added_at")
        if private in sent
    ]
