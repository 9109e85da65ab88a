"""The numbers of a record: ISBN, ISSN, JPNO and classes of the NDC."""

import re
import unicodedata
from collections.abc import Iterator

from stdnum import isbn, issn
from stdnum.exceptions import ValidationError

from portal_app.domain.catalogue import Classification, Identifier, IdentifierKind

_ISBN_WRITTEN = re.compile(r"[0-9][0-9 -]{8,16}[0-9Xx]")
_ISSN_WRITTEN = re.compile(r"[0-9]{4}-?[0-9]{3}[0-9Xx]")
_JPNO_WRITTEN = re.compile(r"(?:JP)?([0-9]{8})")
_HYPHENS = re.compile(r"[‐‑‒–—―−ー－]")

# ``K913`` is a class number of the children's room, ``E`` its picture books.
_NDC_WRITTEN = re.compile(r"(?:NDC[\s:]*)?([KEJＥ]?)\s*([0-9]{1,3}(?:\.[0-9]+)?)(?![0-9])")
_CHILDREN_MARK = re.compile(r"(?:^|\s)[KEJ](?:[0-9]{1,3}|$|\s)")
_PICTURE_BOOK = Classification(scheme="ndc", number="E")


def isbn_of(written: str) -> Identifier | None:
    """Return the ISBN that a text begins with, with 13 digits.

    A number that cannot be an ISBN is kept as another number: it stands on the
    book, so someone may look for it.
    """
    plain = _plain(written)
    for found in _ISBN_WRITTEN.findall(plain):
        try:
            number = isbn.to_isbn13(isbn.validate(found))
        except ValidationError:
            continue
        return Identifier(kind=IdentifierKind.ISBN, value=number)
    return other_number(plain.partition(":")[0].partition("(")[0])


def issn_of(written: str) -> Identifier | None:
    """Return the ISSN in a text, or what stands in its place as another number."""
    for found in _ISSN_WRITTEN.findall(_plain(written)):
        try:
            return Identifier(kind=IdentifierKind.ISSN, value=issn.validate(found))
        except ValidationError:
            continue
    return other_number(written)


def jpno_of(written: str) -> Identifier | None:
    """Return the number of the Japanese national bibliography in a text."""
    found = _JPNO_WRITTEN.fullmatch(_plain(written).replace("-", "").replace(" ", ""))
    if found is None:
        return other_number(written)
    return Identifier(kind=IdentifierKind.JPNO, value=found[1])


def other_number(written: str) -> Identifier | None:
    """Return a number of no known kind, or nothing when there is no digit in it."""
    value = _plain(written).replace("-", "").replace(" ", "")
    if not any(character.isdigit() for character in value):
        return None
    return Identifier(kind=IdentifierKind.OTHER, value=value)


def ndc_of(written: str, *, scheme: str = "ndc") -> Iterator[Classification]:
    """Return each class of the NDC in a text: ``NDC 756 914`` names two, ``K913`` is 913."""
    plain = _plain(written).upper()
    for _, number in _NDC_WRITTEN.findall(plain):
        yield Classification(scheme=scheme, number=number)
    if plain.removeprefix("NDC").strip() == _PICTURE_BOOK.number:
        yield Classification(scheme=scheme, number=_PICTURE_BOOK.number)


def is_for_children(written: str) -> bool:
    """Return whether a class number has the mark of the children's room."""
    return _CHILDREN_MARK.search(_plain(written).upper().removeprefix("NDC").strip()) is not None


def _plain(written: str) -> str:
    return _HYPHENS.sub("-", unicodedata.normalize("NFKC", written)).strip()
