"""Card numbers: as patrons type them, and as others may see them."""

import re
import unicodedata

LONGEST = 20

_SEPARATORS = re.compile(r"[\s\-‐-―−ーｰ]")
_CARD_NUMBER = re.compile(rf"[A-Z0-9]{{1,{LONGEST}}}")


def normal_card_number(typed: str) -> str:
    """Return a card number as the card has it, or an empty text when it cannot be one.

    Patrons type full-width digits, spaces and hyphens. Letters stay, since the
    bar codes of some libraries begin and end with one.
    """
    if len(typed) > 4 * LONGEST:
        return ""
    number = _SEPARATORS.sub("", unicodedata.normalize("NFKC", typed)).upper()
    return number if _CARD_NUMBER.fullmatch(number) else ""


def masked(card_number: str, *, shown_digits: int) -> str:
    """Return a card number of which a stranger sees only the end (G-07): ``*****276``."""
    hidden = max(len(card_number) - shown_digits, 0)
    return "*" * hidden + card_number[hidden:]
