"""Serving the portal while its code changes."""

from watchfiles import watch

from portal_app import libraries
from portal_app.cli import serve, serving
from portal_app.settings import PROJECT, Settings

WATCHED = ("portal_app", "assets", "rxconfig.py")


def dev() -> int:
    """Serve the portal, and build and serve it again after every change of its code."""
    settings = Settings.read()
    library = libraries.load(settings.library)
    serving.refuse_a_taken_port(settings)
    cast = serve.prepare(settings, library=library)
    server = serve.start(settings)
    serve.introduce(settings, library=library, cast=cast)
    try:
        for _changes in watch(*(PROJECT / name for name in WATCHED), raise_interrupt=False):
            serving.stop(server)
            server = serve.start(settings)
    finally:
        serving.stop(server)
    return 0
