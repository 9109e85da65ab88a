"""Which heading of a table means what, and which words of a cell."""

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from portal_app.exchange.outcomes import NotReadable

# In the first, a word of ours stands before words of the file; in the second, the other way round.
_LISTS = ("columns", "materials", "audiences", "roles", "languages", "in_library_use")
_PAIRS = ("sources", "branches")

# The words of ours that there are; roles and languages are free.
_CLOSED = ("columns", "materials", "audiences", "in_library_use")
_SEVERAL = frozenset({"note", "named_note"})  # all of these columns are read, not only the first

# Numbers of a table are not those of MARC records, unless the mapping says so.
_ANY_SOURCE = "table"

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """What the headings and words of a table mean. Words of the file are folded keys."""

    columns: Mapping[str, tuple[str, ...]]
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: Words
    materials: Words
    audiences: Words
    roles: Words
    languages: Words
    in_library_use: Words
    branches: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where the cells of each meaning stand in a row."""

    headings: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]
    source: str

    def cell(self, meaning: str, row: Sequence[str]) -> str:
        """Return the first filled cell of a meaning, or an empty text."""
        return next((row[place] for place in self.places.get(meaning, ()) if row[place]), "")

    def named_cells(self, meaning: str, row: Sequence[str]) -> list[tuple[str, str]]:
        """Return the filled cells of a meaning with their headings."""
        places = self.places.get(meaning, ())
        return [(self.headings[place], row[place]) for place in places if row[place]]


@cache
def default_mapping() -> ColumnMapping:
    """Return what common headings of Japanese and English tables mean."""
    defaults = tomllib.loads(
        files("portal_app.exchange").joinpath("columns.toml").read_text("utf-8")
    )
    return ColumnMapping(
        columns={name: tuple(headings) for name, headings in defaults["columns"].items()},
        sources=_folded(defaults["sources"]),
        branches=_folded(defaults["branches"]),
        materials=_turned(defaults["materials"]),
        audiences=_turned(defaults["audiences"]),
        roles=_turned(defaults["roles"]),
        languages=_turned(defaults["languages"]),
        in_library_use=_turned(defaults["in_library_use"]),
    )


def read_mapping(file: Path) -> ColumnMapping:
    """Return the defaults with what a library's own file says instead."""
    try:
        written = tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as refusal:
        message = f"{file} cannot be read: {refusal.strerror}."
        raise NotReadable(message) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as mistake:
        message = f"{file} is not a mapping file in TOML: {mistake}."
        raise NotReadable(message) from None
    own = _checked(written, file)
    defaults = default_mapping()
    return ColumnMapping(
        columns=defaults.columns,
        chosen={name: tuple(headings) for name, headings in own["columns"].items()},
        sources={**defaults.sources, **_folded(own["sources"])},
        branches={**defaults.branches, **_folded(own["branches"])},
        materials={**defaults.materials, **_turned(own["materials"])},
        audiences={**defaults.audiences, **_turned(own["audiences"])},
        roles={**defaults.roles, **_turned(own["roles"])},
        languages={**defaults.languages, **_turned(own["languages"])},
        in_library_use={**defaults.in_library_use, **_turned(own["in_library_use"])},
    )


def columns_of(headings: Sequence[str], mapping: ColumnMapping) -> Columns:
    """Return where each meaning stands under these headings.

    A heading that the library's file names means only that, whatever it means
    elsewhere; one that it names and the table lacks is a mistake in either.
    """
    where: dict[str, int] = {}
    for place, heading in enumerate(headings):
        where.setdefault(folded(heading), place)
    places = {meaning: _found(names, where) for meaning, names in mapping.chosen.items()}
    for meaning, found in places.items():
        if not found:
            wanted = ", ".join(mapping.chosen[meaning])
            message = f"the mapping looks for the {meaning} under {wanted}, which is no heading"
            raise NotReadable(message)
    taken = {place for found in places.values() for place in found}
    free = {name: place for name, place in where.items() if place not in taken}
    for meaning, names in mapping.columns.items():
        if meaning not in places:
            found = _found(names, free)
            places[meaning] = found if meaning in _SEVERAL else found[:1]
    key = places["key"][:1]
    source = mapping.sources.get(folded(headings[key[0]]), _ANY_SOURCE) if key else _ANY_SOURCE
    return Columns(headings=tuple(headings), places=places, source=source)


def folded(word: str) -> str:
    """Return the form in which headings and words of cells are compared."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    return "".join(plain.replace("_", "").replace("-", "").split())


def _found(names: Iterable[str], where: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(where[folded(name)] for name in names if folded(name) in where)


def _checked(written: Mapping[str, Any], file: Path) -> dict[str, dict[str, Any]]:
    """Return every part of a mapping file, with each value in the shape it must have."""
    own: dict[str, dict[str, Any]] = {part: {} for part in (*_LISTS, *_PAIRS)}
    for part, entries in written.items():
        if part not in own:
            message = f"{file}: [{part}] is not known; the tables are {', '.join(own)}."
            raise UnknownKey(message)
        if not isinstance(entries, dict):
            message = f"{file}: {part} must be a table, such as [columns]."
            raise UnknownKey(message)
        for key, value in entries.items():
            own[part][key] = _value(part, key, value, file)
    return own


def _value(part: str, key: str, value: object, file: Path) -> object:
    known = getattr(default_mapping(), part) if part in _CLOSED else ()
    known = known if part == "columns" else set(getattr(known, "values", set)())
    if part in _CLOSED and key not in known:
        message = f"{file}: {key} in [{part}] is not known; known are {', '.join(sorted(known))}."
        raise UnknownKey(message)
    if part in _LISTS and isinstance(value, str):
        value = [value]
    is_words = isinstance(value, list) and all(isinstance(word, str) for word in value)
    if not (is_words if part in _LISTS else isinstance(value, str)):
        message = f"{file}: {key} in [{part}] must be text."
        raise UnknownKey(message)
    return value


class UnknownKey(NotReadable):
    """Raised with one sentence when a mapping file says what no mapping file can say."""


def _turned(words: Mapping[str, Iterable[str]]) -> Words:
    return {folded(word): ours for ours, theirs in words.items() for word in theirs}


def _folded(words: Words) -> Words:
    return {folded(theirs): ours for theirs, ours in words.items()}
