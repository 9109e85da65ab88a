"""Doing what the portal does by itself, beside the processes that serve it."""

import asyncio
import signal

import typer

from portal_app.cli import database, serve
from portal_app.jobs.loop import work_for_ever
from portal_app.settings import Settings


def worker() -> None:
    """Do what is done every now and then, until Ctrl-C ends it. The portal does it, too."""
    settings = Settings.read()
    signal.signal(signal.SIGTERM, serve.as_ctrl_c)
    database.open_database(settings)
    database.bring_up_to_date(settings)
    typer.echo("Working. Ctrl-C ends it.")
    try:
        asyncio.run(work_for_ever())
    except KeyboardInterrupt:
        return
