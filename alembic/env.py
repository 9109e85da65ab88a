"""Run migrations against the database the caller has chosen."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from portal_app.data import tables  # noqa: F401  registers every table
from portal_app.data.database import open_engine
from portal_app.settings import Settings

# Any number that nothing else locks: of machines that start together, one migrates.
MIGRATING = 8300


def migrate(connection: Connection) -> None:
    """Run the migrations in one transaction: all of them happen, or none."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        include_name=is_a_table_of_ours,
        render_as_batch=True,  # SQLite cannot alter a table in place
        render_item=as_the_database_has_it,
        transactional_ddl=True,  # SQLite can, since we say BEGIN ourselves
    )
    context.run_migrations()
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            message = f"A migration left rows that refer to nothing: {orphans}"
            raise RuntimeError(message)


def is_a_table_of_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out the search index, which no table class describes."""
    return not (kind == "table" and name and name.startswith("search_"))


def as_the_database_has_it(kind: str, thing: Any, _context: object) -> str | Literal[False]:  # noqa: ANN401  as Alembic declares it
    """Write a plain type where the tables have one of ours, which may change or go."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl_instance!r}"
    return False


url = context.config.attributes.get("database_url") or Settings.read().database_url
engine = open_engine(url).execution_options(portal_writes=True)
try:
    with engine.connect() as chosen:
        if chosen.dialect.name == "sqlite":
            # A batch drops a table and renames its copy; with foreign keys on, the
            # drop would delete every row that refers to it. Not possible after BEGIN.
            chosen.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with chosen.begin():
            migrate(chosen)
finally:
    engine.dispose()
