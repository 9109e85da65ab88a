"""Pictures of every page in both modes side by side, to be looked through in a minute.

``./portal test --contact-sheet`` takes them, and says where the sheet is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from playwright.sync_api import Page

from e2e.looks import FIRST, wear

MODES = ("adult", "child")
# As wide as each is shown: a phone's page is narrow as it is.
WIDTHS = {"phone": 150, "desktop": 340}

_SHEET = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Contact sheet</title>
<style>
body { font: 14px/1.4 sans-serif; margin: 1rem; background: #777; }
section { display: flex; gap: 8px; align-items: start; margin-block: 0 12px; }
h2 { flex: 0 0 9rem; margin: 0; font-size: 14px; color: #fff; overflow-wrap: anywhere; }
img { display: block; background: #fff; }
</style>
<h1>Every page: {columns}</h1>
{rows}
</html>
"""


@dataclass(kw_only=True)
class ContactSheet:
    """The pictures of one run, by page and by how it was looked at."""

    folder: Path
    rows: dict[str, dict[tuple[str, str], Path]] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        """Where the sheet is."""
        return self.folder / "contact-sheet.html"

    def take(self, page: Page, *, name: str, device: str) -> None:
        """Take what is seen of a page first, in each mode."""
        for mode in MODES:
            wear(page, {**FIRST, "mode": mode})
            picture = self.folder / "contact-sheet" / f"{name}-{device}-{mode}.jpg"
            page.screenshot(path=picture, type="jpeg", quality=70, scale="css")
            self.rows.setdefault(name, {})[device, mode] = picture
        wear(page, FIRST)

    def write(self) -> None:
        """Put the pictures side by side, a page in each row."""
        columns = [(device, mode) for device in WIDTHS for mode in MODES]
        rows = "\n".join(
            f"<section><h2>{escape(name)}</h2>{''.join(self._pictures(name, columns))}</section>"
            for name in self.rows
        )
        titles = ", ".join(f"{device} {mode}" for device, mode in columns)
        self.file.write_text(_SHEET.replace("{columns}", titles).replace("{rows}", rows), "utf-8")

    def _pictures(self, name: str, columns: list[tuple[str, str]]) -> Iterator[str]:
        for device, mode in columns:
            if picture := self.rows[name].get((device, mode)):
                address = escape(picture.relative_to(self.folder).as_posix())
                alt = escape(f"{name}, {device}, {mode}")
                yield f'<img src="{address}" width="{WIDTHS[device]}" alt="{alt}" loading="lazy">'


_sheet: ContactSheet | None = None


def begin(folder: Path) -> None:
    """Take pictures from now on."""
    global _sheet
    _sheet = ContactSheet(folder=folder)


def current() -> ContactSheet | None:
    """Return the sheet that pictures are taken for, if there is one."""
    return _sheet
