"""How a page can be looked at: colours, mode, size of text and language (G-01, G-07)."""

from collections.abc import Mapping
from itertools import product

from playwright.sync_api import Page, expect

Look = Mapping[str, str]

FIRST: Look = {"palette": "standard", "mode": "adult", "size": "medium", "lang": "ja"}


# Every one, those with the same words beside each other. Children who read Japanese read the
# easy one, whichever of the two is chosen.
EVERY: tuple[Look, ...] = tuple(
    {"palette": palette, "mode": mode, "size": size, "lang": lang}
    for mode, lang, size, palette in product(
        ("adult", "child"),
        ("ja", "en", "ja-simple"),
        ("small", "medium", "large"),
        ("standard", "cud", "dark"),
    )
    if (mode, lang) != ("child", "ja-simple")
)

# The same ones in the order of a run that takes one for each page: neighbours differ widely.
IN_TURN = tuple(EVERY[13 * number % len(EVERY)] for number in range(len(EVERY)))

# As the browser tells a page that another tab has chosen so.
_WEAR = """(look) => dispatchEvent(
  new StorageEvent("storage", { key: "portal.display", newValue: JSON.stringify(look) }))"""


def wear(page: Page, look: Look) -> None:
    """Let a page be looked at otherwise, without going anywhere."""
    page.evaluate(_WEAR, dict(look))
    is_easy = (look["lang"], look["mode"]) == ("ja", "child")
    expect(page.locator("html")).to_have_attribute("lang", "ja-simple" if is_easy else look["lang"])
