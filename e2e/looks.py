"""How a page can be looked at: colours, mode, size of text and language (G-01, G-07)."""

from collections.abc import Mapping

from playwright.sync_api import Page

Look = Mapping[str, str]

FIRST: Look = {"palette": "standard", "mode": "adult", "size": "medium", "lang": "ja"}


def _look(palette: str, mode: str, size: str, lang: str) -> Look:
    return {"palette": palette, "mode": mode, "size": size, "lang": lang}


# Nine of the fifty-four, in which every choice meets every other choice once.
LOOKS: tuple[Look, ...] = (
    _look("standard", "adult", "small", "ja"),
    _look("standard", "child", "medium", "en"),
    _look("standard", "child", "large", "ja-simple"),
    _look("cud", "child", "small", "en"),
    _look("cud", "adult", "medium", "ja-simple"),
    _look("cud", "child", "large", "ja"),
    _look("dark", "adult", "small", "ja-simple"),
    _look("dark", "child", "medium", "ja"),
    _look("dark", "adult", "large", "en"),
)

# As the browser tells a page that another tab has chosen so.
_WEAR = """(look) => dispatchEvent(
  new StorageEvent("storage", { key: "portal.display", newValue: JSON.stringify(look) }))"""


def wear(page: Page, look: Look) -> None:
    """Let a page be looked at otherwise, without going anywhere."""
    page.evaluate(_WEAR, dict(look))
