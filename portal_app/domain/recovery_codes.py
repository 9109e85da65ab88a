"""The recovery code of a reading history: 128 random bits that people can type from paper."""

import hashlib
import unicodedata

BYTES = 16
# Crockford's: no I, L, O or U, which look like other characters or spell words.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_BITS = 5
_CHARACTERS = 26  # as many as 128 bits need
_CHECKS = 2  # which notice a slip of the pen, all but one in a thousand
_GROUP = 4


def written(secret: bytes) -> str:
    """Return a code as it is printed: ``7ZZ3-XKQ2-…``, seven groups."""
    text = _digits(int.from_bytes(secret), _CHARACTERS) + _checks(secret)
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def read(text: str) -> bytes | None:
    """Return the secret of a code however it was typed, or None if it cannot be right."""
    plain = unicodedata.normalize("NFKC", text).upper()
    values = [_VALUES[character] for character in plain if character in _VALUES]
    if len(values) != _CHARACTERS + _CHECKS:
        return None
    number = 0
    for value in values[:_CHARACTERS]:
        number = (number << _BITS) + value
    if number.bit_length() > 8 * BYTES:
        return None
    secret = number.to_bytes(BYTES)
    checks = "".join(_ALPHABET[value] for value in values[_CHARACTERS:])
    return secret if checks == _checks(secret) else None


def _checks(secret: bytes) -> str:
    digest = hashlib.sha256(b"recovery code|" + secret).digest()
    return _digits(int.from_bytes(digest[:2]) % len(_ALPHABET) ** _CHECKS, _CHECKS)


def _digits(number: int, count: int) -> str:
    values = [(number >> (_BITS * place)) % len(_ALPHABET) for place in reversed(range(count))]
    return "".join(_ALPHABET[value] for value in values)
