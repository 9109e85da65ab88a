"""How a patron has chosen that the pages look to them, on whichever device (G-01, G-07)."""

from collections.abc import Container, Mapping
from urllib.parse import parse_qsl, urlencode

# Twin of portal_app/browser/display.js, held to it by a test.
CHOICES: Mapping[str, tuple[str, ...]] = {  # and "lang", of which there may be more
    "palette": ("standard", "cud", "dark"),
    "mode": ("adult", "child"),
    "size": ("small", "medium", "large"),
    "years": ("western", "japanese"),
}


def is_offered(name: str, choice: str, *, languages: Container[str]) -> bool:
    """Return whether there is such a choice."""
    return choice in (languages if name == "lang" else CHOICES.get(name, ()))


def written(chosen: Mapping[str, str]) -> str:
    """Return choices as one text, to be kept with a patron."""
    return urlencode(chosen)


def read(text: str, *, languages: Container[str]) -> dict[str, str]:
    """Return the choices that a patron has made, without those that are offered no longer."""
    made = parse_qsl(text)
    return {name: one for name, one in made if is_offered(name, one, languages=languages)}
