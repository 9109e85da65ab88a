"""Portals that are really served, for those who attack them."""

import datetime as dt
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.error import URLError

import pytest
import pytest_asyncio
from sqlmodel import Session, col, delete, select

from portal_app import clock
from portal_app.data import tables
from portal_app.data.database import open_engine
from portal_app.data.passwords import hash_password
from portal_app.domain.catalogue import Audience, MaterialClass
from portal_app.domain.mail import AddressKind
from portal_app.settings import PROJECT
from tests.web.wire import TERMINAL, Portal, Tab

BELONGINGS = {71: "CANARY-LOAN", 72: "CANARY-HOLD", 73: "CANARY-CART"}
PASSWORD = "correct horse 1"
TELEPHONE = "0990001234"
SECONDS = 60


@pytest.fixture(scope="session")
def served_small_portal(tmp_path_factory, empty_sqlite) -> Iterator[Portal]:
    folder = tmp_path_factory.mktemp("small_portal")
    shutil.copy(empty_sqlite, folder / "portal.db")
    with served("tests.web.small_portal:app", folder) as portal:
        with Session(portal.engine) as tx, tx.begin():
            add_cast(tx)
            add_desk(tx)
        yield portal


@pytest.fixture
def portal(served_small_portal: Portal) -> Portal:
    """The small portal, whose doors listen."""
    served_small_portal.forget_guesses()
    return served_small_portal


@pytest.fixture(scope="session")
def served_portal(tmp_path_factory, empty_sqlite) -> Iterator[Portal]:
    folder = tmp_path_factory.mktemp("portal")
    shutil.copy(empty_sqlite, folder / "portal.db")
    with served("portal_app.portal_app:app", folder) as portal:
        with Session(portal.engine) as tx, tx.begin():
            add_cast(tx)
            tx.flush()  # what they have needs them first
            add_desk(tx)
            add_belongings(tx)
        yield portal


@pytest.fixture
def real_portal(served_portal: Portal) -> Portal:
    """The real portal, whose doors listen."""
    served_portal.forget_guesses()
    return served_portal


@pytest_asyncio.fixture
async def kens_tab(real_portal: Portal) -> AsyncIterator[Tab]:
    """A tab of the real portal in which Ken has signed in, with nothing in his cart."""
    with Session(real_portal.engine) as tx, tx.begin():
        tx.exec(delete(tables.CartLine).where(col(tables.CartLine.patron_id) == 2))
    secret = await real_portal.sign_in("1000002", PASSWORD)
    async with real_portal.tab(secret) as tab:
        yield tab


@pytest_asyncio.fixture
async def hanako(portal: Portal) -> str:
    """The secret in Hanako's cookie: she has signed in."""
    return await portal.sign_in("1000001", PASSWORD)


@pytest_asyncio.fixture
async def midori(portal: Portal) -> str:
    """The secret in the cookie of Midori's desk."""
    return await portal.open_desk("midori", PASSWORD)


@pytest_asyncio.fixture
async def ken(portal: Portal) -> str:
    """The secret in Ken's."""
    return await portal.sign_in("1000002", PASSWORD)


