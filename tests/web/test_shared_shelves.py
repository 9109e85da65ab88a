"""A shelf that Hanako shares: what a stranger is told of it, and what Ken can do about it."""

import uuid

import httpx
import pytest
import pytest_asyncio
from sqlmodel import Session, col, delete, select

from portal_app import clock, routes
from portal_app.data import tables
from portal_app.state.shared_shelf import SharedShelfState
from portal_app.state.shelf_link import ShelfLinkState
from tests.web.wire import Portal, Tab

PASSWORD = "correct horse 1"
SHELF = str(uuid.uuid4())
HANAKO, KEN, RECORD = 1, 2, 71
OPEN = f"{SharedShelfState.get_full_name()}.open"
LOOK, MAKE, WITHDRAW = (
    f"{ShelfLinkState.get_full_name()}.{act}" for act in ("look", "make", "withdraw")
)


@pytest.fixture
def shelf(real_portal: Portal):
    """Hanako's shelf, with a book that she has read and written about."""
    with Session(real_portal.engine) as tx, tx.begin():
        now = clock.now()
        for patron_id, name in ((HANAKO, "夏に読む本"), (KEN, "健の本")):
            tx.add(tables.Shelf(patron_id=patron_id, id=SHELF, name=name, rank=0, created_at=now))
        tx.flush()  # the book needs its shelf first
        tx.add(
            tables.ShelfBook(
                patron_id=HANAKO,
                shelf_id=SHELF,
                record_id=RECORD,
                added_at=now,
                rank=0,
                note="CANARY-NOTE",
                is_read=True,
            )
        )
    yield SHELF
    with Session(real_portal.engine) as tx, tx.begin():
        tx.exec(delete(tables.Shelf).where(col(tables.Shelf.id) == SHELF))


@pytest_asyncio.fixture
async def link(real_portal: Portal, shelf: str) -> str:
    """The link that Hanako has made. Its secret may be found nowhere but with her."""
    secret = await real_portal.sign_in("1000001", PASSWORD)
    async with real_portal.tab(secret) as hers:
        await hers.send(MAKE, shelf_id=shelf)
        address = _known(hers)["address"]
    assert address.startswith(f"{real_portal.origin}/shared/")
    real_portal.planted.add(address.rpartition("/")[2])
    return address.removeprefix(real_portal.origin)


async def test_a_stranger_is_told_the_books_and_nothing_about_their_patron(real_portal, link):
    async with real_portal.tab(path=link) as stranger:
        await _has_opened(stranger)

        [record] = stranger.var("shared_shelf_state", "shelf")["records"]
        assert record["title"] == "CANARY-LOAN"  # as it stands in the catalogue
        for private in ("CANARY-NOTE", "花子", "1000001", SHELF, "is_read", "patron_id"):
            assert private not in stranger.told


async def test_the_secret_is_in_no_log_and_not_in_the_database(real_portal, link):
    async with real_portal.tab(path=link) as stranger:
        await stranger.send(OPEN)
        await stranger.send(f"{OPEN}_nothing")
        await stranger.send(OPEN, sort=link)
    async with httpx.AsyncClient(base_url=real_portal.origin) as browser:
        await browser.get(link)
        await browser.get(routes.HOME, headers={"Referer": real_portal.origin + link})

    assert real_portal.left_behind() == []


async def test_another_patron_neither_sees_nor_withdraws_the_link(real_portal, kens_tab, link):
    """Ken has given a shelf of his own the number of hers."""
    for act in (LOOK, WITHDRAW):
        await kens_tab.send(act, shelf_id=SHELF)
        assert _known(kens_tab)["address"] == ""
    await kens_tab.send(MAKE, shelf_id=SHELF)
    await kens_tab.send(WITHDRAW, shelf_id=SHELF)

    async with real_portal.tab(path=link) as stranger:
        await _has_opened(stranger)
        assert stranger.var("shared_shelf_state", "shelf")["name"] == "夏に読む本"


@pytest.mark.parametrize("act", [LOOK, MAKE, WITHDRAW])
async def test_a_stranger_cannot_ask_about_a_link(real_portal, link, act):
    async with real_portal.tab() as stranger:
        await stranger.send(act, shelf_id=SHELF)

        assert _known(stranger) is None
        assert len(stranger.sent_to) == 1
    with Session(real_portal.engine) as tx:
        assert len(tx.exec(select(tables.ShelfLink)).all()) == 1


async def test_a_withdrawn_link_answers_as_one_that_never_was(real_portal, link):
    secret = await real_portal.sign_in("1000001", PASSWORD)
    async with real_portal.tab(secret) as hers:
        await hers.send(WITHDRAW, shelf_id=SHELF)

    told = []
    for address in (link, f"/shared/{'A' * 24}", "/shared/nonsense", "/shared/%00", "/"):
        async with real_portal.tab(path=address) as stranger:
            await stranger.send(OPEN)
            await _has_opened(stranger)
            told.append(stranger.var("shared_shelf_state", "shelf"))

    assert told == [None] * len(told)


async def test_no_index_of_pages_may_list_a_shared_shelf(real_portal, link):
    async with httpx.AsyncClient(base_url=real_portal.origin) as browser:
        answer, other = await browser.get(link), await browser.get("/_health")

    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "x-robots-tag" not in other.headers


def _known(tab: Tab):
    return tab.var("shelf_link_state", "known")


async def _has_opened(tab: Tab) -> None:
    """Wait until the page has looked where its address leads."""
    await tab.until(lambda: tab.var("shared_shelf_state", "is_loaded"))
