"""./portal dev: what is saved is shown in the pages that are open."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from e2e.pages.home import HomePage
from e2e.ports import free_port
from portal_app.settings import PREFIX, PROJECT

LAST_LINE = "Ctrl-C ends it."
NEEDED = (
    *("portal_app", "alembic", "alembic.ini", "assets"),
    *("reflex.lock", "requirements.lock", "rxconfig.py"),
)
MILLISECONDS_TO_SHOW = 120_000  # a dozen seconds where nothing else is going on


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project, with what npm has installed, to change at will."""
    for name in NEEDED:
        source, copy = PROJECT / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, copy)
        else:
            shutil.copy2(source, copy)
    modules = PROJECT / ".web" / "node_modules"
    if modules.exists():
        others = shutil.ignore_patterns(modules.name, "build")
        shutil.copytree(modules.parent, tmp_path / ".web", ignore=others)
        (tmp_path / ".web" / modules.name).symlink_to(modules)
    return tmp_path


@pytest.fixture
def address(project: Path) -> Iterator[str]:
    """Where the developer looks at the copy."""
    port = free_port()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    with subprocess.Popen(
        [sys.executable, "-m", "portal_app.cli", "dev"],
        cwd=project,
        env={**inherited, "PYTHONPATH": str(project), "PORTAL_PORT": str(port)},
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout
        assert any(line.strip() == LAST_LINE for line in running.stdout)
        yield f"http://localhost:{port}"
        running.send_signal(signal.SIGINT)


def test_what_is_saved_is_shown_in_the_pages_that_are_open(
    address: str, chromium: Browser, project: Path
):
    page = chromium.new_page(base_url=address)
    home = HomePage(page).open()
    page.evaluate("navigator.serviceWorker.ready")

    texts = project / "portal_app/text/home.toml"
    texts.write_text(texts.read_text("utf-8").replace(home.say("home.title"), "本と会う"), "utf-8")

    expect(page.get_by_role("heading", name="本と会う", level=1)).to_be_visible(
        timeout=MILLISECONDS_TO_SHOW
    )
