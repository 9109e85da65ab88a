"""Checking the code, and testing what it does."""

import json
import shutil
import subprocess
import sys
import tempfile

import typer

from portal_app.cli.environment import for_our_programs
from portal_app.settings import PROJECT

ACCIDENTS = 3  # so many tests may fail in a run for a reason that is not in the code
SLOWEST = 25  # so many tests of each part are named with the time they took

# What e2e takes of its tests for something else than to hold the portal to them.
REPORT = "--accessibility-report"
CONTACT_SHEET = "--contact-sheet"

LAYERS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

CHECKS = {
    "format": (sys.executable, "-m", "ruff", "format", "--check", "--quiet", "."),
    "lint": (sys.executable, "-m", "ruff", "check", "--quiet", "."),
    "types": (sys.executable, "-m", "pyright"),
    "layers": (sys.executable, "-c", LAYERS),
}


def check() -> int:
    """Check format, lint, types and who may import whom."""
    failed = [name for name, command in CHECKS.items() if _fails(command)]
    typer.echo(f"Not in order: {', '.join(failed)}." if failed else "All in order.")
    return 1 if failed else 0


def test(rest: typer.Context) -> int:
    """Run every test, those in a browser included; takes the arguments of pytest.

    --accessibility-report looks for barriers alone, and writes down what was found;
    --contact-sheet puts pictures of every page side by side.
    """
    if rest.args in ([REPORT], [CONTACT_SHEET]):
        return _run(_pytest("e2e", *rest.args))
    return _run(_pytest(*rest.args)) if rest.args else _test_everything()


def _test_everything() -> int:
    """Run the tests in a browser beside the others: neither needs the whole of the machine."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        others = subprocess.Popen(
            _noting("tests"),
            cwd=PROJECT,
            env=for_our_programs(),
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        in_browsers = _run(_noting("e2e"))
        of_others = others.wait()
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout)
        sys.stdout.flush()
    failed = [part for part, status in (("e2e", in_browsers), ("tests", of_others)) if status]
    return max(map(_try_again, failed), default=0)


def _try_again(part: str) -> int:
    """Run the few tests that failed once more, alone, and name them whatever comes of it.

    A machine that is too busy for a page is no fault of the portal's. A test that needs
    the second attempt is one to be mended all the same; many that do are no accident.
    """
    notes = PROJECT / _notes(part) / "v" / "cache" / "lastfailed"
    failed = json.loads(notes.read_text("utf-8")) if notes.is_file() else {}
    if not 0 < len(failed) <= ACCIDENTS:
        return 1
    typer.echo(f"\nFailed, and tried once more with nothing beside it: {', '.join(failed)}")
    return _run(_noting(part, "--last-failed"))


def _noting(part: str, *arguments: str) -> tuple[str, ...]:
    """Run a part of the tests; two parts at a time would write the same notes on what failed."""
    return _pytest(part, "-o", f"cache_dir={_notes(part)}", f"--durations={SLOWEST}", *arguments)


def _notes(part: str) -> str:
    return f".pytest_cache/{part}"


def _pytest(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "pytest", *arguments)


def _run(command: tuple[str, ...]) -> int:
    return subprocess.run(command, cwd=PROJECT, env=for_our_programs(), check=False).returncode


def _fails(command: tuple[str, ...]) -> bool:
    return _run(command) != 0
