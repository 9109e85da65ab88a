"""Every word a patron reads, in Japanese, English and easy Japanese.

A text has blanks: ``{count}`` is filled by whoever says it, ``{cart}`` by the
library's own words, and ``{count|book|books}`` chooses a word by number.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from portal_app.text.dates import written_day
from portal_app.text.languages import Lang

__all__ = [
    "Lang",
    "UnfilledBlank",
    "UnknownText",
    "adopt",
    "blanks",
    "catalogue",
    "fill",
    "say",
    "written",
]

BLANK = re.compile(r"\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}")


class UnknownText(KeyError):
    """Raised when a text is asked for that nobody has written."""


class UnfilledBlank(KeyError):
    """Raised when a text is said without a value for one of its blanks."""


@cache
def written() -> Mapping[str, Mapping[Lang, str]]:
    """Return ``{key: {lang: text}}``, read from every table in this folder."""
    texts: dict[str, dict[Lang, str]] = {}
    for file in sorted(files(__name__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            texts |= _flatten(tomllib.loads(file.read_text("utf-8")))
    return texts


def catalogue(words: Mapping[str, Mapping[Lang, str]]) -> Mapping[str, Mapping[Lang, str]]:
    """Return every text with one library's own words in their blanks."""
    return {
        key: {
            lang: fill(text, {name: word[lang] for name, word in words.items()}, lang)
            for lang, text in texts.items()
        }
        for key, texts in written().items()
    }


_spoken: Mapping[str, Mapping[Lang, str]] = {}


def adopt(words: Mapping[str, Mapping[Lang, str]]) -> None:
    """Say everything in one library's own words from now on."""
    global _spoken
    _spoken = catalogue(words)


def say(key: str, lang: Lang, **values: object) -> str:
    """Return a text in one language, for a letter, a file or a test."""
    texts = _spoken or written()
    if key not in texts:
        raise UnknownText(key)
    said = fill(texts[key][lang], values, lang)
    if missing := blanks(said):
        raise UnfilledBlank(key, *sorted(missing))
    return said


def blanks(text: str) -> set[str]:
    """Return the names of the blanks in a text."""
    return {blank[1] for blank in BLANK.finditer(text)}


def fill(text: str, values: Mapping[str, object], lang: Lang) -> str:
    """Return a text with those blanks filled that have a value."""

    def filled(blank: re.Match[str]) -> str:
        name, one, many = blank.groups()
        if name not in values:
            return blank[0]
        if one is None:
            return _read_out(values[name], lang)
        return one if values[name] == 1 else many

    return BLANK.sub(filled, text)


def _read_out(value: object, lang: Lang) -> str:
    if isinstance(value, dt.date):
        return written_day(value, lang)
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def _flatten(table: Mapping[str, Any], prefix: str = "") -> dict[str, dict[Lang, str]]:
    if isinstance(table.get(Lang.JA), str):
        return {prefix: {Lang(lang): text for lang, text in table.items()}}
    texts: dict[str, dict[Lang, str]] = {}
    for name, below in table.items():
        texts |= _flatten(below, f"{prefix}.{name}" if prefix else name)
    return texts
