"""Checking the code, and testing what it does."""

import shutil
import subprocess
import sys
import tempfile

import typer

from portal_app.cli.environment import for_our_programs
from portal_app.settings import PROJECT

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
    """Run every test, those in a browser included; takes the arguments of pytest."""
    return _run(_pytest(*rest.args)) if rest.args else _test_everything()


def _test_everything() -> int:
    """Run the tests in a browser beside the others: neither needs the whole of the machine."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        others = subprocess.Popen(
            # Two runs would write the same notes on what failed last.
            _pytest("tests", "-p", "no:cacheprovider"),
            cwd=PROJECT,
            env=for_our_programs(),
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        in_browsers = _run(_pytest("e2e"))
        of_others = others.wait()
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout)
    return in_browsers or of_others


def _pytest(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "pytest", *arguments)


def _run(command: tuple[str, ...]) -> int:
    return subprocess.run(command, cwd=PROJECT, env=for_our_programs(), check=False).returncode


def _fails(command: tuple[str, ...]) -> bool:
    return _run(command) != 0
