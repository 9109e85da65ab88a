"""Serving the portal while its code changes."""

import signal
import subprocess
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from time import monotonic

from watchfiles import watch

from portal_app import libraries
from portal_app.browser.worker import WORKER
from portal_app.cli import building, serve, serving
from portal_app.cli.refusals import Failed
from portal_app.settings import PROJECT, Settings

WATCHED = ("portal_app", "assets", "rxconfig.py")

# What only the server does. No page is drawn from it, so the pages stay as they are.
BEHIND_THE_PAGES = tuple(
    PROJECT / "portal_app" / folder
    for folder in ("cli", "data", "exchange", "jobs", "services", "web")
)


def dev() -> int:
    """Serve the portal, and show every change of its code in the pages that are open."""
    settings = Settings.read()
    library = libraries.load(settings.library)
    serving.refuse_a_taken_port(settings)
    signal.signal(signal.SIGTERM, serve.as_ctrl_c)
    cast = serve.prepare(settings, library=library)
    with serve.console.status("Building the pages …"):
        _draw(settings)
    server = _start(settings)
    try:
        serve.introduce(settings, library=library, cast=cast)
        for changes in watch(*(PROJECT / name for name in WATCHED)):
            server = _show({Path(path) for _, path in changes}, settings, server)
    except KeyboardInterrupt:
        return 0
    finally:
        serving.stop(server)
    return 0


def _show(
    changed: Iterable[Path], settings: Settings, server: subprocess.Popen[bytes]
) -> subprocess.Popen[bytes]:
    """Return the server that has taken a change over, or the former one if it is faulty."""
    began_at = monotonic()
    try:
        if any(_is_seen(file) for file in changed):
            _draw(settings)
        serving.stop(server)
        server = _start(settings)
    except Failed as failure:
        serve.console.print(f"{failure}\nThe next change tries again.", markup=False)
    else:
        serve.console.print(f"Shown after {monotonic() - began_at:.1f} s.")
    return server


def _is_seen(file: Path) -> bool:
    return not any(file.is_relative_to(folder) for folder in BEHIND_THE_PAGES)


def _draw(settings: Settings) -> None:
    """Draw the pages anew, with a worker that puts them in the place of those that are open."""
    pages = building.draft(library=settings.library, demonstration=settings.demonstration)
    worker = pages / "build" / "client" / WORKER.lstrip("/")
    drafts = (files("portal_app.browser") / "worker_of_drafts.js").read_text("utf-8")
    worker.write_text(worker.read_text("utf-8") + drafts, "utf-8")
    worker.with_name(f"{worker.name}.gz").unlink()  # of the worker as it was


def _start(settings: Settings) -> subprocess.Popen[bytes]:
    return serving.start(settings, pages=building.DRAFT)
