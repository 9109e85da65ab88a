"""Filling an empty database with a catalogue that was never printed."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
from sqlmodel import Session, select

from portal_app import clock, libraries
from portal_app.cli import database
from portal_app.cli.refusals import WrongUse
from portal_app.data import catalogue, search_index, synthetic, synthetic_readers
from portal_app.data.database import reading, transactional
from portal_app.data.tables import BibliographicRecord, Patron
from portal_app.domain.catalogue import CataloguedRecord
from portal_app.services import branches
from portal_app.settings import Settings

BATCH = 10_000
MOST_RECORDS = 10_000_000


def demo_command(
    records: Annotated[
        int, typer.Option(min=1, max=MOST_RECORDS, help="How many records there shall be.")
    ] = 100_000,
) -> None:
    """Fill an empty database with made-up records, items and loans: the same ones every time."""
    settings = Settings.read()
    library = libraries.load(settings.library)
    database.open_database(settings)
    database.bring_up_to_date(settings)
    if not _is_empty():
        message = (
            "The database is not empty, and ./portal demo mixes nothing into a library's own"
            " records. Name another one in PORTAL_DATABASE_URL, or move this one away."
        )
        raise WrongUse(message)
    branches.open_branches(branches=library.branches)
    columns = (*Progress.get_default_columns()[:1], BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn()) as progress:
        task = progress.add_task("Records", total=records)
        for done in fill(records, branches=library.pickup_branches, today=clock.now().date()):
            progress.update(task, completed=done)


def fill(count: int, *, branches: Sequence[str], today: dt.date) -> Iterator[int]:
    """Write so many records, with readers who have some at home, and yield how many there are."""
    source = synthetic.records(count, branches=branches)
    done = 0
    while batch := list(islice(source, BATCH)):
        _put(records=batch, today=today)
        done += len(batch)
        yield done
    _finish(today=today)


@reading
def _is_empty(tx: Session) -> bool:
    return not any(
        tx.exec(select(column).limit(1)).first() for column in (BibliographicRecord.id, Patron.id)
    )


@transactional
def _put(tx: Session, *, records: Sequence[CataloguedRecord], today: dt.date) -> None:
    if tx.connection().dialect.name == "sqlite":
        # The pages of a large index do not fit into the two megabytes that are usual.
        tx.connection().exec_driver_sql("PRAGMA cache_size = -500000")
    catalogue.put_records(tx, records=records, today=today)


@transactional
def _finish(tx: Session, *, today: dt.date) -> None:
    synthetic_readers.put_readers(tx, today=today)
    search_index.tidy(tx)
