"""The encoding of a table: UTF-8, UTF-16 with its mark, or CP932 as Japanese systems write it."""

import codecs
from collections.abc import Iterable
from typing import BinaryIO

_BLOCK = 1 << 18
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES: tuple[str, ...] = ("utf-8", "cp932")
_REPLACED = "\ufffd"


def encoding_of(stream: BinaryIO) -> str:
    """Return the encoding of a table, and go back to its beginning."""
    beginning = stream.readline(_BLOCK)
    stream.seek(0)
    for mark, name in _MARKS:
        if beginning.startswith(mark):
            return name
    if not beginning.isascii():
        for name in _GUESSES:
            if _broken(name, [beginning]) == 0:
                return name
    return _least_broken(stream)


def _least_broken(stream: BinaryIO) -> str:
    """Return the encoding in which fewest characters are broken in all of a stream.

    Below headings in English the first kanji may stand anywhere.
    """
    broken: dict[str, int] = {}
    for name in _GUESSES:
        broken[name] = _broken(name, iter(lambda: stream.read(_BLOCK), b""))
        stream.seek(0)
        if not broken[name]:
            return name
    return min(_GUESSES, key=broken.__getitem__)


def _broken(name: str, blocks: Iterable[bytes]) -> int:
    decoder = codecs.getincrementaldecoder(name)(errors="replace")
    return sum(decoder.decode(block).count(_REPLACED) for block in blocks)
