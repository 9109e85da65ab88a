"""Putting a library's own catalogue into the portal."""

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from sqlalchemy.exc import DBAPIError

from portal_app import clock, libraries
from portal_app.cli import database
from portal_app.cli.import_lists import ITEMS_LEFT_OUT, REJECTED, Lists, path_of
from portal_app.cli.refusals import Failed, WrongUse
from portal_app.exchange.catalogue_files import CatalogueFile
from portal_app.exchange.columns import default_mapping, read_mapping
from portal_app.exchange.outcomes import (
    Catalogued,
    Deleted,
    NotReadable,
    Outcome,
    Reason,
    Rejected,
)
from portal_app.services import branches, imports
from portal_app.settings import Settings

BATCH = 500
SOME_REJECTED = 1


@dataclass(slots=True, kw_only=True)
class Tally:
    """How many records met which end."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    left: int = 0
    rejected: int = 0
    items_left_out: int = 0

    @property
    def read(self) -> int:
        """Return how many records there were."""
        return self.new + self.updated + self.unchanged + self.left + self.rejected

    @property
    def line(self) -> str:
        """Return the last line of an import. Most have no record that leaves."""
        left = f" + left {self.left}" if self.left else ""
        return (
            f"read {self.read} = new {self.new} + updated {self.updated}"
            f" + unchanged {self.unchanged}{left} + rejected {self.rejected}"
        )


def import_command(
    files: Annotated[
        list[Path],
        typer.Argument(help="MARC 21 (ISO 2709), MARCXML, CSV or TSV; docs/import.md says more."),
    ],
    mapping: Annotated[
        Path | None, typer.Option(help="A TOML file that says what your headings mean.")
    ] = None,
) -> int:
    """Put the records of FILES into the catalogue; a second time only what has changed."""
    settings = Settings.read()
    library = libraries.load(settings.library)
    with ExitStack() as stack:
        sources = _opened(files, mapping, stack)
        database.open_database(settings)
        database.bring_up_to_date(settings)
        branches.open_branches(branches=library.branches)
        return _import(sources)


def import_files(files: Sequence[Path], mapping: Path | None = None) -> int:
    """Import files into the database that is connected, and return the exit status."""
    with ExitStack() as stack:
        return _import(_opened(files, mapping, stack))


def _opened(
    files: Sequence[Path], mapping: Path | None, stack: ExitStack
) -> list[tuple[Path, CatalogueFile]]:
    """Open every file before the first is imported: a mistake in the last changes nothing."""
    try:
        meaning = read_mapping(mapping) if mapping else default_mapping()
        sources = [(file, stack.enter_context(CatalogueFile(file, meaning))) for file in files]
    except NotReadable as refusal:
        raise WrongUse(str(refusal)) from None
    for file in files:
        path_of(file, REJECTED)
    return sources


def _import(sources: Sequence[tuple[Path, CatalogueFile]]) -> int:
    tally, lists = Tally(), Lists()
    try:
        with _progress() as progress:
            for file, source in sources:
                lists.begin(file)
                task = progress.add_task(file.name, total=1.0)
                for outcomes in _batches(source):
                    _import_batch(outcomes, file=file, tally=tally, lists=lists)
                    progress.update(task, completed=source.share_read())
                progress.update(task, completed=1.0)
        if tally.new or tally.updated or tally.left:
            imports.finish()
    except (DBAPIError, sqlite3.Error, OSError) as failure:
        message = (
            f"The import stopped after {tally.read} records: {_first_line(failure)}."
            " They are in the catalogue; the same command goes on from there."
        )
        raise Failed(message) from None
    finally:
        written = lists.close()
    for path in written:
        sys.stderr.write(f"{path} says what was not imported, and why.\n")
    sys.stdout.write(f"{tally.line}\n")
    return SOME_REJECTED if tally.rejected or tally.items_left_out else 0


def _batches(source: CatalogueFile) -> Iterator[list[Outcome]]:
    outcomes = source.outcomes()
    while batch := list(islice(outcomes, BATCH)):
        yield batch


def _import_batch(outcomes: Sequence[Outcome], *, file: Path, tally: Tally, lists: Lists) -> None:
    """Act on a batch in the order of its file, count all of it and list what was rejected.

    A record may be deleted and brought again, or the other way round.
    """
    rejected: list[tuple[int, str]] = []
    for kind, run in groupby(outcomes, key=type):
        if kind is Catalogued:
            some = [one for one in run if isinstance(one, Catalogued)]
            rejected += _put(some, file=file, tally=tally, lists=lists)
        elif kind is Deleted:
            rejected += _let_leave([one for one in run if isinstance(one, Deleted)], tally=tally)
        else:
            rejected += [(one.number, one.sentence) for one in run if isinstance(one, Rejected)]
    tally.rejected += len(rejected)
    for number, sentence in sorted(rejected):
        lists.add(file, REJECTED, (number, sentence))


def _put(
    catalogued: Sequence[Catalogued], *, file: Path, tally: Tally, lists: Lists
) -> list[tuple[int, str]]:
    """Put records in the catalogue, and return which it refused, and why."""
    imported = imports.import_batch(
        records=[one.record for one in catalogued], today=clock.now().date()
    )
    tally.new += imported.new
    tally.updated += imported.updated
    tally.unchanged += imported.unchanged
    tally.items_left_out += len(imported.left_out)
    for item in imported.left_out:
        lists.add(file, ITEMS_LEFT_OUT, (item.key, item.barcode, item.branch, item.reason))
    return [(catalogued[one.place].number, one.reason) for one in imported.refused]


def _let_leave(deleted: Sequence[Deleted], *, tally: Tally) -> list[tuple[int, str]]:
    """Take records out of the catalogue, and return which it does not know, and why."""
    departed = imports.let_leave(keys=[one.key for one in deleted], today=clock.now().date())
    tally.left += departed.left
    tally.unchanged += departed.unchanged
    unknown = [deleted[place] for place in departed.unknown]
    return [(one.number, f"{Reason.DELETED_UNKNOWN}: {one.key}") for one in unknown]


def _progress() -> Progress:
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )


def _first_line(failure: Exception) -> str:
    cause = failure.orig if isinstance(failure, DBAPIError) else failure
    return str(cause).strip().partition("\n")[0].rstrip(".")
