"""Serving the portal while its code changes."""

import signal

import typer
from watchfiles import watch

from portal_app import libraries
from portal_app.cli import serve, serving
from portal_app.cli.refusals import Failed
from portal_app.settings import PROJECT, Settings

WATCHED = ("portal_app", "assets", "rxconfig.py")


def dev() -> int:
    """Serve the portal, and build and serve it again after every change of its code."""
    settings = Settings.read()
    library = libraries.load(settings.library)
    serving.refuse_a_taken_port(settings)
    signal.signal(signal.SIGTERM, serve.as_ctrl_c)
    cast = serve.prepare(settings, library=library)
    server = serve.start(settings)
    try:
        serve.introduce(settings, library=library, cast=cast)
        for _changes in watch(*(PROJECT / name for name in WATCHED)):
            serving.stop(server)
            try:
                server = serve.start(settings)
            except Failed as failure:
                typer.echo(f"{failure}\nThe next change tries again.", err=True)
    except KeyboardInterrupt:
        return 0
    finally:
        serving.stop(server)
    return 0
