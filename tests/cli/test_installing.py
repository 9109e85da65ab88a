"""What a fresh machine installs is what was tested, and comes from nowhere in particular."""

import ast
import re
import sys
import tomllib

import pytest

from portal_app.settings import PROJECT

LOCKS = ("requirements.lock", "requirements-dev.lock")


def test_the_launcher_needs_nothing_but_python():
    tree = ast.parse((PROJECT / "portal").read_text("utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported <= sys.stdlib_module_names


def test_developers_have_everything_that_serves():
    serving, developing = (pinned(lock).items() for lock in LOCKS)

    assert serving <= developing


def test_the_locks_hold_every_package_that_is_asked_for():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    asked = [*project["project"]["dependencies"], *(one for extra in extras for one in extra)]

    assert {name_of(one) for one in asked} <= pinned("requirements.lock").keys()
    assert {name_of(one) for one in project["dependency-groups"]["dev"]} <= pinned(
        "requirements-dev.lock"
    ).keys()


@pytest.mark.parametrize("lock", [*LOCKS, "reflex.lock/package-lock.json"])
def test_a_lock_names_no_registry(lock):
    text = (PROJECT / lock).read_text("utf-8")

    assert '"resolved"' not in text
    assert not re.search(r"^-", text, re.MULTILINE)  # no option, such as where to look
    assert not re.search(r"^[^#\n]* @ ", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_known_by_its_hash(lock):
    assert all("--hash=sha256:" in entry for entry in entries(lock))


def entries(lock: str) -> list[str]:
    text = (PROJECT / lock).read_text("utf-8")
    return re.findall(r"^\S+==(?:.*\\\n)*.*", text, re.MULTILINE)


def pinned(lock: str) -> dict[str, str]:
    pairs = (entry.split()[0].split("==") for entry in entries(lock))
    return {name.partition("[")[0]: version for name, version in pairs}


def name_of(requirement: str) -> str:
    return re.split(r"[\[<>=!~ ;]", requirement, maxsplit=1)[0].lower()
