"""The Reflex plugin that lets a page be painted before its scripts are fetched."""

from typing import Unpack

from reflex_base.plugins import Plugin
from reflex_base.plugins.base import PostBuildContext

from portal_app.browser.changes import ReflexHasChanged

_THEIRS = '<link rel="modulepreload" '
_OURS = '<link rel="modulepreload" fetchpriority="low" '


class LoadingPlugin(Plugin):
    """Lets the stylesheet, which the first paint waits for, go before the scripts.

    A browser fetches what is preloaded as if nothing could be seen without it; our pages are
    drawn beforehand. To be called before anything is told apart by the content of a page.
    """

    def post_build(self, **context: Unpack[PostBuildContext]) -> None:
        """Say so in each page."""
        for page in context["static_dir"].rglob("*.html"):
            theirs = page.read_text("utf-8")
            if _THEIRS not in theirs:
                raise ReflexHasChanged(page.name, _THEIRS)
            page.write_text(theirs.replace(_THEIRS, _OURS), "utf-8")
