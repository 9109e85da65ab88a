"""Lists of ISBNs as people paste and upload them, with whatever else stands between."""

import io
import re
import unicodedata
from dataclasses import dataclass

from portal_app.domain.catalogue import IdentifierKind
from portal_app.exchange.encodings import encoding_of
from portal_app.exchange.numbers import isbn_of
from portal_app.exchange.shelf_reading import ListRefusal
from portal_app.exchange.wording import tidy

MOST_CHARACTERS = 1 << 20
MOST_SHOWN = 80  # of a line that is no ISBN

_HYPHENS = re.compile(r"[‐‑‒–—―−ー－]")
_LABEL = re.compile(r"ISBN(?:-?1[03](?=[\s:]))?[\s:]*", re.IGNORECASE)
# Spaces may part an ISBN only where its own parts end; otherwise two numbers that stand
# side by side would be one.
_NUMBER = re.compile(
    r"""(?<![0-9A-Za-z-])(?:
      97[89][ ][0-9]{10}
    | 97[89][ -][0-9]{1,5}[ -][0-9]{1,7}[ -][0-9]{1,7}[ -][0-9]
    | [0-9](?:-?[0-9]){7,}-?[0-9Xx]
    | [0-9]{1,5}[ -][0-9]{1,7}[ -][0-9]{1,7}[ -][0-9Xx]
    )(?![0-9A-Za-z]|-[0-9])""",
    re.VERBOSE,
)
_LENGTHS = (10, 13)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundIsbn:
    """An ISBN with 13 digits, and the line on which it first stands, counted from one."""

    number: int
    isbn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoIsbn:
    """What somebody has written that is no ISBN, and on which line."""

    number: int
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadIsbns:
    """What a list says, each ISBN once."""

    found: tuple[FoundIsbn, ...] = ()
    unread: tuple[NoIsbn, ...] = ()
    refusal: ListRefusal | None = None


def read_isbns(text: str) -> ReadIsbns:
    """Return the ISBNs in a text, and each number or line that is none."""
    if len(text) > MOST_CHARACTERS:
        return ReadIsbns(refusal=ListRefusal.TOO_LARGE)
    found: dict[str, int] = {}
    unread: list[NoIsbn] = []
    for number, line in enumerate(text.splitlines(), start=1):
        isbns, others = _parted(line)
        for isbn in isbns:
            found.setdefault(isbn, number)
        unread += (NoIsbn(number=number, written=other) for other in others)
    return ReadIsbns(
        found=tuple(FoundIsbn(number=number, isbn=isbn) for isbn, number in found.items()),
        unread=tuple(unread),
    )


def read_isbn_file(content: bytes) -> ReadIsbns:
    """Return the ISBNs in a file of text, in any encoding in which Japanese systems write it."""
    if len(content) > MOST_CHARACTERS:
        return ReadIsbns(refusal=ListRefusal.TOO_LARGE)
    text = content.decode(encoding_of(io.BytesIO(content)), errors="replace")
    if "\0" in text:
        return ReadIsbns(refusal=ListRefusal.NOT_TEXT)
    return read_isbns(text)


def _parted(line: str) -> tuple[list[str], list[str]]:
    """Return the ISBNs of a line, and what looks like one or stands in the place of one.

    Words beside an ISBN are its title or its price, and nobody asks for them.
    """
    plain = _HYPHENS.sub("-", unicodedata.normalize("NFKC", line))
    plain = _LABEL.sub(" ", plain).strip()
    isbns: list[str] = []
    others: list[str] = []
    for written in _NUMBER.findall(plain):
        isbn = _isbn(written)
        if isbn is None:
            others.append(written)
        else:
            isbns.append(isbn)
    if plain and not isbns and not others:
        others.append(line)
    return isbns, [_shown(other) for other in others]


def _isbn(written: str) -> str | None:
    if len(written.replace("-", "").replace(" ", "")) not in _LENGTHS:
        return None
    known = isbn_of(written)
    return known.value if known and known.kind == IdentifierKind.ISBN else None


def _shown(line: str) -> str:
    plain = tidy(line)
    return plain if len(plain) <= MOST_SHOWN else plain[: MOST_SHOWN - 1] + "…"
