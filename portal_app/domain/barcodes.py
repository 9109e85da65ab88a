"""NW-7, also called Codabar (JIS X 0506): the barcode of library cards, drawn and read."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from portal_app.domain.cards import normal_card_number
from portal_app.domain.policies import CardBarcode, CheckDigit

# Of each character, which of its four bars and the three spaces between them are wide.
_WIDE = {
    "0": "0000011",
    "1": "0000110",
    "2": "0001001",
    "3": "1100000",
    "4": "0010010",
    "5": "1000010",
    "6": "0100001",
    "7": "0100100",
    "8": "0110000",
    "9": "1001000",
    "-": "0001100",
    "$": "0011000",
    ":": "1000101",
    "/": "1010001",
    ".": "1010100",
    "+": "0010101",
    "A": "0011010",
    "B": "0101001",
    "C": "0001011",
    "D": "0001110",
}
# What each character counts for modulus 16: its place.
_VALUES = "0123456789-$:/.+ABCD"

# As a scanner sends NW-7 when nobody has told it to leave out start and stop.
_FRAMED = re.compile(r"[A-D](?P<inside>[0-9]+)[A-D]")

NARROW = 1
# Two to three times as wide is allowed; three is the easiest to tell apart.
WIDE = 3
# A scanner looks for this much white on either side.
QUIET = 10


def symbol(number: str, *, policy: CardBarcode) -> str:
    """Return what a scanner shall read from a card, or an empty text when it cannot be drawn."""
    if not _is_number(number):
        return ""
    return f"{policy.start}{number}{check_character(number, policy=policy)}{policy.stop}"


def check_character(number: str, *, policy: CardBarcode) -> str:
    """Return what the library's rule adds to a number of digits; nothing where it has no rule."""
    digits = [int(digit) for digit in number]
    match policy.check_digit:
        case CheckDigit.NONE:
            return ""
        case CheckDigit.MODULUS_10_WEIGHT_3:
            return str(-sum(_weighted(digits, (3, 1))) % 10)
        case CheckDigit.LUHN:
            return str(-sum(map(_digit_sum, _weighted(digits, (2, 1)))) % 10)
        case CheckDigit.SEVEN_DR:
            return str(int(number) % 7)
        case CheckDigit.MODULUS_11:
            rest = sum(_weighted(digits, (2, 3, 4, 5, 6, 7))) % 11
            return str(11 - rest if rest > 1 else 0)
        case CheckDigit.MODULUS_16:
            total = sum(map(_VALUES.index, f"{policy.start}{number}{policy.stop}"))
            return _VALUES[-total % 16]


def widths(symbol: str) -> tuple[int, ...]:
    """Return the widths of spaces and bars in turn, from the white before to the white after."""
    found = [QUIET]
    for character in symbol:
        found += [WIDE if is_wide == "1" else NARROW for is_wide in _WIDE[character]]
        found.append(NARROW)  # the space between two characters
    return (*found[:-1], QUIET)


def readings_of_card(scanned: str, *, policy: CardBarcode) -> tuple[str, ...]:
    """Return the card numbers that were typed or scanned, the likeliest first.

    A scanner may send the signs at both ends and the check character, or leave them out.
    """
    written = _plain(scanned)
    typed = normal_card_number(scanned)
    return _each_once([typed, *_without_check(written, policy), *_inside(written, policy)])


def readings_of_item(scanned: str) -> tuple[str, ...]:
    """Return the item barcodes that were typed or scanned, the likeliest first."""
    typed = unicodedata.normalize("NFKC", scanned).strip()
    framed = _FRAMED.fullmatch(typed.upper())
    return _each_once([typed, typed.upper(), framed["inside"] if framed else ""])


def _inside(written: str, policy: CardBarcode) -> Iterator[str]:
    if written[:1] == policy.start and written[-1:] == policy.stop:
        inside = written[1:-1]
        yield from _without_check(inside, policy)
        yield inside


def _without_check(written: str, policy: CardBarcode) -> Iterator[str]:
    number, check = written[:-1], written[-1:]
    if policy.check_digit is not CheckDigit.NONE and _is_number(number):
        expected = check_character(number, policy=policy)
        if check == expected:
            yield number


def _plain(scanned: str) -> str:
    return "".join(unicodedata.normalize("NFKC", scanned).split()).upper()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _each_once(readings: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, readings)))


def _weighted(digits: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Return each digit times its weight; the weights are counted from the last digit."""
    return [digit * weights[place % len(weights)] for place, digit in enumerate(reversed(digits))]


def _digit_sum(number: int) -> int:
    return sum(divmod(number, 10))
