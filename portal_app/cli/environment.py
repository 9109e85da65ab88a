"""What every program that we start must find in its environment."""

import os
import sys
from pathlib import Path

from portal_app.settings import PROJECT


def for_our_programs() -> dict[str, str]:
    """Return the environment of a program that we start: at home here, and no word to anyone."""
    installed = str(Path(sys.executable).parent)  # Node and npm are there too
    return os.environ | {
        "PATH": os.pathsep.join([installed, os.environ.get("PATH", os.defpath)]),
        "PYTHONPATH": str(PROJECT),
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_USE_NPM": "1",
        "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
    }
