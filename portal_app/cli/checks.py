"""Checking the code, and testing what it does."""

import subprocess
import sys

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
    return subprocess.run(
        [sys.executable, "-m", "pytest", *rest.args],
        cwd=PROJECT,
        env=for_our_programs(),
        check=False,
    ).returncode


def _fails(command: tuple[str, ...]) -> bool:
    return subprocess.run(command, cwd=PROJECT, env=for_our_programs(), check=False).returncode != 0
