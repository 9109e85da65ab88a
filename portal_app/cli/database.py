"""Opening, migrating and saving the database."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Annotated

import typer
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from portal_app.cli.refusals import Failed, WrongUse
from portal_app.data.database import connect
from portal_app.settings import PROJECT, Settings

KINDS = ("sqlite", "postgresql")


def migrate() -> None:
    """Bring the database up to the tables of this portal."""
    settings = Settings.read()
    open_database(settings)
    bring_up_to_date(settings)


def backup(
    file: Annotated[Path, typer.Argument(help="A file that does not exist yet.")],
) -> None:
    """Save the whole database into FILE, while the portal goes on serving."""
    engine = open_database(Settings.read())
    try:
        # Patrons are in it: nobody else on this machine may read it.
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as refusal:
        message = f"{file} cannot be written: {refusal.strerror}."
        raise WrongUse(message) from None
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("VACUUM INTO ?", (str(file),))  # not possible after BEGIN
        finally:
            raw.close()
        return
    _dump(engine, file)


def open_database(settings: Settings) -> Engine:
    """Return the database that the settings name, or say why it cannot be opened."""
    shown = _shown(settings.database_url)
    try:
        settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        engine = connect(settings.database_url)
        with engine.connect():
            return engine
    except DBAPIError as refusal:
        message = f"The database {shown} cannot be opened: {_first_line(refusal)}."
    except OSError as refusal:
        message = f"{settings.folder} cannot be used as PORTAL_FOLDER: {refusal.strerror}."
    raise WrongUse(message)


def bring_up_to_date(settings: Settings) -> None:
    """Run every migration that the database has not seen."""
    migrations = Config(PROJECT / "alembic.ini")
    migrations.attributes["database_url"] = settings.database_url
    try:
        command.upgrade(migrations, "head")
    except CommandError as refusal:
        message = f"The database belongs to another version of the portal: {refusal}."
        raise WrongUse(message) from None
    except DBAPIError as refusal:
        message = f"The database could not be migrated: {_first_line(refusal)}."
        raise WrongUse(message) from None


def _shown(database_url: str) -> str:
    try:
        address = make_url(database_url)
        if address.get_backend_name() in KINDS:
            return address.render_as_string(hide_password=True)
    except ArgumentError:
        pass
    message = "PORTAL_DATABASE_URL is neither sqlite:///FILE nor postgresql://USER@HOST/NAME."
    raise WrongUse(message)


def _first_line(refusal: DBAPIError) -> str:
    return str(refusal.orig).strip().partition("\n")[0].rstrip(".")


def _dump(engine: Engine, file: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        message = "Saving a PostgreSQL database needs the program pg_dump on the PATH."
        raise WrongUse(message)
    address = engine.url.set(drivername="postgresql", password=None)
    finished = subprocess.run(
        [program, "--format=custom", f"--file={file}", address.render_as_string()],
        # Arguments are seen by everyone on the machine, the environment is not.
        env=os.environ | {"PGPASSWORD": engine.url.password or ""},
        check=False,
    )
    if finished.returncode:
        message = "pg_dump could not save the database; the lines above say why."
        raise Failed(message)
