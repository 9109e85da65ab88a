"""NW-7, also called Codabar (JIS X 0506): the barcode of library cards, drawn from its digits."""

from collections.abc import Sequence

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

NARROW = 1
# Two to three times as wide is allowed; three is the easiest to tell apart.
WIDE = 3
# A scanner looks for this much white on either side.
QUIET = 10


def symbol(number: str, *, policy: CardBarcode) -> str:
    """Return what a scanner shall read from a card, or an empty text when it cannot be drawn."""
    if not (number.isascii() and number.isdecimal()):
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


def _weighted(digits: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Return each digit times its weight; the weights are counted from the last digit."""
    return [digit * weights[place % len(weights)] for place, digit in enumerate(reversed(digits))]


def _digit_sum(number: int) -> int:
    return sum(divmod(number, 10))
