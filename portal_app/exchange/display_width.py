"""How wide a text is where every character has the width of one or of two."""

import unicodedata

# Fonts of Japanese systems draw the ambiguous ones (``①``, ``※``) wide, too.
_WIDE = frozenset("WFA")


def width_of(text: str) -> int:
    """Return the width of a text, counted as pandas counts it when it lines up columns."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def filled(text: str, *, width: int) -> str:
    """Return a text with spaces behind it, so that it is as wide as its column."""
    return text + " " * (width - width_of(text))


def folded_to(text: str, *, width: int) -> list[str]:
    """Return a text in pieces that fit into a column."""
    pieces = [""]
    room = width
    for character in text:
        room -= _width(character)
        if room < 0:
            pieces.append("")
            room = width - _width(character)
        pieces[-1] += character
    return pieces


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1
