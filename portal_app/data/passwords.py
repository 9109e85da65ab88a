"""Passwords as the database keeps them: argon2id, slow on purpose."""

import hashlib
import secrets
from functools import cache
from importlib.resources import files
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# The profile OWASP calls the least: 19 MiB, two passes, one lane. About 30 ms.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# Every check holds 19 MiB, so a crowd at the door must not all be let in at once.
AT_ONCE = 4
PATIENCE_IN_SECONDS = 3
_slots = BoundedSemaphore(AT_ONCE)

# What is compared when there is no password: nobody has it, and it takes as long.
_NOBODYS = _HASHER.hash(secrets.token_hex(16))


class TooManyAtTheDoor(TimeoutError):
    """Raised when a check has waited too long for its turn."""


def hash_password(password: str) -> str:
    """Return the form of a password that may be stored."""
    return _HASHER.hash(password)


def password_matches(stored: str, given: str) -> bool:
    """Return whether ``given`` is the password behind ``stored``.

    An empty ``stored`` matches nothing and takes as long as a wrong guess, so
    that the time does not tell which cards exist.
    """
    if not _slots.acquire(timeout=PATIENCE_IN_SECONDS):
        raise TooManyAtTheDoor
    try:
        return _HASHER.verify(stored or _NOBODYS, given)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False
    finally:
        _slots.release()


def is_outdated(stored: str) -> bool:
    """Return whether a stored password was made with settings we no longer use."""
    return _HASHER.check_needs_rehash(stored)


def is_common(password: str) -> bool:
    """Return whether a password is among those that every thief tries first."""
    return _digest_of(password.casefold()) in _common_passwords()


@cache
def _common_passwords() -> frozenset[str]:
    lines = (files("portal_app.data") / "common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _digest_of(password: str) -> str:
    return hashlib.sha256(password.encode()).hexdigest()[:16]
