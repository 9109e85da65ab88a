"""The words a browser needs: those that some page shows, in the library's own terms."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache

from portal_app import libraries
from portal_app.domain.policies import Library
from portal_app.text import Lang, adopt, catalogue, offered
from portal_app.text.languages import BUILT_IN

_shown: set[str] = set()
_built_in: set[str] = set()


@cache
def texts() -> Mapping[str, Mapping[Lang, str]]:
    """Return every text of this library: the portal's own, and its branches' names."""
    library = libraries.current()
    words = words_of(library)
    adopt(words)
    branches = {
        f"branch.{branch.code}": _in_each(offered(), branch.name) for branch in library.branches
    }
    return {**catalogue(words), **branches}


def words_of(library: Library) -> Mapping[str, Mapping[Lang, str]]:
    """Return what a library calls things, its own name included."""
    languages = (*BUILT_IN, *map(Lang, library.further_languages))
    named = {**dict(library.words), "library": library.name}
    return {name: _in_each(languages, word) for name, word in named.items()}


def show(*keys: str) -> None:
    """Send these texts to the browser."""
    _shown.update(keys)


def build_in(*keys: str) -> None:
    """Note that a page has these texts built in, and needs nobody to send them."""
    _built_in.update(keys)


def built_in() -> frozenset[str]:
    """Return the keys of all texts that some page has built in."""
    return frozenset(_built_in)


def shown() -> frozenset[str]:
    """Return the keys of all texts that some page shows."""
    return frozenset(_shown)


def modules() -> Mapping[str, str]:
    """Return the JavaScript modules with every text that is shown.

    Every page brings the language that it was drawn in; the others are fetched when they are read.
    """
    others = {lang: f"spoken/{lang}" for lang in offered() if lang is not Lang.JA}
    fetched = ",".join(f'"{lang}":()=>import("$/utils/{file}")' for lang, file in others.items())
    return {
        "words.js": f"{_texts_in(Lang.JA)}export const OTHERS = {{{fetched}}};\n",
        **{f"{file}.js": _texts_in(lang) for lang, file in others.items()},
    }


def _texts_in(lang: Lang) -> str:
    words = {key: texts()[key][lang] for key in sorted(_shown)}
    return f"export const WORDS = {json.dumps(words, ensure_ascii=False, indent=1)};\n"


def languages_module() -> str:
    """Return the JavaScript module with how each language writes a day."""
    told = {lang: asdict(lang.described.days) for lang in offered()}
    return f"export const LANGUAGES = {json.dumps(told, ensure_ascii=False, indent=1)};\n"


def _in_each(languages: Sequence[Lang], word: Mapping[str, str]) -> dict[Lang, str]:
    return {lang: word[lang] for lang in languages}
