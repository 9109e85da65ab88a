"""A tab without a browser: states as the server keeps them, above a real database."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import reflex as rx
import time_machine
from reflex.istate.data import ReflexURL, URLData
from reflex_base.event import Event, EventSpec
from sqlmodel import Session

from portal_app import libraries
from portal_app.data import tables
from portal_app.domain.catalogue import CataloguedItem, CataloguedRecord, Creator, MaterialClass
from portal_app.services.imports import import_batch
from portal_app.services.sessions import SignedIn
from portal_app.services.staff import AtDesk
from portal_app.state.desk_session import DeskSessionState
from portal_app.state.session import SessionState
from tests.conftest import NOW, TODAY

Answer = list[EventSpec | None]


@pytest.fixture
def database_url(empty_sqlite, tmp_path) -> str:
    """An empty library in SQLite: what differs between databases is tested below the states."""
    file = tmp_path / "portal.db"
    shutil.copy(empty_sqlite, file)
    return f"sqlite:///{file}"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    """The moment that the rest of the tests' people live in."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def pickup_branch(library, branches) -> str:
    """A branch of the library whose rules hold here, to pick things up at."""
    code = libraries.current().pickup_branches[0]
    with Session(library) as tx, tx.begin():
        tx.add(tables.Branch(code=code, name="本館", name_en="Main", position=3))
    return code


@pytest.fixture
async def tab(hanako: int) -> rx.State:
    """One tab, with Hanako signed in as the guard signs her in."""
    root = rx.State()
    session = await root.get_state(SessionState)
    session._welcome(
        SignedIn(
            id_hash="hash",
            patron_id=hanako,
            name="花子",
            card_masked="****001",
            card_expires_on=TODAY + dt.timedelta(days=100),
            must_change_password=False,
            cart_count=0,
            unread_count=0,
            display={},
            created_at=NOW,
            seen_at=NOW,
        ),
        owner="hanako",
    )
    return root


@pytest.fixture
async def desk(branches) -> rx.State:
    """One tab, with Midori at the desk of the main branch as the guard seats her."""
    root = rx.State()
    session = await root.get_state(DeskSessionState)
    session._welcome(
        AtDesk(
            id_hash="desk",
            staff_id=1,
            login="midori",
            name="みどり",
            branch_code="main",
            created_at=NOW,
            seen_at=NOW,
        )
    )
    return root


@pytest.fixture
def go_to(tab: rx.State) -> Callable[[str], None]:
    """Lead the tab to an address."""

    def go_to(address: str) -> None:
        tab.rx_router_url = URLData.from_url(ReflexURL(f"http://localhost{address}"))

    return go_to


@pytest.fixture
def three_works(branches) -> dict[str, int]:
    """Three works by two authors, found by every search for 小説."""
    works = {
        "こころ": ("夏目 漱石", 1914, MaterialClass.BOOK, "main"),
        "銀河鉄道の夜": ("宮沢 賢治", 1989, MaterialClass.BOOK, "west"),
        "三四郎": ("夏目 漱石", 1908, MaterialClass.CD, "main"),
    }
    import_batch(
        records=[
            CataloguedRecord(
                key=title,
                title=title,
                creators=(Creator(name=author, role="著"),),
                published_year=year,
                material=material,
                subjects=("小説",),
                items=(CataloguedItem(barcode=title, branch=branch),),
            )
            for title, (author, year, material, branch) in works.items()
        ],
        today=TODAY,
    )
    return {title: number for number, title in enumerate(works, start=1)}


async def answers(handler: Any) -> Answer:
    """Run a handler that answers in steps, to its end."""
    return [event async for event in handler]


def leads_to(event: object) -> str:
    """Return the address that an event leads the tab to."""
    [redirect] = Event.from_event_type([event])  # pyright: ignore[reportArgumentType]  as Reflex does
    return redirect.payload["path"]
