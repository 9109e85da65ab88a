"""Texts written so that whatever a search finds in one is a part of it, and nothing else is.

The tokens of ``search_tokens`` are for a database. Where the text itself is at hand, one look
for a part of a string says the same: 「java」 is looked for as ``|java``, and stands in
``^|javascript|入門$`` but not in ``^|notjava|$``.
"""

import re
from collections.abc import Iterable

from portal_app.domain.search_key import JAPANESE
from portal_app.domain.search_tokens import SHORTEST_BEGINNING

# No key contains them: punctuation makes no difference to a search.
_BEGIN, _END, _EDGE = "^", "$", "|"
_WORDS = re.compile(rf"[^{JAPANESE} ]+")
_EDGES = re.compile(r"\|[ |]*\|")
_LAST_WORD = re.compile(rf"([^{JAPANESE} |]+)\|$")


def text_of(keys: Iterable[str]) -> str:
    """Return the text in which the keys of a field are looked for."""
    return "".join(_whole(key) for key in keys)


def contained(key: str) -> str:
    """Return what to look for to find every text with this key in it."""
    marked = _marked(key)
    last = _LAST_WORD.search(marked)
    if last is None or not _is_a_beginning(last[1]):
        return marked
    return marked.removesuffix(_EDGE)


def begun(key: str) -> str:
    """Return what to look for to find every text which begins with this key."""
    return _BEGIN + contained(key)


def equalled(key: str) -> str:
    """Return what to look for to find every text which is this key."""
    return _whole(key)


def _whole(key: str) -> str:
    return f"{_BEGIN}{_marked(key)}{_END}"


def _marked(key: str) -> str:
    """Return a key with an edge on both sides of each word that has not the script of Japanese."""
    if not _WORDS.search(key):
        return key
    return _EDGES.sub(_EDGE, _WORDS.sub(r"|\g<0>|", key))


def _is_a_beginning(word: str) -> bool:
    return len(word) >= SHORTEST_BEGINNING and not word.isdecimal()
