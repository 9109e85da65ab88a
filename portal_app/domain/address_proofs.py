"""Proving that one reads mail at an address: a link, or a code to type in (G-42)."""

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum

from portal_app.domain.sessions import Limit

CODE_DIGITS = 6
# Five guesses at a million codes; after that the mail must be asked for again.
MOST_WRONG_CODES = 5

# What one patron may have sent, and what may be sent to one address whoever asks: the
# portal must not be good for filling a stranger's mailbox.
LIMITS_OF_A_PATRON = (
    Limit(window=dt.timedelta(hours=1), allowed=6),
    Limit(window=dt.timedelta(days=1), allowed=12),
)
LIMITS_OF_AN_ADDRESS = (
    Limit(window=dt.timedelta(hours=1), allowed=3),
    Limit(window=dt.timedelta(days=1), allowed=6),
)
LIMITS_OF_TESTS = (
    Limit(window=dt.timedelta(hours=1), allowed=3),
    Limit(window=dt.timedelta(days=1), allowed=10),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What the mail that proves an address is made of: chance, the portal's key and address."""

    secret: str
    code: str
    key: bytes
    origin: str


class Proved(StrEnum):
    """What became of a code that was typed in: ``patron_information.answer.<value>``."""

    CONFIRMED = "confirmed"
    CODE_WRONG = "code_wrong"
    CODES_USED_UP = "codes_used_up"
    PROOF_OVER = "proof_over"


def hash_of_code(code: str, *, secret_hash: str, key: bytes) -> str:
    """Return what the database knows a code by.

    Keyed, since whoever has the table could try a million codes.
    """
    text = f"address proof|{secret_hash}|{code}"
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def bucket_of(what: str, whose: object, *, key: bytes) -> str:
    """Return where it is counted how often something is sent, without telling whose it is."""
    return hmac.new(key, f"{what}|{whose}".encode(), hashlib.sha256).hexdigest()


def ends_at(asked_at: dt.datetime, *, hours: int) -> dt.datetime:
    """Return until when an address can be proved."""
    return asked_at + dt.timedelta(hours=hours)
