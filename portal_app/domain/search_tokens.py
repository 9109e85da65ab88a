"""What a text is cut into, so that a database can find any part of it.

Japanese is cut into overlapping pairs of characters, everything else into words.
A phrase of such tokens finds what stands anywhere in a text. Marks before the first
and behind the last token find what a text begins with and what it is.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from portal_app.domain.search_key import JAPANESE

# Private characters: no key contains them, and every database keeps them.
START, END = "\ue000", "\ue001"

LONGEST_WORD = 64
SHORTEST_BEGINNING = 3

_RUNS = re.compile(rf"[{JAPANESE}]+|[^{JAPANESE} ]+")
_IS_JAPANESE = re.compile(rf"[{JAPANESE}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Tokens that stand one behind the other. The last may be only a beginning."""

    tokens: tuple[str, ...]
    is_open: bool = False


def tokens_of(key: str) -> list[str]:
    """Return the tokens under which a key is found."""
    runs = _RUNS.findall(key)
    if not runs:
        return []
    tokens = [_started(runs[0])]
    for run in runs:
        tokens += _closed(run)
    if _IS_JAPANESE.match(runs[-1]):
        tokens[-1] += END
    else:
        tokens.append(tokens[-1] + END)
    return tokens


def contains(key: str) -> Phrase:
    """Return the phrase that finds every text with this key in it.

    A word of Latin letters is found by its beginning, for ``java`` should find
    JavaScript, but a short one or a number only whole: 1 is not 1984.
    """
    runs = _RUNS.findall(key)
    tokens = []
    for run in runs[:-1]:
        tokens += _closed(run)
    last = runs[-1]
    if not _IS_JAPANESE.match(last):
        tokens.append(last[:LONGEST_WORD])
        return Phrase(tokens=tuple(tokens), is_open=_is_a_beginning(last))
    tokens += _closed(last)[:-1] or [last]
    return Phrase(tokens=tuple(tokens), is_open=len(last) == 1)


def starts(key: str) -> Phrase:
    """Return the phrase that finds every text which begins with this key."""
    runs = _RUNS.findall(key)
    first = _started(runs[0])
    if len(runs) > 1 or (_IS_JAPANESE.match(key) and len(key) > 1):
        found = contains(key)
        return Phrase(tokens=(first, *found.tokens), is_open=found.is_open)
    return Phrase(tokens=(first,), is_open=not _IS_JAPANESE.match(key) and _is_a_beginning(key))


def equals(key: str) -> Phrase:
    """Return the phrase that finds every text which is this key."""
    return Phrase(tokens=tuple(tokens_of(key)))


def _started(run: str) -> str:
    return START + (run[0] if _IS_JAPANESE.match(run) else run[:LONGEST_WORD])


def _closed(run: str) -> list[str]:
    """Return the tokens of a run behind which another one begins."""
    if not _IS_JAPANESE.match(run):
        return [run[:LONGEST_WORD]]
    return [*map("".join, pairwise(run)), run[-1]]


def _is_a_beginning(word: str) -> bool:
    return len(word) >= SHORTEST_BEGINNING and not word.isdecimal()
