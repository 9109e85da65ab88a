"""./portal itself: from one command to pages, and to a clean end."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from e2e.ports import free_port
from portal_app.settings import PREFIX, PROJECT

LAST_LINE = "Ctrl-C ends it."


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def command(port, tmp_path) -> Iterator[subprocess.Popen[str]]:
    """./portal, as soon as it has said all it says."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    with subprocess.Popen(
        [sys.executable, "-m", "portal_app.cli", "serve"],
        cwd=PROJECT,
        env={**inherited, "PORTAL_FOLDER": str(tmp_path), "PORTAL_PORT": str(port)},
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        yield running
        if running.poll() is None:
            running.terminate()


def what_it_says(command: subprocess.Popen[str]) -> str:
    assert command.stdout
    said = ""
    for line in command.stdout:
        said += line
        if line.strip() == LAST_LINE:
            return said
    return pytest.fail(f"It ended instead: {said}")


def test_one_command_serves_the_portal_and_says_who_may_sign_in(command, port):
    said = what_it_says(command)

    assert f"http://localhost:{port}" in said
    assert "2024000276" in said
    with urlopen(f"http://localhost:{port}/") as page:
        assert 'lang="ja"' in page.read().decode()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_end_it_leaves_nothing_behind(command, port, end):
    what_it_says(command)

    command.send_signal(end)

    assert command.wait(timeout=20) == 0
    with pytest.raises(URLError):
        urlopen(f"http://localhost:{port}/_health")


def test_what_only_patrons_may_read_is_kept_from_others(command, tmp_path):
    what_it_says(command)

    kept = [file for file in tmp_path.iterdir() if file.is_file()]
    assert {"key", "kagoshima.db"} <= {file.name for file in kept}
    assert not [file for file in kept if file.stat().st_mode & 0o077]
