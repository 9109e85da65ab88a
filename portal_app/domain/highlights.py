"""Where in a text the words of a search stand, so that a page can mark them (K-22)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from portal_app.domain.search_key import JAPANESE, search_key
from portal_app.domain.search_tokens import contains

# What becomes one character of a key: ｶﾞ is one, か with a loose mark, and ヴァ, which is バ.
_MARKS = "ーｰ\u0300-\u036f\u3099\u309aﾞﾟ"
_CLUSTERS = re.compile(
    rf"(?:[ヴゔ]|[ウうｳ][\u3099ﾞ])[ァィゥェォアイウエオぁぃぅぇぉあいうえおｧｨｩｪｫｱｲｳｴｵ]?|.[{_MARKS}]*",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of a text, found or not."""

    text: str
    is_match: bool = False


def segments(text: str, words: Sequence[str]) -> tuple[Segment, ...]:
    """Return a text in pieces: what was searched for, and what stands between."""
    key = search_key(text)
    patterns = [pattern for word in words if (pattern := _pattern(word)) is not None]
    hits = [hit.span() for pattern in patterns for hit in pattern.finditer(key)]
    if not hits:
        return (Segment(text=text),) if text else ()
    places = _places(text, key)
    if len(places) != len(key):
        return (
            Segment(text=text),
        )  # rare scripts whose characters join: better no mark than a wrong one
    marked = [False] * len(text)
    for start, end in hits:
        for place in range(places[start][0], places[end - 1][1]):
            marked[place] = True
    return tuple(
        Segment(text="".join(character for character, _ in run), is_match=is_match)
        for is_match, run in groupby(zip(text, marked, strict=True), key=itemgetter(1))
    )


@lru_cache(maxsize=1024)
def _pattern(word: str) -> re.Pattern[str] | None:
    """Return what finds a word where the index finds it."""
    key = search_key(word)
    if not key:
        return None
    before = "" if re.match(f"[{JAPANESE}]", key) else rf"(?<![^{JAPANESE} ])"
    is_japanese = re.search(f"[{JAPANESE}]$", key)
    after = "" if is_japanese or contains(key).is_open else rf"(?![^{JAPANESE} ])"
    return re.compile(before + re.escape(key) + after)


def _places(text: str, key: str) -> list[tuple[int, int]]:
    """Return where in a text each character of its key comes from."""
    places: list[tuple[int, int]] = []
    for cluster in _CLUSTERS.finditer(text):
        for character in _alone(cluster[0]):
            if key[len(places) : len(places) + 1] == " ":
                places.append((cluster.start(), cluster.start()))
            if key[len(places) : len(places) + 1] == character:
                places.append(cluster.span())
    return places


@lru_cache(maxsize=16_384)
def _alone(cluster: str) -> str:
    return search_key(cluster).replace(" ", "")
