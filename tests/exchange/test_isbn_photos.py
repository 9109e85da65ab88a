import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from portal_app.exchange.isbn_photos import MOST_BYTES, PhotoRefusal, ReadPhoto, read_photo
from tests.exchange.photo_samples import back_of_a_book, photo

GINGA = "9784003107638"
KOKORO = "9784003101018"
PRICE = "1920193007008"


def sized(png, side):
    """A PNG whose head claims to be a square of that size."""
    head = b"IHDR" + struct.pack(">II", side, side) + png[24:29]
    return png[:12] + head + struct.pack(">I", zlib.crc32(head)) + png[33:]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_an_isbn_is_read_from_the_back_of_a_book_and_its_price_is_not(kind):
    picture = back_of_a_book(KOKORO, PRICE)

    assert read_photo(photo(picture, kind)) == ReadPhoto(isbns=(KOKORO,))


@pytest.mark.parametrize("turned", [3, 90, 180, 270])
def test_a_book_may_lie_in_any_direction(turned):
    assert read_photo(photo(back_of_a_book(KOKORO, turned=turned))).isbns == (KOKORO,)


def test_several_books_may_be_on_one_photograph():
    found = read_photo(photo(back_of_a_book(KOKORO, GINGA, KOKORO))).isbns

    assert sorted(found) == [KOKORO, GINGA]


def test_a_large_photograph_is_made_smaller_first():
    picture = back_of_a_book(KOKORO).resize((6000, 4500))

    assert read_photo(photo(picture)).isbns == (KOKORO,)


@pytest.mark.parametrize("mode", ["1", "RGB", "P", "LA", "RGBA", "CMYK"])
def test_a_picture_may_have_any_colours(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"

    assert read_photo(photo(back_of_a_book(KOKORO).convert(mode), kind)).isbns == (KOKORO,)


def test_what_is_clear_is_white():
    black = Image.new("RGBA", (1200, 900))
    drawn = back_of_a_book(KOKORO)
    black.putalpha(drawn.point([255] * 100 + [0] * 156))

    assert read_photo(photo(black, "PNG")).isbns == (KOKORO,)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", PhotoRefusal.NOT_A_PICTURE),
        (b"9784003101018", PhotoRefusal.NOT_A_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PhotoRefusal.NOT_A_PICTURE),
        (photo(back_of_a_book(KOKORO), "GIF"), PhotoRefusal.NOT_A_PICTURE),
        (photo(back_of_a_book(KOKORO), "PNG")[:2000], PhotoRefusal.NOT_A_PICTURE),
        (photo(Image.new("L", (800, 600))), PhotoRefusal.NO_BARCODE),
        (photo(back_of_a_book(PRICE)), PhotoRefusal.NO_ISBN),
        (photo(Image.new("1", (8000, 7000)), "PNG"), PhotoRefusal.TOO_LARGE),
        (sized(photo(Image.new("1", (8, 8)), "PNG"), 60_000), PhotoRefusal.TOO_LARGE),
        (b"\0" * (MOST_BYTES + 1), PhotoRefusal.TOO_LARGE),
    ],
)
def test_what_shows_no_isbn_is_refused_with_a_reason(content, refusal):
    assert read_photo(content) == ReadPhoto(refusal=refusal)


SMALL = [photo(back_of_a_book(KOKORO, size=(700, 400)), kind) for kind in ("JPEG", "PNG", "WEBP")]


# A broken head may claim any size.
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@settings(deadline=None, max_examples=150)
@given(st.sampled_from(SMALL), st.data())
def test_no_broken_picture_breaks_the_reader(content, data):
    broken = bytearray(content)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, min(len(broken) - 1, 400)))] = data.draw(
            st.integers(0, 255)
        )

    read = read_photo(bytes(broken[: data.draw(st.integers(20, len(broken)))]))

    assert bool(read.isbns) != bool(read.refusal)
