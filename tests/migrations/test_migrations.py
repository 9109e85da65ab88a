"""The migrations make the tables that the code describes, on both kinds of database."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from portal_app.data import search_index, tables  # noqa: F401  make themselves known
from portal_app.data.database import open_engine
from portal_app.settings import PROJECT

SEARCH_INDEX = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE name LIKE 'search%' ORDER BY name",
    "postgresql": (
        "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
        " WHERE table_name LIKE 'search%' UNION ALL"
        " SELECT tablename, indexname, indexdef, '' FROM pg_indexes"
        " WHERE tablename LIKE 'search%' ORDER BY 1, 2"
    ),
}
BEFORE_LOANS_WERE_FORGOTTEN = Path(__file__).with_name("before_loans_were_forgotten.sql")


@pytest.fixture
def engine(database_url):
    """An engine on a database that no migration has seen."""
    opened = open_engine(database_url)
    SQLModel.metadata.drop_all(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def migrations(engine, database_url) -> Config:
    """Alembic, pointed at that database."""
    config = Config(PROJECT / "alembic.ini")
    config.attributes["database_url"] = database_url
    return config


def test_migrations_form_a_single_line():
    scripts = ScriptDirectory.from_config(Config(PROJECT / "alembic.ini"))

    assert len(scripts.get_heads()) == 1


def test_migrations_build_the_tables_as_written(migrations):
    command.upgrade(migrations, "head")

    command.check(migrations)


def test_migrations_build_the_checks_as_written(engine, migrations):
    SQLModel.metadata.create_all(engine)
    written = _checks(engine)
    SQLModel.metadata.drop_all(engine)

    command.upgrade(migrations, "head")

    assert _checks(engine) == written


def test_migrations_build_the_search_index_as_written(engine, migrations):
    SQLModel.metadata.create_all(engine)
    written = _search_index(engine)
    SQLModel.metadata.drop_all(engine)

    command.upgrade(migrations, "head")

    assert written
    assert _search_index(engine) == written


def test_migrations_can_be_undone_and_redone(engine, migrations):
    command.upgrade(migrations, "head")
    command.downgrade(migrations, "base")
    left = set(sa.inspect(engine).get_table_names())
    command.upgrade(migrations, "head")

    assert left == {"alembic_version"}


def test_a_migration_that_fails_leaves_the_database_as_it_was(engine, migrations):
    with engine.begin() as connection:
        # The index comes after the tables; it cannot be made where a table has its name.
        connection.exec_driver_sql("CREATE TABLE search_entry (id INTEGER)")

    with pytest.raises(DBAPIError):
        command.upgrade(migrations, "head")

    assert sa.inspect(engine).get_table_names() == ["search_entry"]


def _checks(engine: sa.Engine) -> dict[str, set[tuple[str | None, str]]]:
    inspector = sa.inspect(engine)
    return {
        table: {
            (check["name"], check["sqltext"]) for check in inspector.get_check_constraints(table)
        }
        for table in SQLModel.metadata.tables
    }


def _search_index(engine: sa.Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        rows = connection.execute(sa.text(SEARCH_INDEX[engine.dialect.name]))
        return [tuple(row) for row in rows]


def test_what_was_lent_and_held_before_is_still_there_and_what_is_over_is_nobodys(
    engine, migrations
):
    command.upgrade(migrations, "20261122_shelf_links")
    with engine.begin() as connection:
        for statement in BEFORE_LOANS_WERE_FORGOTTEN.read_text("utf-8").split(";\n"):
            connection.exec_driver_sql(statement)

    command.upgrade(migrations, "head")

    with engine.connect() as connection:
        loans = connection.exec_driver_sql("SELECT id, patron_id FROM loan ORDER BY id").all()
        holds = connection.exec_driver_sql(
            "SELECT id, patron_id, end_reason FROM hold ORDER BY id"
        ).all()
    assert [tuple(row) for row in loans] == [(1, 1), (2, None)]
    assert [tuple(row) for row in holds] == [
        (1, 1, None),
        (2, None, None),
        (3, 1, "by_patron"),
        (4, 1, "not_picked_up"),
    ]
