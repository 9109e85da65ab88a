"""Shelves as plain text, lined up for reading in Notepad (K-58)."""

import codecs
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import zip_longest

from portal_app.exchange import cp932
from portal_app.exchange.display_width import filled, folded_to, width_of
from portal_app.exchange.shelf_files import (
    ShelfFile,
    ShelfLine,
    TakenShelf,
    Unwritten,
    file_name,
    on_one_line,
)
from portal_app.text import Lang, say

LINE_END = "\r\n"
_WIDEST_COLUMN = 24
_GAP = "  "


def as_text(shelves: Sequence[TakenShelf], *, name: str, day: str, lang: Lang) -> ShelfFile:
    """Return shelves as text in UTF-8, with the mark by which older Notepads know it."""
    return ShelfFile(
        name=file_name(name, ending="txt", lang=lang),
        media_type="text/plain; charset=utf-8",
        content=codecs.BOM_UTF8 + _written(shelves, day, lang).encode("utf-8"),
    )


def as_text_in_cp932(
    shelves: Sequence[TakenShelf], *, name: str, day: str, lang: Lang
) -> ShelfFile:
    """Return shelves as text for programs that know no UTF-8, and what could not be written."""
    unwritten = tuple(_unwritten(shelves))
    lines = _written(shelves, day, lang).split(LINE_END)
    if unwritten:
        lines += ["", say("downloads.unwritten", lang), *map(_named_by_code, unwritten), ""]
    return ShelfFile(
        name=file_name(name, ending="txt", lang=lang),
        media_type="text/plain; charset=shift_jis",
        content=LINE_END.join(cp932.fitted(line)[0] for line in lines).encode(cp932.ENCODING),
        unwritten=unwritten,
    )


def _written(shelves: Sequence[TakenShelf], day: str, lang: Lang) -> str:
    lines: list[str] = []
    for shelf in shelves:
        count = len(shelf.lines)
        said = say("downloads.taken_on", lang, day=day, count=count)
        # What has no category stands on a shelf without a name.
        name = on_one_line(shelf.name) or say("shelves.unsorted", lang)
        lines += [name, said, "", *_table(shelf.lines, lang), ""]
    return LINE_END.join(lines)


def _table(lines: Sequence[ShelfLine], lang: Lang) -> Iterator[str]:
    """Return the books of a shelf in columns. The last column may be of any width."""
    if not lines:
        return
    import pandas as pd  # noqa: PLC0415  it takes half a second, and few take shelves away

    headings = [say(f"downloads.column.{name}", lang) for name in ("call_number", "branch")]
    blocks = [
        (*row, number == 0)
        for place, line in enumerate(lines, start=1)
        for number, row in enumerate(_block(place, line, lang))
    ]
    frame = pd.DataFrame(
        [row[:3] for row in blocks], columns=[say("downloads.number", lang), *headings], dtype=str
    )
    # Set for good: taking it back would move the columns of whoever writes at the same time.
    pd.set_option("display.unicode.east_asian_width", True)  # noqa: FBT003  as pandas wants it
    pd.set_option("display.unicode.ambiguous_as_wide", True)  # noqa: FBT003  ditto
    widths = {
        heading: max(map(width_of, [heading, *frame[heading]])) + len(_GAP) for heading in headings
    }
    formatters = {heading: partial(filled, width=width) for heading, width in widths.items()}
    lined_up = frame.to_string(index=False, justify="left", formatters={**formatters}).split("\n")
    yield f"{lined_up[0]} {say('downloads.column.title', lang)}"
    for columns, (*_, text, is_first) in zip(lined_up[1:], blocks, strict=True):
        if is_first:
            yield ""
        yield f"{columns} {text}".rstrip(" ")


def _block(place: int, line: ShelfLine, lang: Lang) -> Iterator[tuple[str, str, str, str]]:
    """Return the rows of one book: number, call number, branch, and one line about it."""
    texts = [line.full_title, line.line]
    if line.is_read:
        texts.append(say("downloads.column.is_read", lang))
    texts += [on_one_line(part) for part in line.note.splitlines()]
    yield from zip_longest(
        [str(place)],
        folded_to(on_one_line(line.call_number), width=_WIDEST_COLUMN),
        folded_to(on_one_line(line.branch), width=_WIDEST_COLUMN),
        filter(None, texts),
        fillvalue="",
    )


def _unwritten(shelves: Sequence[TakenShelf]) -> Iterator[Unwritten]:
    for shelf in shelves:
        name = on_one_line(shelf.name)
        texts = [(0, name)]
        for number, line in enumerate(shelf.lines, start=1):
            said = (line.full_title, line.line, on_one_line(line.branch), on_one_line(line.note))
            texts.append((number, "\n".join(said)))
        for number, text in texts:
            _, lost = cp932.fitted(text)
            if lost:
                yield Unwritten(shelf=name, number=number, characters=lost)


def _named_by_code(unwritten: Unwritten) -> str:
    codes = (
        " ".join(f"U+{ord(part):04X}" for part in character) for character in unwritten.characters
    )
    return f"{unwritten.shelf}  {unwritten.number}  {', '.join(codes)}"
