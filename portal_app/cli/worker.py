"""Doing what the portal does by itself, beside the processes that serve it."""

import asyncio
import signal

import typer

from portal_app import libraries
from portal_app.browser.words import words_of
from portal_app.cli import database, serve
from portal_app.jobs.loop import work_for_ever
from portal_app.jobs.sending import Office, send_for_ever
from portal_app.settings import Settings
from portal_app.state import showing
from portal_app.text import adopt


def worker() -> None:
    """Send mail and do what is done every now and then. A portal that is served does so, too."""
    settings = Settings.read()
    signal.signal(signal.SIGTERM, serve.as_ctrl_c)
    database.open_database(settings)
    database.bring_up_to_date(settings)
    showing.watch(settings)
    typer.echo("Working. Ctrl-C ends it.")
    try:
        asyncio.run(_work(settings))
    except KeyboardInterrupt:
        return


async def _work(settings: Settings) -> None:
    library = libraries.load(settings.library)
    adopt(words_of(library))
    await asyncio.gather(work_for_ever(), send_for_ever(Office.of(settings, library=library)))
