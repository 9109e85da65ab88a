"""The Reflex plugin that makes the pages talk to whoever served them."""

from typing import Unpack

from reflex_base.plugins import Plugin
from reflex_base.plugins.base import PreCompileContext

# Reflex writes the server's address into the pages when they are built, and then
# keeps the port but not the host. One build must do for any port and any name.
_COMPILED_IN = "const endpoint = new URL(url_str);"
_ASKED_THERE = """const compiled = new URL(url_str);
  const endpoint = new URL(compiled.pathname, globalThis.location?.origin ?? compiled);"""


class OwnOriginPlugin(Plugin):
    """Lets one build serve on every port and under every name."""

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Ask for the change of Reflex's own module."""
        context["add_modify_task"]("utils/state.js", _ask_whoever_served)


def _ask_whoever_served(module: str) -> str:
    if _ASKED_THERE in module:  # since an earlier build
        return module
    if module.count(_COMPILED_IN) == 1:
        return module.replace(_COMPILED_IN, _ASKED_THERE)
    message = "Reflex has changed utils/state.js: see portal_app/browser/origin.py."
    raise RuntimeError(message)
