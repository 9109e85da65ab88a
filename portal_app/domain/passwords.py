"""Passwords: which ones a patron may choose."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from portal_app.domain.policies import Password

# Longer ones are refused and never cut, or the rest would be no secret.
LONGEST = 200
FEWEST_CHARACTERS = 4

# Without those that look alike on paper.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


class Refusal(StrEnum):
    """Why a new password is not taken. Each value names its text: ``password.problem.<value>``."""

    NOT_REPEATED = "not_repeated"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NEEDS_LETTERS_AND_DIGITS = "needs_letters_and_digits"
    SAME_AS_BEFORE = "same_as_before"
    CARD_NUMBER = "card_number"
    BIRTH_DATE = "birth_date"
    TOO_COMMON = "too_common"


def normal_password(typed: str) -> str:
    """Return a password as it is compared: full- and half-width are alike."""
    return unicodedata.normalize("NFKC", typed)


def readable_password(*, pick: Callable[[str], str]) -> str:
    """Return a first password that everybody can read from a slip of paper.

    ``pick`` takes one of some characters in a way that nobody can foresee.
    """
    return "-".join("".join(pick(_READABLE) for _ in range(4)) for _ in range(3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A password that somebody would like to have, and what it must differ from."""

    password: str
    repeated: str
    current: str
    card_number: str  # what is not secret about them: of staff it is their login
    born_on: dt.date | None
    is_common: bool


def refusal_for(choice: Choice, *, policy: Password) -> Refusal | None:
    """Return why a patron may not choose this password, or None if they may."""
    return next(_refusals(choice, policy), None)


def _refusals(choice: Choice, policy: Password) -> Iterator[Refusal]:
    password = choice.password
    if password != choice.repeated:
        yield Refusal.NOT_REPEATED
    if len(password) < policy.min_length:
        yield Refusal.TOO_SHORT
    if len(password) > LONGEST:
        yield Refusal.TOO_LONG
    if policy.needs_letters_and_digits and not _mixes_letters_and_digits(password):
        yield Refusal.NEEDS_LETTERS_AND_DIGITS
    if password == choice.current:
        yield Refusal.SAME_AS_BEFORE
    # Nothing that lies in the same bag as the card.
    if choice.card_number.casefold() in password.casefold():
        yield Refusal.CARD_NUMBER
    if choice.born_on and f"{choice.born_on:%Y%m%d}" in _without_separators(password):
        yield Refusal.BIRTH_DATE
    if choice.is_common or len(set(password)) < FEWEST_CHARACTERS:
        yield Refusal.TOO_COMMON


def _mixes_letters_and_digits(password: str) -> bool:
    return bool(re.search(r"[A-Za-z]", password) and re.search(r"[0-9]", password))


def _without_separators(password: str) -> str:
    # 1980-01-01 and 1980/01/01 are the same date.
    return re.sub(r"[\s./-]", "", password)
