"""Builds that differ from the one of today, made of it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from portal_app.browser.worker import WORKER, worker_for
from portal_app.cli.environment import for_our_programs
from portal_app.settings import PROJECT

OLDER_RELEASE = "e2e.offline.older_release"


def build_for(app: str, *, pages: Path, to: Path) -> Path:
    """Return a copy of a build whose pages belong to the states of another app."""
    shutil.copytree(pages, to)
    client = to / "build/client"
    for file in client.rglob("*"):
        if file.suffix in (".br", ".gz"):
            file.unlink()  # of the file as it was
    names = {schema_of("portal_app.portal_app"): schema_of(app)}
    # What holds something else has another name, as the bundler sees to.
    for script in client.glob("assets/*.js"):
        names[script.name] = f"{script.stem}0{script.suffix}"
        script.rename(script.with_name(names[script.name]))
    for file in (*client.rglob("*.js"), *client.rglob("*.html")):
        text = file.read_text("utf-8")
        for name, other in names.items():
            text = text.replace(name, other)
        file.write_text(text, "utf-8")
    routes = json.loads((to / "routes.json").read_text("utf-8"))
    (client / WORKER.lstrip("/")).write_text(worker_for(client, routes=routes), "utf-8")
    return to


def schema_of(app: str) -> str:
    """Return what the pages of an app must say to be understood."""
    program = f"import {app}; import reflex as rx; print(rx.State._to_frontend_schema())"
    return subprocess.check_output(
        [sys.executable, "-c", program], cwd=PROJECT, env=for_our_programs(), text=True
    ).split()[-1]
