"""The Reflex plugin that puts our modules beside the pages it builds."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from reflex_base.plugins import Plugin

from portal_app.browser import words

MODULES = (
    "covers.js",
    "dialog.js",
    "display.js",
    "fields.js",
    "frame.js",
    "pages.js",
    "plain_jsx.js",
    "speech.js",
)

# Left as it is, the build makes a file of its own for each icon that two pages share.
OURS = "|".join(module.removesuffix(".js") for module in (*MODULES, "words.js"))
CHUNKS = f"""groups: [
            {{ test: /node_modules[\\\\/](?!lucide-react)/, name: "vendor" }},
            {{ test: /lucide-react|utils[\\\\/]({OURS})/, name: "portal" }},"""

# Emotion turns style props into <style> elements. We have none, and the content
# security policy would refuse them.
PLAIN_JSX = """alias: [
      {
        find: "@emotion/react",
        replacement: fileURLToPath(new URL("./utils/plain_jsx.js", import.meta.url)),
      },"""


class UnknownBuild(RuntimeError):
    """Raised when Reflex's build is not the one that we know how to tune."""


class BrowserPlugin(Plugin):
    """Adds the modules of this folder, and the words that the pages show."""

    def get_static_assets(self, **_context: Any) -> Sequence[tuple[Path, str | bytes]]:  # noqa: ANN401  as Reflex declares it
        """Return our modules. Reflex asks after drawing every page, so every word is known."""
        modules = [
            (Path("utils") / name, (files("portal_app.browser") / name).read_text("utf-8"))
            for name in MODULES
        ]
        return [*modules, (Path("utils/words.js"), words.module())]

    def pre_compile(self, **context: Any) -> None:  # noqa: ANN401  as Reflex declares it
        """Tune the build: fewer files, and no library that writes styles at run time."""
        context["add_modify_task"]("vite.config.js", _tuned)


def _tuned(config: str) -> str:
    for known, ours in (("groups: [", CHUNKS), ("alias: [", PLAIN_JSX)):
        if config.count(known) != 1:
            raise UnknownBuild(known)
        config = config.replace(known, ours)
    return config
