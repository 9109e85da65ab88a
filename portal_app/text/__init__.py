"""Every word a patron reads, in Japanese, English, easy Japanese and what a library adds to them.

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
from portal_app.text.languages import BUILT_IN, FURTHER, Lang

__all__ = [
    "Lang",
    "UnfilledBlank",
    "UnknownText",
    "adopt",
    "blanks",
    "catalogue",
    "fill",
    "language_of",
    "offered",
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
    """Return ``{key: {lang: text}}``, read from every table in this folder and every language.

    Of a further language it has what its file has by now.
    """
    texts: dict[str, dict[Lang, str]] = {}
    for file in sorted(files(__name__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            texts |= _flatten(tomllib.loads(file.read_text("utf-8")))
    for lang in FURTHER:
        for key, text in lang.described.texts.items():
            if text and key in texts:
                texts[key][lang] = text
    return texts


def unwritten(lang: Lang) -> list[str]:
    """Return the keys of the texts that a language has no words for yet."""
    return [key for key, texts in written().items() if lang not in texts]


def catalogue(words: Mapping[str, Mapping[Lang, str]]) -> Mapping[str, Mapping[Lang, str]]:
    """Return every text with one library's own words in their blanks.

    It is in the languages that the library has its own name in.
    """
    return {
        key: {
            lang: fill(texts[lang], {name: word[lang] for name, word in words.items()}, lang)
            for lang in words["library"]
        }
        for key, texts in written().items()
    }


_spoken: Mapping[str, Mapping[Lang, str]] = {}
_offered: tuple[Lang, ...] = BUILT_IN


def adopt(words: Mapping[str, Mapping[Lang, str]]) -> None:
    """Say everything in one library's own words, and in its languages, from now on."""
    global _spoken, _offered
    _spoken, _offered = catalogue(words), tuple(words["library"])


def offered() -> tuple[Lang, ...]:
    """Return the languages that can be chosen."""
    return _offered


def language_of(tag: str, *, otherwise: Lang | None = None) -> Lang:
    """Return the language of a tag; for what cannot be chosen another, or ``ValueError``."""
    if tag in _offered:
        return Lang(tag)
    if otherwise is None:
        problem = f"{tag} is not offered"
        raise ValueError(problem)
    return otherwise


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
