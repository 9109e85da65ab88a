"""Measuring the portal beside what it is measured against."""

import subprocess
import sys

import typer

from portal_app.cli.environment import for_our_programs
from portal_app.cli.refusals import WrongUse
from portal_app.settings import PROJECT


def bench(rest: typer.Context, name: str) -> int:
    """Measure NAME, a file of the folder bench; --json prints one JSON object."""
    names = sorted(
        file.stem for file in (PROJECT / "bench").glob("*.py") if not file.stem.startswith("_")
    )
    if name not in names:
        message = f"There is no bench {name}; there are {', '.join(names) or 'none yet'}."
        raise WrongUse(message)
    command = [sys.executable, "-m", f"bench.{name}", *rest.args]
    return subprocess.run(command, env=for_our_programs(), check=False).returncode
