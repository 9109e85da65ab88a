"""The encoding of a table: UTF-8, UTF-16 with its mark, or CP932 as Japanese systems write it."""

import codecs
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
    """Return the encoding in which fewest characters of a whole stream are broken.

    The whole of it is looked at, since the first kanji may stand anywhere.
    """
    beginning = stream.read(4)
    stream.seek(0)
    for mark, name in _MARKS:
        if beginning.startswith(mark):
            return name
    decoders = {name: codecs.getincrementaldecoder(name)(errors="replace") for name in _GUESSES}
    broken = dict.fromkeys(_GUESSES, 0)
    while block := stream.read(_BLOCK):
        for name, decoder in decoders.items():
            broken[name] += decoder.decode(block).count(_REPLACED)
    stream.seek(0)
    return min(_GUESSES, key=broken.__getitem__)
