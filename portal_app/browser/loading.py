"""The Reflex plugin that tells browsers what to fetch first, and which scripts to read ahead."""

import json
import re
from typing import Unpack

from reflex_base.plugins import Plugin
from reflex_base.plugins.base import PostBuildContext

from portal_app.browser.changes import SHARED, ReflexHasChanged
from portal_app.browser.templates import template

_AHEAD = re.compile(r'<link rel="modulepreload" href="([^"]+)"/>')
_IMPORT = re.compile(r'import (?:\* as (\w+) from )?"([^"]+)";\n')
_START = re.compile(rf'(?<=<script type="module" async="">)(?:{_IMPORT.pattern})+')

# https://v8.dev/blog/explicit-compile-hints
_READ_AHEAD = "//# allFunctionsCalledOnLoad\n"
_OF_OTHERS = ("react-", "vendor-")  # of which a page calls a part


class LoadingPlugin(Plugin):
    """Lets a page be painted before its scripts are fetched, and its scripts be read beside it.

    To be called before anything is told apart by the content of a page or a script.
    """

    def post_build(self, **context: Unpack[PostBuildContext]) -> None:
        """Say so in each page and each script."""
        start = template("start_template.js")
        for page in context["static_dir"].rglob("*.html"):
            written = page.read_text("utf-8")
            page.write_text(_painted_first(written, start=start), "utf-8")
        for script in (context["static_dir"] / "assets").glob("*.js"):
            if not script.name.startswith(_OF_OTHERS):
                script.write_text(_READ_AHEAD + script.read_text("utf-8"), "utf-8")


def _painted_first(page: str, *, start: str) -> str:
    """Return a page that starts as the template does, not as React Router has it.

    Browsers fetch what a page imports or preloads as if nothing could be seen without it, and
    run all of it in one go.
    """
    ahead, begins = _AHEAD.findall(page), _START.search(page)
    if not ahead or not begins:
        raise ReflexHasChanged(_AHEAD.pattern, _START.pattern)
    shared = [("", address) for name in SHARED for address in ahead if f"/{name}-" in address]
    names, addresses = zip(*shared, *_IMPORT.findall(begins[0]), strict=True)
    filled = (
        start.replace("__AHEAD__", json.dumps(ahead))
        .replace("__MODULES__", json.dumps(addresses))
        .replace("__NAMES__", ",".join(names))
    )
    return _AHEAD.sub("", page[: begins.start()] + filled + page[begins.end() :])
