"""Taking over what a desk has done in another system."""

import sys
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from portal_app import clock, libraries
from portal_app.cli import database
from portal_app.cli.import_lists import REJECTED, Lists
from portal_app.cli.refusals import WrongUse
from portal_app.domain.policies import Library
from portal_app.exchange.circulation_events import NoEvent, read_events
from portal_app.exchange.outcomes import NotReadable
from portal_app.services import branches, circulation_events
from portal_app.services.circulation_events import NotDone
from portal_app.settings import Settings
from portal_app.text import Lang, say

SOME_REJECTED = 1

_SENTENCES = {
    "circulation_events.not_yet": "the time is still to come",
    "circulation_events.unknown_branch": "the library has no such branch",
}


def import_circulation_command(
    file: Annotated[
        Path, typer.Argument(help="CSV or TSV with the columns at, event, barcode, card, branch.")
    ],
) -> int:
    """Do again what a desk did in another system: docs/desk.md says more."""
    settings = Settings.read()
    library = libraries.load(settings.library)
    try:
        with file.open("rb") as stream:
            database.open_database(settings)
            database.bring_up_to_date(settings)
            branches.open_branches(branches=library.branches)
            return import_circulation(file, stream, library=library)
    except OSError as refusal:
        message = f"{file} cannot be read: {refusal.strerror}."
        raise WrongUse(message) from None
    except NotReadable as refusal:
        message = f"{file} cannot be used: {refusal}."
        raise WrongUse(message) from None


def import_circulation(file: Path, stream: BinaryIO, *, library: Library) -> int:
    """Apply the events of a file to the connected database, and return the exit status."""
    lists, done, rejected = Lists(), 0, 0
    lists.begin(file)
    for event in read_events(stream, zone=clock.LIBRARY_TIME):
        reason = str(event.reason) if isinstance(event, NoEvent) else ""
        if not isinstance(event, NoEvent):
            not_done = circulation_events.apply(event=event, library=library, now=clock.now())
            reason = _sentence(not_done) if not_done else ""
        if reason:
            rejected += 1
            lists.add(file, REJECTED, (event.number, reason))
        else:
            done += 1
    for path in lists.close():
        sys.stderr.write(f"{path} says what was not done, and why.\n")
    sys.stdout.write(f"read {done + rejected} = done {done} + rejected {rejected}\n")
    return SOME_REJECTED if rejected else 0


def _sentence(not_done: NotDone) -> str:
    if not_done.key in _SENTENCES:
        return _SENTENCES[not_done.key]
    return say(not_done.key, Lang.EN, limit=not_done.limit, day=not_done.on)
