"""The Reflex plugin that keeps a first visit to few requests."""

from typing import Unpack

from reflex_base.plugins import Plugin
from reflex_base.plugins.base import PreCompileContext

# Left alone, the bundler makes a file of every icon that two pages share, and a
# phone in the stacks asks for each of them.
_REFLEX_GROUPS = "groups: ["
_OUR_GROUPS = """groups: [
            { test: /node_modules/, name: "libraries" },"""


class FewBundlesPlugin(Plugin):
    """Puts what nearly every page draws with into one file."""

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Ask for the change of Reflex's bundler settings."""
        context["add_modify_task"]("vite.config.js", _with_our_groups)


def _with_our_groups(settings: str) -> str:
    if _OUR_GROUPS in settings:  # since an earlier build
        return settings
    if settings.count(_REFLEX_GROUPS) == 1:
        return settings.replace(_REFLEX_GROUPS, _OUR_GROUPS)
    message = "Reflex has changed vite.config.js: see portal_app/browser/bundles.py."
    raise RuntimeError(message)
