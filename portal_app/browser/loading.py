"""The Reflex plugin that tells browsers what to fetch first, and which scripts to read ahead."""

from pathlib import Path
from typing import Unpack

from reflex_base.plugins import Plugin
from reflex_base.plugins.base import PostBuildContext

from portal_app.browser.changes import ReflexHasChanged

_THEIRS = '<link rel="modulepreload" '
_OURS = '<link rel="modulepreload" fetchpriority="low" '

# https://v8.dev/blog/explicit-compile-hints
_READ_AHEAD = "//# allFunctionsCalledOnLoad\n"
_OF_OTHERS = "vendor-"  # of which a page calls a part


class LoadingPlugin(Plugin):
    """Lets a page be painted before its scripts are fetched, and its scripts be read beside it.

    To be called before anything is told apart by the content of a page or a script.
    """

    def post_build(self, **context: Unpack[PostBuildContext]) -> None:
        """Say so in each page and each script."""
        for page in context["static_dir"].rglob("*.html"):
            _put_off_scripts(page)
        for script in (context["static_dir"] / "assets").glob("*.js"):
            if not script.name.startswith(_OF_OTHERS):
                script.write_text(_READ_AHEAD + script.read_text("utf-8"), "utf-8")


def _put_off_scripts(page: Path) -> None:
    """Let the stylesheet, which the first paint waits for, go before the scripts.

    A browser fetches what is preloaded as if nothing could be seen without it; our pages are
    drawn beforehand.
    """
    theirs = page.read_text("utf-8")
    if _THEIRS not in theirs:
        raise ReflexHasChanged(page.name, _THEIRS)
    page.write_text(theirs.replace(_THEIRS, _OURS), "utf-8")
