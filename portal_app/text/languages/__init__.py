"""The languages the portal speaks: each is a file here, called after its BCP 47 tag.

A file says what the language is called in itself and how it writes a day. Japanese, English and
easy Japanese have their words beside each other in the tables of the folder above; a further
language brings all of its words in its own file (docs/languages.md).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import ClassVar, final

from pydantic import TypeAdapter
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """How a language writes a day."""

    written: str  # with {year}, {month}, {day} and {weekday}
    weekdays: tuple[str, ...]  # Monday first
    months: tuple[str, ...] = ()  # where a month has a name; a number otherwise
    has_eras: bool = False  # whether years may be those of the Japanese eras


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What the file of a language says."""

    name: str  # what the language is called in itself
    days: Days
    texts: Mapping[str, str] = field(default_factory=dict)


@final
class Lang(str):
    """A language that there is a file for. There is one object of each, so ``is`` compares them."""

    JA: ClassVar["Lang"]
    EN: ClassVar["Lang"]
    EASY: ClassVar["Lang"]

    __slots__ = ()

    def __new__(cls, tag: str) -> "Lang":
        """Return the language of a tag, or raise ``ValueError``."""
        if tag in _EVERY:
            return _EVERY[tag]
        problem = f"there is no language {tag}"
        raise ValueError(problem)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> CoreSchema:
        """Let a model have a language."""
        del source, handler
        return core_schema.no_info_plain_validator_function(cls)

    @property
    def described(self) -> Described:
        """What the file of this language says."""
        return _described(self)


@cache
def _described(lang: Lang) -> Described:
    told = tomllib.loads((FOLDER / f"{lang}.toml").read_text("utf-8"))
    return TypeAdapter(Described).validate_python(told)


FOLDER = Path(__file__).parent
_EVERY = {file.stem: str.__new__(Lang, file.stem) for file in sorted(FOLDER.glob("*.toml"))}
Lang.JA, Lang.EN, Lang.EASY = Lang("ja"), Lang("en"), Lang("ja-simple")

BUILT_IN = (Lang.JA, Lang.EN, Lang.EASY)
FURTHER = tuple(lang for lang in _EVERY.values() if lang not in BUILT_IN)
