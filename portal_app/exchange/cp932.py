"""CP932, as Windows writes Japanese: what it cannot write, and what stands in its place."""

import unicodedata

import regex

ENCODING = "cp932"
GETA = "〓"  # what printers have always put where a character was missing

# Twins of characters that Python does not write by itself, as it does the wave dash.
_TWINS = str.maketrans(
    {
        "\N{EM DASH}": "\N{HORIZONTAL BAR}",
        "\N{EN DASH}": "\N{HYPHEN-MINUS}",
        "\N{YEN SIGN}": "\N{FULLWIDTH YEN SIGN}",
        "\N{NO-BREAK SPACE}": " ",
    }
)
# Which of its forms a kanji has; without them it is the same kanji.
_FORMS = regex.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Python writes these as bytes that mean something else, or nothing, to the next reader.
_PRIVATE = regex.compile(r"[\x80-\x9f\xa0\p{Co}]")


def fitted(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text that can be written, and the characters that it has lost, each once."""
    if _can_be_written(text):
        return text, ()
    written: list[str] = []
    lost: dict[str, None] = {}
    for character in regex.findall(r"\X", text):
        there = next(filter(_can_be_written, _spellings(character)), None)
        if there is None:
            lost[character] = None
        written.append(GETA if there is None else there)
    return "".join(written), tuple(lost)


def _spellings(character: str) -> tuple[str, ...]:
    """Return a character as it is, and in other ways that a reader takes for the same."""
    twin = unicodedata.normalize("NFC", character).translate(_TWINS)
    return character, twin, _FORMS.sub("", twin) or character


def _can_be_written(text: str) -> bool:
    try:
        text.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return _PRIVATE.search(text) is None
