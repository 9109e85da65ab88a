"""Photographs of the backs of books: the ISBNs in their barcodes."""

import io
import struct
from dataclasses import dataclass
from enum import StrEnum

import zxingcpp
from PIL import Image

from portal_app.domain.catalogue import IdentifierKind
from portal_app.exchange.numbers import isbn_of

MOST_BYTES = 12 << 20
MOST_PIXELS = 50_000_000

_FORMATS = ("JPEG", "PNG", "WEBP")  # what phones send to a page that asks for a picture
_SIDE = 3_000  # more pixels than a barcode across the whole picture needs
_EAN_13 = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.EAN13)
# What Pillow raises for pictures that break off, lie about themselves or are none.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error)


class PhotoRefusal(StrEnum):
    """Why nothing was read from a photograph."""

    TOO_LARGE = "too_large"
    NOT_A_PICTURE = "not_a_picture"
    NO_BARCODE = "no_barcode"
    NO_ISBN = "no_isbn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPhoto:
    """What a photograph shows: ISBNs with 13 digits, each once."""

    isbns: tuple[str, ...] = ()
    refusal: PhotoRefusal | None = None


def read_photo(content: bytes) -> ReadPhoto:
    """Return the ISBNs in a photograph. Japanese books carry a second barcode, with the price."""
    if len(content) > MOST_BYTES:
        return ReadPhoto(refusal=PhotoRefusal.TOO_LARGE)
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return ReadPhoto(refusal=PhotoRefusal.TOO_LARGE)
            shown = _in_grey(picture)
    except Image.DecompressionBombError:
        return ReadPhoto(refusal=PhotoRefusal.TOO_LARGE)
    except _BROKEN:
        return ReadPhoto(refusal=PhotoRefusal.NOT_A_PICTURE)
    codes = [found.text for found in zxingcpp.read_barcodes(shown, formats=_EAN_13)]
    known = (isbn_of(code) for code in codes)
    isbns = dict.fromkeys(one.value for one in known if one and one.kind == IdentifierKind.ISBN)
    if isbns:
        return ReadPhoto(isbns=tuple(isbns))
    return ReadPhoto(refusal=PhotoRefusal.NO_ISBN if codes else PhotoRefusal.NO_BARCODE)


def _in_grey(picture: Image.Image) -> Image.Image:
    """Return a picture as the reader wants it, small enough, and on white where it is clear."""
    picture.thumbnail((_SIDE, _SIDE))
    if not picture.has_transparency_data:
        return picture.convert("L")
    clear = picture.convert("RGBA")
    white = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(white, clear).convert("L")
