"""Building what the browser is sent, when it must be built."""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from portal_app import libraries
from portal_app.cli.environment import for_our_programs
from portal_app.cli.refusals import Failed
from portal_app.settings import PROJECT

# Shared by every database of this folder, since what is built depends on none.
BUILDS = PROJECT / ".portal" / "builds"
WEB = PROJECT / ".web"
KEPT = 6

# Where the pages lie while their code changes.
DRAFT = PROJECT / ".portal" / "draft"

# What decides how the pages look. The words of the library are compiled into
# them, so its file belongs to this as well; a demonstration has some more.
SOURCES = ("portal_app", "assets", "rxconfig.py", "requirements.lock", "reflex.lock")
NOT_SOURCES = frozenset({"__pycache__", "cli", "external"})

# What a serving process looks up there, besides the pages themselves.
SERVED = ("build/client", "backend", "routes.json", "reflex.json")


def build(*, library: str, demonstration: bool) -> Path:
    """Return the folder of a library's pages, built now unless they have been."""
    with _one_at_a_time():
        if not is_built(library=library, demonstration=demonstration):
            _make(library=library, demonstration=demonstration)
            _forget_old_builds()
        pages = _pages(library=library, demonstration=demonstration)
        pages.touch()
        return pages


def draft(*, library: str, demonstration: bool) -> Path:
    """Return the folder of a library's pages as their code is now, for a developer to look at.

    Without Brotli, which at its best takes more than a second and would save a
    browser on the same machine nothing.
    """
    with _one_at_a_time():
        _export(
            library=library,
            demonstration=demonstration,
            more={"REFLEX_FRONTEND_COMPRESSION_FORMATS": "gzip"},
        )
        _copy_what_is_served(DRAFT)
        return DRAFT


def is_built(*, library: str, demonstration: bool) -> bool:
    """Tell whether ``build`` has nothing to do."""
    return _pages(library=library, demonstration=demonstration).exists()


def content_key(*, library: str, demonstration: bool) -> str:
    """Return a name that changes whenever the pages would."""
    key = hashlib.sha256()
    for file in sorted(_sources()):
        key.update(f"{file.relative_to(PROJECT)}\0".encode())
        key.update(hashlib.sha256(file.read_bytes()).digest())
    key.update("\0".join(libraries.text_of(library)).encode())
    key.update(b"\0demonstration" if demonstration else b"")
    return key.hexdigest()[:16]


def _pages(*, library: str, demonstration: bool) -> Path:
    return BUILDS / content_key(library=library, demonstration=demonstration)


def _sources() -> Iterator[Path]:
    for name in SOURCES:
        source = PROJECT / name
        for file in source.rglob("*") if source.is_dir() else [source]:
            if file.is_file() and NOT_SOURCES.isdisjoint(file.relative_to(source).parts):
                yield file


def _make(*, library: str, demonstration: bool) -> None:
    _export(library=library, demonstration=demonstration, more={})
    unfinished = BUILDS / "unfinished"
    _copy_what_is_served(unfinished)
    # Asked only now, since a build writes down what npm has chosen. Then these pages
    # may be there already: the same, from before somebody put the older lock back.
    pages = _pages(library=library, demonstration=demonstration)
    if not pages.exists():
        unfinished.rename(pages)


def _export(*, library: str, demonstration: bool, more: Mapping[str, str]) -> None:
    log = BUILDS / "build.log"
    settings = {
        "PORTAL_LIBRARY": library,
        "PORTAL_DEMONSTRATION": str(demonstration),
        "REFLEX_WEB_WORKDIR": str(WEB),
        **more,
    }
    with log.open("wb") as lines:
        finished = subprocess.run(
            [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"],
            cwd=PROJECT,
            env=for_our_programs() | settings,
            stdin=subprocess.DEVNULL,
            stdout=lines,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if finished.returncode:
        last_lines = "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-30:])
        message = f"{last_lines}\n\nThe pages could not be built; {log} says all there is to say."
        raise Failed(message)


def _copy_what_is_served(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name in SERVED:
        if (WEB / name).is_dir():
            shutil.copytree(WEB / name, folder / name)
        elif (WEB / name).exists():
            shutil.copy2(WEB / name, folder / name)


def _forget_old_builds() -> None:
    builds = sorted(
        (folder for folder in BUILDS.iterdir() if folder.is_dir()),
        key=lambda folder: folder.stat().st_mtime,
    )
    for folder in builds[:-KEPT]:
        shutil.rmtree(folder)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    BUILDS.parent.mkdir(mode=0o700, exist_ok=True)  # patrons' data may be beside them
    BUILDS.mkdir(exist_ok=True)
    with (BUILDS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
