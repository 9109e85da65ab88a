"""What a real library has of the demonstration: nothing."""

import json
import os
import subprocess
import sys

import pytest

from portal_app.settings import PROJECT

WORDS = ("demonstration", "mailbox", "showing", "cast_state", "caststate")

PROGRAM = """
import json
from reflex_base.registry import RegistrationContext
from portal_app.browser import words
from portal_app.browser.plugin import BrowserPlugin
from portal_app.portal_app import PAGES, app
from portal_app.settings import Settings
from portal_app.web import _with_doors

drawn = [str(page.draw().render()) for page in PAGES.values()]
modules = BrowserPlugin(is_demonstration=Settings.read().demonstration).get_static_assets()
print(json.dumps({
    "pages": [*PAGES],
    "doors": [getattr(door, "path", "") for door in _with_doors(app, app._api).routes],
    "handlers": [*RegistrationContext.get().event_handlers],
    "wraps": [name for _, name in app.app_wraps],
    "words": sorted(words.shown()),
    "modules": [str(name) for name, _ in modules],
    "drawn": drawn,
    "scripts": [str(text) for name, text in modules if not str(name).startswith("demonstration/")],
}))
"""


def what_there_is(folder, *, is_demonstration: bool) -> dict[str, list[str]]:
    """Return what a portal is made of, as a process of its own says it."""
    settings = {
        "PORTAL_DEMONSTRATION": str(is_demonstration),
        "PORTAL_FOLDER": str(folder),
        "PYTHONPATH": str(PROJECT),
    }
    said = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=PROJECT,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(said.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> dict[str, list[str]]:
    """What the portal of a real library is made of."""
    return what_there_is(tmp_path_factory.mktemp("real"), is_demonstration=False)


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> dict[str, list[str]]:
    """What that of a demonstration is made of."""
    return what_there_is(tmp_path_factory.mktemp("shown"), is_demonstration=True)


@pytest.mark.parametrize("kind", ["pages", "doors", "handlers", "wraps", "words", "modules"])
def test_a_real_library_has_nothing_of_the_demonstration_and_lacks_nothing_else(real, shown, kind):
    of_demonstration = {one for one in shown[kind] if any(word in one.lower() for word in WORDS)}

    assert of_demonstration
    assert set(real[kind]) == set(shown[kind]) - of_demonstration


def test_no_page_and_no_script_of_a_real_library_speaks_of_it(real):
    for text in (*real["drawn"], *real["scripts"]):
        assert "demonstration" not in text.lower()
        assert "お試し版" not in text
