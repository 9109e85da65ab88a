"""The characters that are as wide as two, for what the browser lines up by itself."""

import sys
from collections.abc import Iterator
from functools import cache

from portal_app.exchange.display_width import width_of


@cache
def module() -> str:
    """Return the JavaScript module that names the first and the last of each run of them."""
    runs = [code for run in _runs() for code in run]
    return f"export const WIDE = {runs};\n"


def _runs() -> Iterator[tuple[int, int]]:
    first: int | None = None
    for code in range(sys.maxunicode + 1):
        is_wide = width_of(chr(code)) > 1
        if is_wide and first is None:
            first = code
        elif not is_wide and first is not None:
            yield first, code - 1
            first = None
    if first is not None:
        yield first, sys.maxunicode