@pytest_asyncio.fixture
async def mei(portal: Portal) -> str:
    """The secret in Mei's, whose password is still the first one."""
    return await portal.sign_in("1000003", "19800101")


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Someone whose password a test may change."""

    portal: Portal
    card: str
    secret: str

    def has_first_password(self, password: str) -> None:
        """Let the password be the first one again."""
        with Session(self.portal.engine) as tx, tx.begin():
            patron = tx.exec(select(tables.Patron).where(tables.Patron.card_number == self.card))
            _give(patron.one(), password, is_initial=True)


@pytest_asyncio.fixture
async def newcomer(portal: Portal) -> Newcomer:
    """Someone whose password a test may change."""
    card = "1000009"
    with Session(portal.engine) as tx, tx.begin():
        known = tx.exec(select(tables.Patron).where(tables.Patron.card_number == card)).first()
        patron = known or _patron(card, "CANARY 新")
        _give(patron, PASSWORD, is_initial=False)
        tx.add(patron)
    return Newcomer(portal=portal, card=card, secret=await portal.sign_in(card, PASSWORD))


@contextmanager
def served(app: str, folder: Path) -> Iterator[Portal]:
    """Serve an app from its own process, with an idle time of a minute."""
    rules = (files("portal_app.libraries") / "kagoshima.toml").read_text("utf-8")
    library = folder / "library.toml"
    library.write_text(rules.replace("idle_seconds = 3600", "idle_seconds = 60"), "utf-8")
    port = _free_port()
    origin = f"http://127.0.0.1:{port}"
    database = f"sqlite:///{folder / 'portal.db'}"
    log = folder / "portal.log"
    settings = {
        "PORTAL_FOLDER": str(folder),
        "PORTAL_DATABASE_URL": database,
        "PORTAL_LIBRARY": str(library),
        "PORTAL_ORIGIN": origin,
        "PORTAL_PORT": str(port),
        "PORTAL_TERMINALS": f"192.0.2.0/24, {TERMINAL}",
        "REFLEX_WEB_WORKDIR": str(folder / "web"),
        "REFLEX_ENV_MODE": "prod",
        "__REFLEX_SKIP_COMPILE": "true",
    }
    with log.open("wb") as lines:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "asgi", "--factory"),
                *("--host", "127.0.0.1", "--port", str(port), "--workers", "1"),
                *("--log-level", "warning", "--workers-kill-timeout", "5", app),
            ],
            cwd=PROJECT,
            env=os.environ | settings,
            stdin=subprocess.DEVNULL,
            stdout=lines,
            stderr=lines,
        )
    # As the portal itself writes, so that neither interrupts the other.
    engine = open_engine(database).execution_options(portal_writes=True)
    portal = Portal(origin=origin, engine=engine, folder=folder)
    try:
        _wait_for(origin, server, log)
        yield portal
    finally:
        engine.dispose()
        server.send_signal(signal.SIGTERM)
        server.wait(SECONDS)
    assert portal.left_behind() == []  # by all the tests together


def add_cast(tx: Session) -> None:
    """Hanako and Ken have passwords; Mei has never signed in."""
    chosen = hash_password(PASSWORD)
    for card_number, name in (("1000001", "CANARY 花子"), ("1000002", "CANARY 健")):
        tx.add(_patron(card_number, name, password_hash=chosen, password_is_initial=False))
    tx.add(_patron("1000003", "CANARY 芽衣", password_hash=hash_password("19800101")))


def add_desk(tx: Session) -> None:
    """Midori works at the desk of the main branch; Minoru has left."""
    tx.add(tables.Branch(code="main", name="本館", position=1))
    tx.flush()  # those who work there need it first
    tx.add(_clerk("midori", "CANARY みどり"))
    tx.add(_clerk("minoru", "CANARY みのる", left_on=clock.now().date()))


def add_belongings(tx: Session) -> None:
    """Hanako has a loan, a hold and something in her cart, none of it anybody's business."""
    today = clock.now()
    for record_id, title in BELONGINGS.items():
        tx.add(
            tables.BibliographicRecord(
                id=record_id,
                key=title,
                digest="",
                title=title,
                title_sort=title,
                author_sort="",
                material=MaterialClass.BOOK,
                audience=Audience.GENERAL,
                added_on=dt.date(2020, 4, 1),  # long ago: what is new is shown to everybody
            )
        )
    tx.flush()  # the rest needs its record first
    tx.add(tables.Item(id=6001, record_id=71, barcode="6001", branch_code="main"))
    tx.flush()  # a loan needs its item first
    tx.add(
        tables.Loan(
            id=7001,
            patron_id=1,
            item_id=6001,
            branch_code="main",
            lent_on=today.date(),
            due_on=today.date() + dt.timedelta(days=3),
        )
    )
    tx.add(
        tables.Hold(
            id=8001,
            patron_id=1,
            record_id=72,
            slot=1,
            queue_number=1,
            pickup_branch="main",
            contact_method="none",
            placed_at=today,
        )
    )
    tx.add(tables.CartLine(patron_id=1, record_id=73, added_at=today))
    tx.add(
        tables.MailAddress(
            patron_id=1,
            place=1,
            address="xCANARY-MAIL@example.jp",
            kind=AddressKind.PC,
            confirmed_at=today,
        )
    )
    tx.get_one(tables.Patron, 1).telephone = TELEPHONE


def _patron(card_number: str, name: str, **facts) -> tables.Patron:
    return tables.Patron(
        card_number=card_number,
        name=name,
        card_expires_on=dt.date(2099, 3, 31),
        born_on=dt.date(1980, 1, 1),
        **facts,
    )


def _clerk(login: str, name: str, **facts) -> tables.StaffMember:
    return tables.StaffMember(
        login=login,
        name=name,
        password_hash=hash_password(PASSWORD),
        branch_code="main",
        **facts,
    )


def _give(patron: tables.Patron, password: str, *, is_initial: bool) -> None:
    patron.password_hash = hash_password(password)
    patron.password_is_initial = is_initial


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def _wait_for(origin: str, server: subprocess.Popen[bytes], log: Path) -> None:
    give_up_at = time.monotonic() + SECONDS
    while time.monotonic() < give_up_at:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{origin}/_health", timeout=1):  # noqa: S310  our own address
                return
        except (URLError, OSError):
            continue  # the attempt itself takes a moment
    pytest.fail(f"The portal did not start:\n{log.read_text()}")
