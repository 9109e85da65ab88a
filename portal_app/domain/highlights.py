"""Where in a text the words of a search stand, so that a page can mark them (K-22)."""

import re
from collections.abc import Iterator, Sequence
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
    hits = [hit for word in words for hit in _occurrences(key, search_key(word))]
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


def _occurrences(key: str, word: str) -> Iterator[tuple[int, int]]:
    return (hit.span() for hit in _pattern(word).finditer(key)) if word else iter(())


@lru_cache(maxsize=1024)
def _pattern(word: str) -> re.Pattern[str]:
    """Return what finds a word where the index finds it."""
    before = "" if re.match(f"[{JAPANESE}]", word) else rf"(?<![^{JAPANESE} ])"
    is_japanese = re.search(f"[{JAPANESE}]$", word)
    after = "" if is_japanese or contains(word).is_open else rf"(?![^{JAPANESE} ])"
    return re.compile(before + re.escape(word) + after)


def _places(text: str, key: str) -> list[tuple[int, int]]:
    """Return where in a text each character of its key comes from."""
    places: list[tuple[int, int]] = []
    for cluster in _CLUSTERS.finditer(text):
        for character in search_key(cluster[0]).replace(" ", ""):
            if key[len(places) : len(places) + 1] == " ":
                places.append((cluster.start(), cluster.start()))
            if key[len(places) : len(places) + 1] == character:
                places.append(cluster.span())
    return places
