"""Photographs of the backs of books, drawn by the tests themselves."""

import io

import numpy as np
import zxingcpp
from PIL import Image


def barcode(number: str) -> Image.Image:
    """Return a barcode as books carry it."""
    code = zxingcpp.create_barcode(number, zxingcpp.BarcodeFormat.EAN13)
    return Image.fromarray(np.array(code.to_image(scale=3, add_quiet_zones=True)))


def back_of_a_book(
    *numbers: str, turned: int = 0, size: tuple[int, int] = (1200, 900)
) -> Image.Image:
    """Return the back of a book with barcodes, one below the other."""
    page = Image.new("L", size, 200)
    for place, number in enumerate(numbers):
        page.paste(barcode(number), (300, 60 + 260 * place))
    return page.rotate(turned, expand=True, fillcolor=200)


def photo(picture: Image.Image, kind: str = "JPEG", **how: int) -> bytes:
    """Return a picture as a phone sends it."""
    file = io.BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()
