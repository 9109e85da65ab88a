"""Where in a text the words of a search stand, so that a page can mark them (K-22)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from portal_app.domain.search_key import JAPANESE, search_key
from portal_app.domain.search_tokens import contains

# Characters that may be written for others: Latin with accents and of full width, kana, kanji.
_LATIN = (*range(0x21, 0x180), *range(0xFF01, 0xFF5F))
_KANA = (*range(0x3041, 0x3100), *range(0x31F0, 0x3200), *range(0xFF66, 0xFF9E))
_KANJI = (*range(0x4E00, 0xA000), *range(0xF900, 0xFAD9), 0x20BB7)
_MARKS = ("\u3099", "\u309a", "ﾞ", "ﾟ")
_V = ("ヴ", "ゔ", "ｳﾞ", "ウ\u3099", "う\u3099")
_AFTER_V = "ァィゥェォアイウエオぁぃぅぇぉあいうえおｧｨｩｪｫｱｲｳｴｵ"

# What a key leaves out may stand between its characters.
_LEFT_OUT = r"(?:[^\w+#]|[_ーｰ])"
_IN_A_WORD = rf"(?:[^\W_ぁ-ゖ{JAPANESE}]|[+#])"
_APOSTROPHE = "['’]?"
_IS_JAPANESE = re.compile(f"[{JAPANESE}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of a text, found or not."""

    text: str
    is_match: bool = False


@lru_cache(maxsize=256)
def pattern_of(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what finds these words in a text as it is printed, or None for no words."""
    # The longest first, or 銀 would keep 銀河 from being marked.
    keys = sorted(filter(None, map(search_key, words)), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(_written, keys))})") if keys else None


def segments(text: str, pattern: re.Pattern[str] | None) -> tuple[Segment, ...]:
    """Return a text in pieces: what was searched for, and what stands between."""
    pieces = [text] if pattern is None else pattern.split(text)
    if len(pieces) == 1:
        return (Segment(text=text),)
    # With one group every second piece is a hit.
    return tuple(
        Segment(text=piece, is_match=place % 2 == 1) for place, piece in enumerate(pieces) if piece
    )


def _written(key: str) -> str:
    """Return a pattern for the ways in which a key may be written, where the index finds it."""
    pattern = _spelling(key[0])
    for before, character in pairwise(key):
        if character == " ":
            continue
        if before == " ":
            pattern += f"{_LEFT_OUT}+"
        elif _IS_JAPANESE.search(before + character):
            pattern += f"{_LEFT_OUT}*"
        else:
            pattern += _APOSTROPHE
        pattern += _spelling(character)
    if not _IS_JAPANESE.match(key[0]):
        pattern = f"(?<!{_IN_A_WORD}){pattern}"
    if _IS_JAPANESE.match(key[-1]):
        return f"{pattern}[ーｰ]*"
    return pattern if contains(key).is_open else f"{pattern}(?!{_IN_A_WORD})"


def _spelling(character: str) -> str:
    return _spellings().get(character) or re.escape(character)


@cache
def _spellings() -> Mapping[str, str]:
    """Return, for each character of a key, a pattern of everything that becomes it."""
    found: dict[str, set[str]] = defaultdict(set)
    for text in _candidates():
        key = search_key(text)
        if len(key) == 1 and key != text:
            found[key].add(text)
    return {key: _one_of(key, written) for key, written in found.items()}


def _one_of(key: str, written: set[str]) -> str:
    single = "".join(sorted({re.escape(one) for one in {key, *written} if len(one) == 1}))
    # What is written with more characters must be tried first.
    longer = sorted((one for one in written if len(one) > 1), key=len, reverse=True)
    return f"(?:{'|'.join((*longer, f'[{single}]'))})" if longer else f"[{single}]"


def _candidates() -> Iterator[str]:
    yield from map(chr, (*_LATIN, *_KANA, *_KANJI))
    yield from (
        chr(kana) + mark
        for kana in _KANA
        for mark in _MARKS
        if search_key(chr(kana) + mark) != search_key(chr(kana))
    )
    yield from (v + vowel for v in _V for vowel in _AFTER_V)
