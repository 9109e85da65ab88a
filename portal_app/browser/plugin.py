"""The Reflex plugin that puts our modules beside the pages it builds."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from reflex_base.plugins import Plugin

from portal_app.browser import characters, widths, words

OFFLINE = (
    *(
        "connection",
        "copy",
        "database",
        "device",
        "keeping",
        "leaving",
        "lookup",
        "outbox",
        "projections",
    ),
    *("provider", "seen", "tabs", "view", "wire"),
)

MODULES = (
    "ahead.js",
    "asked.js",
    "attention.js",
    "cart.js",
    "chosen_results.js",
    "collation.js",
    "covers.js",
    "days.js",
    "desk.js",
    "dialog.js",
    "display.js",
    "drafting.js",
    "drafts.js",
    "dragging.js",
    "errand.js",
    "fields.js",
    "frame.js",
    "grip.js",
    "letters.js",
    "history.js",
    "hold_series.js",
    "holds.js",
    "icon.js",
    "list_downloads.js",
    "local.js",
    *(f"offline/{name}.js" for name in OFFLINE),
    "order.js",
    "ordered_rows.js",
    "outlines.js",
    "pages.js",
    "saving.js",
    "shelves/call_numbers.js",
    "shelves/downloads.js",
    "shelves/found.js",
    "shelves/importing.js",
    "shelves/walking.js",
    "shelves/choice.js",
    "shelves/looking.js",
    "shelves/names.js",
    "shelves/sharing.js",
    "patron_information.js",
    "plain_jsx.js",
    "printing.js",
    "push.js",
    "readings.js",
    "renewals.js",
    "requests.js",
    "ruby.js",
    "session_end.js",
    "shelves/deeds.js",
    "shelves/view.js",
    "slices.js",
    "speech.js",
    "tables.js",
    "together.js",
    "wake.js",
    "worker.js",
)

# Loaded when it is needed, which is seldom: these are in no file that every page brings.
SELDOM = (
    "csv.js",
    "finding.js",
    "instead.js",
    "list_files.js",
    "shelves/lines.js",
    "shelves/projections.js",
    "shelves/table.js",
    "shelves/text.js",
    "shelves/wording.js",
    "spelling.js",
)


# In a demonstration alone.
OF_DEMONSTRATION = ("demonstration/ahead.js", "demonstration/showing.js", "demonstration/touch.js")
# Its clock can be set forward.
AHEAD = 'export { ahead, hearAhead } from "$/utils/demonstration/ahead";\n'


class BrowserPlugin(Plugin):
    """Adds the modules of this folder, and the words that the pages show."""

    def __init__(self, *, is_demonstration: bool) -> None:
        """Remember whether the pages are those of a demonstration."""
        self._is_demonstration = is_demonstration

    def get_static_assets(self, **_context: Any) -> Sequence[tuple[Path, str | bytes]]:  # noqa: ANN401  as Reflex declares it
        """Return our modules. Reflex asks after drawing every page, so every word is known."""
        modules = [
            (Path("utils") / name, (files("portal_app.browser") / name).read_text("utf-8"))
            for name in self._names()
        ]
        written = {
            "characters.js": characters.module(),
            "languages.js": words.languages_module(),
            "widths.js": widths.module(),
            **words.modules(),
        }
        if self._is_demonstration:
            written["ahead.js"] = AHEAD
        return [*modules, *((Path("utils") / name, text) for name, text in written.items())]

    def _names(self) -> Sequence[str]:
        if not self._is_demonstration:
            return (*MODULES, *SELDOM)
        return (*(name for name in MODULES if name != "ahead.js"), *SELDOM, *OF_DEMONSTRATION)
