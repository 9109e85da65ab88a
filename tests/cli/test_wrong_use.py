"""What the commands say when they cannot do what was asked: one sentence, and status 2."""

import os
import socket
import subprocess
import sys

import pytest

from portal_app.settings import PREFIX, PROJECT


@pytest.fixture
def portal(tmp_path):
    """Run ./portal with a folder of its own, once everything is installed."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}

    def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "portal_app.cli", *arguments],
            cwd=PROJECT,
            env={**inherited, "PORTAL_FOLDER": str(tmp_path / "portal"), **settings},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def says_one_sentence(finished, *words):
    sentence = finished.stderr.strip()
    assert finished.returncode == 2, sentence
    assert len(sentence.splitlines()) == 1
    assert sentence.endswith(".")
    assert all(word in sentence for word in words), sentence
    return True


@pytest.mark.parametrize(
    "arguments", [["sevre"], ["serve", "--loudly"], ["backup"], ["bench", "x"]]
)
def test_a_command_that_does_not_exist(portal, arguments):
    assert says_one_sentence(portal(*arguments))


def test_a_library_that_does_not_exist(portal):
    assert says_one_sentence(portal("serve", PORTAL_LIBRARY="kagosima"), "kagosima", "koganei")


def test_a_mistyped_key_in_a_library_of_our_own(portal, tmp_path):
    preset = (PROJECT / "portal_app" / "libraries" / "koganei.toml").read_text("utf-8")
    ours = tmp_path / "ours.toml"
    ours.write_text(preset.replace("idle_seconds", "idle_secnods"), "utf-8")

    refused = portal("serve", PORTAL_LIBRARY=str(ours))

    assert says_one_sentence(refused, "ours.toml", "line", "idle_secnods")


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////no/such/folder/portal.db",
        "postgresql://patron:open-sesame@127.0.0.1:1/portal",
        "mysql://127.0.0.1/portal",
        "nonsense",
    ],
)
def test_a_database_that_cannot_be_opened(portal, free_port, url):
    refused = portal("serve", PORTAL_DATABASE_URL=url, PORTAL_PORT=str(free_port))

    assert says_one_sentence(refused)
    assert "open-sesame" not in refused.stderr


def test_a_file_that_is_no_database(portal, tmp_path):
    letter = tmp_path / "letter.db"
    letter.write_text("Dear library, " * 100, "ascii")

    refused = portal("migrate", PORTAL_DATABASE_URL=f"sqlite:///{letter}")

    assert says_one_sentence(refused, "letter.db")
    assert letter.read_text("ascii") == "Dear library, " * 100


def test_a_port_in_use(portal):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])

        assert says_one_sentence(portal("serve", PORTAL_PORT=port), port)


def test_a_backup_replaces_nothing(portal, tmp_path):
    portal("migrate")
    file = tmp_path / "backup.db"

    first, second = portal("backup", str(file)), portal("backup", str(file))

    assert first.returncode == 0
    assert file.read_bytes().startswith(b"SQLite format 3")
    assert file.stat().st_mode & 0o077 == 0
    assert says_one_sentence(second, "backup.db")


@pytest.fixture
def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
