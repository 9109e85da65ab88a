"""What a text is cut into, so that a database can find any part of it.

Japanese is cut into overlapping threes, everything else into words. One or two
characters are found as the beginning of a three, more as a phrase of threes. Every
text also has tokens for how it begins and for what it is as a whole.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal_app.domain.search_key import JAPANESE

# Private characters: no key contains them, and every database keeps them.
START, WHOLE, SPACE = "\ue000", "\ue001", "\ue002"

LENGTH = 3
LONGEST_WORD = 64
SHORTEST_BEGINNING = 3

_RUNS = re.compile(rf"[{JAPANESE}]+|[^{JAPANESE} ]+")
_IS_JAPANESE = re.compile(rf"[{JAPANESE}]")
_DIGEST_BYTES = 8


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
    tokens = list(_starts_of(runs[0]))
    for run in runs:
        tokens += _closed(run)
    # Behind it the next text begins, so that no phrase can reach from one into the other.
    tokens.append(_whole(key))
    return tokens


def contains(key: str) -> Phrase:
    """Return the phrase that finds every text with this key in it.

    A word of Latin letters is found by its beginning, for ``java`` should find
    JavaScript, but a short one or a number only whole: 1 is not 1984.
    """
    runs = _RUNS.findall(key)
    tokens = [token for run in runs[:-1] for token in _closed(run)]
    last = runs[-1]
    if _is_a_word(last):
        tokens.append(last[:LONGEST_WORD])
        return Phrase(tokens=tuple(tokens), is_open=_is_a_beginning(last))
    tokens += _threes(last) or [last]
    return Phrase(tokens=tuple(tokens), is_open=len(last) < LENGTH)


def starts(key: str) -> Phrase:
    """Return the phrase that finds every text which begins with this key."""
    runs = _RUNS.findall(key)
    *_, first = _starts_of(runs[0])
    if len(runs) == 1 and _is_a_word(key):
        return Phrase(tokens=(first,), is_open=_is_a_beginning(key))
    if len(runs) == 1 and len(key) <= LENGTH:
        return Phrase(tokens=(first,))
    found = contains(key)
    return Phrase(tokens=(first, *found.tokens), is_open=found.is_open)


def equals(key: str) -> Phrase:
    """Return the phrase that finds every text which is this key."""
    return Phrase(tokens=(_whole(key),))


def _starts_of(run: str) -> Iterator[str]:
    if _is_a_word(run):
        yield START + run[:LONGEST_WORD]
        return
    # Behind the characters, so that they stand in the same lists of beginnings.
    yield from (run[:length] + START for length in range(1, min(len(run), LENGTH) + 1))


def _closed(run: str) -> list[str]:
    """Return the tokens of a run behind which another one begins, or nothing."""
    if _is_a_word(run):
        return [run[:LONGEST_WORD]]
    return [*_threes(run), *(run[at:] for at in range(max(0, len(run) - LENGTH + 1), len(run)))]


def _threes(run: str) -> list[str]:
    return [run[at : at + LENGTH] for at in range(len(run) - LENGTH + 1)]


def _whole(key: str) -> str:
    token = WHOLE + key.replace(" ", SPACE)
    if len(token) <= LONGEST_WORD:
        return token
    return (
        token[:LONGEST_WORD] + hashlib.blake2b(key.encode(), digest_size=_DIGEST_BYTES).hexdigest()
    )


def _is_a_word(run: str) -> bool:
    return not _IS_JAPANESE.match(run)


def _is_a_beginning(word: str) -> bool:
    return len(word) >= SHORTEST_BEGINNING and not word.isdecimal()
