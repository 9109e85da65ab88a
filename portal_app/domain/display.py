"""How a patron has chosen that the pages look to them, on whichever device (G-01, G-07)."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

# Twin of portal_app/browser/display.js, held to it by a test.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "lang": ("ja", "en", "ja-simple"),  # text/languages.py
    "palette": ("standard", "cud", "dark"),
    "mode": ("adult", "child"),
    "size": ("small", "medium", "large"),
    "years": ("western", "japanese"),
}


def is_offered(name: str, choice: str) -> bool:
    """Return whether there is such a choice."""
    return choice in CHOICES.get(name, ())


def written(chosen: Mapping[str, str]) -> str:
    """Return choices as one text, to be kept with a patron."""
    return urlencode(chosen)


def read(text: str) -> dict[str, str]:
    """Return the choices that a patron has made, without those that are offered no longer."""
    return {name: choice for name, choice in parse_qsl(text) if is_offered(name, choice)}
