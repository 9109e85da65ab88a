"""The characters that are other ways to write others, for what the browser searches by itself."""

import unicodedata
from itertools import chain

from portal_app.domain.search_key import search_key

# Kana, and the ideographs that Japanese names and titles are written with.
_BLOCKS = (
    (0x3041, 0x3100),
    (0x31F0, 0x3200),
    (0x3400, 0xA000),
    (0xF900, 0xFB00),
    (0x20000, 0x2A6E0),
)
# Which sound it is depends on what follows.
_NOT_ALONE = frozenset("ゔヴ")


def module() -> str:
    """Return the JavaScript module that names them, and as what each is compared."""
    keys = {one: search_key(one) for one in _characters()}
    pairs = [(one, key) for one, key in keys.items() if len(key) == 1 and key != one]
    characters, compared_as = ("".join(side) for side in zip(*pairs, strict=True))
    return (
        f'export const CHARACTERS = "{characters}";\nexport const COMPARED_AS = "{compared_as}";\n'
    )


def _characters() -> list[str]:
    codes = chain.from_iterable(range(first, end) for first, end in _BLOCKS)
    # A browser knows by itself which characters Unicode counts as two.
    alone = (one for one in map(chr, codes) if unicodedata.is_normalized("NFKC", one))
    return [one for one in alone if one not in _NOT_ALONE]
