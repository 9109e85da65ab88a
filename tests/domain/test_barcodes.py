"""The published examples of each rule, and a scanner that reads what we draw."""

import pytest
import zxingcpp
from hypothesis import given, strategies
from PIL import Image

from portal_app.domain.barcodes import (
    NARROW,
    QUIET,
    WIDE,
    check_character,
    readings_of_card,
    readings_of_item,
    symbol,
    widths,
)
from portal_app.domain.policies import CardBarcode, CheckDigit

NW_7 = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.Codabar)
HEIGHT = 40
PIXELS = 2


@pytest.mark.parametrize(
    ("number", "added"),
    [("12345678", "4"), ("4912345", "6"), ("491234567890", "4"), ("1456995111617", "6")],
)
def test_modulus_10_weight_3(number, added):
    assert check_character(number, policy=_rule("modulus_10_weight_3")) == added


@pytest.mark.parametrize(
    ("number", "added"),
    [("12345678", "2"), ("3023400051786", "1"), ("3319100010586", "4"), ("5819800094399", "6")],
)
def test_luhn(number, added):
    assert check_character(number, policy=_rule("luhn")) == added


@pytest.mark.parametrize(
    ("number", "added"), [("12345678901", "3"), ("99991234567", "0"), ("8745343", "5")]
)
def test_seven_dr(number, added):
    assert check_character(number, policy=_rule("seven_dr")) == added


@pytest.mark.parametrize(
    ("number", "added"),
    [("12345678", "5"), ("123456789", "2"), ("987654321", "1"), ("243124", "6")],
)
def test_modulus_11(number, added):
    assert check_character(number, policy=_rule("modulus_11")) == added


@pytest.mark.parametrize("number", ["0", "6"])
def test_modulus_11_has_one_digit_for_what_would_be_two(number):
    """Eleven and ten are written as nought: the rests are 0 and 1."""
    assert check_character(number, policy=_rule("modulus_11")) == "0"


@pytest.mark.parametrize(
    ("start", "number", "stop", "added"),
    [
        ("A", "37859", "B", "+"),
        ("A", "789", "A", "8"),
        ("A", "01234", "B", "5"),
        ("A", "0", "A", "0"),  # never a start character, which nobody could read
    ],
)
def test_modulus_16_counts_start_and_stop(start, number, stop, added):
    policy = CardBarcode(start=start, stop=stop, check_digit=CheckDigit.MODULUS_16)

    assert check_character(number, policy=policy) == added
    assert symbol(number, policy=policy) == f"{start}{number}{added}{stop}"


def test_without_a_rule_nothing_is_added():
    assert symbol("2024000276", policy=_rule("none")) == "A2024000276A"


@pytest.mark.parametrize("number", ["", "A123", "12-3", "１２３", "12 3", "²"])
def test_what_is_no_number_cannot_be_drawn(number):
    assert symbol(number, policy=_rule("none")) == ""


def test_a_barcode_is_white_on_both_sides_and_has_two_widths():
    drawn = widths("A12A")

    assert (drawn[0], drawn[-1]) == (QUIET, QUIET)
    assert set(drawn[1:-1]) == {NARROW, WIDE}
    assert 2 <= WIDE / NARROW <= 3
    # Four characters of seven, with a space between each two, and white around.
    assert len(drawn) == 4 * 7 + 3 + 2
    assert len(drawn) % 2 == 1


@pytest.mark.parametrize("start", "ABCD")
@pytest.mark.parametrize("stop", "ABCD")
def test_a_scanner_reads_every_character(start, stop):
    text = f"{start}0123456789-$:/.+{stop}"

    assert _scanned(text) == text


@pytest.mark.parametrize("rule", list(CheckDigit))
@given(number=strategies.from_regex(r"[0-9]{4,20}", fullmatch=True))
def test_a_scanner_reads_any_card_by_any_rule(rule, number):
    text = symbol(number, policy=_rule(rule))

    assert _scanned(text) == text


def _rule(name: str) -> CardBarcode:
    return CardBarcode(check_digit=CheckDigit(name))


def _scanned(text: str) -> str:
    """Return what a scanner reads when it is shown the bars of a text."""
    drawn = widths(text)
    picture = Image.new("L", (sum(drawn) * PIXELS, HEIGHT), "white")
    left = 0
    for place, width in enumerate(drawn):
        if place % 2:
            picture.paste("black", (left, 0, left + width * PIXELS, HEIGHT))
        left += width * PIXELS
    [found] = zxingcpp.read_barcodes(picture, formats=NW_7)
    return found.text


@pytest.mark.parametrize("rule", CheckDigit)
def test_what_a_card_shows_is_read_as_its_number(rule):
    policy = CardBarcode(start="B", stop="D", check_digit=rule)

    assert "2024000276" in readings_of_card(symbol("2024000276", policy=policy), policy=policy)


@pytest.mark.parametrize("rule", CheckDigit)
def test_a_scanner_may_leave_out_start_and_stop(rule):
    policy = CardBarcode(check_digit=rule)

    read = readings_of_card(symbol("2024000276", policy=policy)[1:-1], policy=policy)

    assert "2024000276" in read


@pytest.mark.parametrize("typed", ["2024000276", "２０２４０００２７６", " 2024-000-276 "])
def test_a_card_number_that_was_typed_is_the_first_reading(typed):
    assert readings_of_card(typed, policy=CardBarcode())[0] == "2024000276"


@pytest.mark.parametrize("scanned", ["", " ", "A", "AA", "<script>", "x" * 500])
def test_no_card_is_read_from_nonsense(scanned):
    policy = CardBarcode(check_digit=CheckDigit.LUHN)

    assert all(reading.isalnum() for reading in readings_of_card(scanned, policy=policy))


@pytest.mark.parametrize(
    ("scanned", "readings"),
    [
        ("B21", ("B21",)),
        (" b21 ", ("b21", "B21")),
        ("A1234567A", ("A1234567A", "1234567")),
        ("１２３", ("123",)),
        ("", ()),
    ],
)
def test_an_item_may_be_scanned_with_the_signs_at_its_ends(scanned, readings):
    assert readings_of_item(scanned) == readings
