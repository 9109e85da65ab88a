"""What reads a library's file: its rules and words, checked before anything relies on them."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from pydantic import BaseModel, ValidationError

from portal_app.domain.policies import LANGUAGES, Library
from portal_app.text import Lang, unwritten

PRESETS = ("kagoshima", "koganei")
DEFAULT = PRESETS[0]

Place = tuple[str | int, ...]

_TABLE = re.compile(r"^\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_.\"-]+?)\s*=")


class UnreadableLibrary(RuntimeError):
    """Raised with one sentence that names the file and, where there is one, the line and key."""


@cache
def current() -> Library:
    """Return the library that this portal serves: ``PORTAL_LIBRARY``, a preset or a file."""
    return load(os.environ.get("PORTAL_LIBRARY") or DEFAULT)


def load(name: str) -> Library:
    """Return the library of a preset's name or a file's path, or raise ``UnreadableLibrary``."""
    return read(*text_of(name))


def text_of(name: str) -> tuple[str, str]:
    """Return what a library's file is called and what stands in it."""
    if name in PRESETS:
        return f"{name}.toml", (files(__name__) / f"{name}.toml").read_text("utf-8")
    try:
        return name, Path(name).read_text("utf-8")
    except UnicodeDecodeError:
        problem = f"{name}: the file is not UTF-8 text."
    except OSError as refusal:
        presets = " or ".join(PRESETS)
        problem = (
            f"{name}: no such library. PORTAL_LIBRARY is {presets},"
            f" or the path of a library's own file ({refusal.strerror})."
        )
    raise UnreadableLibrary(problem)


def read(file: str, text: str) -> Library:
    """Return the library that a text describes, or raise ``UnreadableLibrary``."""
    try:
        library = Library.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as mistake:
        problem = f"{file}: {mistake}."
        raise UnreadableLibrary(problem) from None
    except ValidationError as mistakes:
        raise UnreadableLibrary(_first_mistake(file, text, mistakes)) from None
    for place, problem in _contradictions(library):
        raise UnreadableLibrary(_named(file, text, place, problem))
    return library


def unnamed(library: Library, tag: str) -> list[Place]:
    """Return the places where a library has words, and none in a language."""
    return [place for place, words in _words_in(library) if not words.get(tag)]


def _contradictions(library: Library) -> Iterator[tuple[Place, str]]:
    codes = [branch.code for branch in library.branches]
    for number, code in enumerate(codes):
        if code in codes[:number]:
            yield ("branches", number, "code"), f"another branch is called {code}"
    if not library.pickup_branches:
        yield ("branches",), "no branch is a pickup branch"
    if library.push.is_offered and find_spec("pywebpush") is None:
        yield ("push", "is_offered"), "that needs the extra push, which is not installed"
    for number, tag in enumerate(library.further_languages):
        yield from ((("further_languages", number), problem) for problem in _lacking(tag))
        yield from ((place, f"no word in {tag}") for place in unnamed(library, tag))
    for number, branch in enumerate(library.branches):
        for day, hours in branch.hours.items():
            if hours.opens >= hours.closes:
                yield ("branches", number, "hours", day), "it closes before it opens"


def _lacking(tag: str) -> Iterator[str]:
    try:
        lang = Lang(tag)
    except ValueError as unknown:
        yield str(unknown)
        return
    if keys := unwritten(lang):
        yield f"{len(keys)} texts are not written yet, the first is {keys[0]}"


def _words_in(part: object, *place: str | int) -> Iterator[tuple[Place, Mapping[str, str]]]:
    """Yield everything that a library has written in several languages, and where."""
    if isinstance(part, BaseModel):
        for name, value in part:
            yield from _words_in(value, *place, name)
    elif isinstance(part, tuple):
        for number, value in enumerate(part):
            yield from _words_in(value, *place, number)
    elif isinstance(part, Mapping) and LANGUAGES[0] in part:
        yield place, part


def _first_mistake(file: str, text: str, mistakes: ValidationError) -> str:
    # A mistyped key is also a missing one: the key that stands there says more.
    found = sorted(mistakes.errors(include_url=False), key=lambda one: one["type"] == "missing")
    mistake = found[0]
    problem = {"extra_forbidden": "no such key", "missing": "this key is missing"}.get(
        mistake["type"], mistake["msg"].removeprefix("Value error, ")
    )
    return _named(file, text, mistake["loc"], problem)


def _named(file: str, text: str, place: Place, problem: str) -> str:
    place = tuple(part for part in place if part != "[key]")
    key = ".".join(str(part) for part in place)
    line = _line_of(text, place)
    where = f"{file}, line {line}" if line else file
    return f"{where}: {key}: {problem}."


def _line_of(text: str, place: Place) -> int | None:
    """Return the line of a key, or of the nearest table above it (tomllib keeps no lines)."""
    lines = dict(_places(text))
    for length in range(len(place), 0, -1):
        if place[:length] in lines:
            return lines[place[:length]]
    return None


def _places(text: str) -> Iterator[tuple[Place, int]]:
    table: Place = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _TABLE.match(line):
            name = header[1]
            if line.lstrip().startswith("[["):
                counts[name] = counts.get(name, -1) + 1
            table = tuple(_indexed(name, counts))
            yield table, number
        elif key := _KEY.match(line):
            yield (*table, *(part.strip('"') for part in key[1].split("."))), number


def _indexed(name: str, counts: dict[str, int]) -> Iterator[str | int]:
    """Yield the parts of a table's name, with the number of each list of tables on the way."""
    path = ""
    for part in (part.strip().strip('"') for part in name.split(".")):
        path = f"{path}.{part}" if path else part
        yield part
        if path in counts:
            yield counts[path]
