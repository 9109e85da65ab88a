"""The keys of a reading history, and what wraps them (docs/reading-history.md).

What closes an entry is public. What opens it is kept only wrapped: by the password, by
the recovery code, and while a session lasts by the secret of its cookie.
"""

import hashlib
import struct
from contextlib import suppress
from enum import Enum

from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from nacl.secret import SecretBox
from nacl.utils import random

from portal_app.domain.recovery_codes import BYTES as BYTES_OF_CODE

# Another salt and four times the work of the check of the password (data/passwords.py), so
# that neither helps with the other. About 150 ms, which only those wait for who keep a history.
PASSES, MEMORY_BYTES = 3, 64 * 1024 * 1024
_COST = struct.Struct(">II")
_SALT = pwhash.argon2id.SALTBYTES


class Purpose(Enum):
    """What a key made of a random secret is for: each gets a key of its own."""

    RECOVERY = b"history recovery"
    SESSION = b"history session"
    DRAFT = b"history draft"


def new_private_key() -> bytes:
    """Return what opens a new history."""
    return bytes(PrivateKey.generate())


def new_code() -> bytes:
    """Return what a new recovery code says."""
    return random(BYTES_OF_CODE)


def public_key_of(private_key: bytes) -> bytes:
    """Return what closes the entries of a history."""
    return bytes(PrivateKey(private_key).public_key)


def wrapped_by_password(private_key: bytes, *, password: str) -> bytes:
    """Return a private key wrapped by a password, with what it cost to make it.

    Slow on purpose, and holds much memory: through ``web.doorkeepers`` only.
    """
    salt = random(_SALT)
    box = SecretBox(_stretched(password, salt, PASSES, MEMORY_BYTES))
    return _COST.pack(PASSES, MEMORY_BYTES) + salt + bytes(box.encrypt(private_key))


def opened_by_password(wrapped: bytes, *, password: str) -> bytes | None:
    """Return the private key, or None if that is not the password that wraps it."""
    passes, memory = _COST.unpack_from(wrapped)
    salt, sealed = wrapped[_COST.size :][:_SALT], wrapped[_COST.size + _SALT :]
    return _opened(SecretBox(_stretched(password, salt, passes, memory)), sealed)


def wrapped_by(secret: bytes, purpose: Purpose, content: bytes) -> bytes:
    """Return something wrapped by a secret that nobody can guess."""
    return bytes(SecretBox(_derived(secret, purpose)).encrypt(content))


def opened_by(secret: bytes, purpose: Purpose, wrapped: bytes) -> bytes | None:
    """Return what was wrapped, or None if not by this secret and for this purpose."""
    return _opened(SecretBox(_derived(secret, purpose)), wrapped)


def unsealed(private_key: bytes, sealed: bytes) -> bytes:
    """Return what was written down in an entry."""
    return SealedBox(PrivateKey(private_key)).decrypt(sealed)


def _stretched(password: str, salt: bytes, passes: int, memory: int) -> bytes:
    return pwhash.argon2id.kdf(
        SecretBox.KEY_SIZE, password.encode(), salt, opslimit=passes, memlimit=memory
    )


def _derived(secret: bytes, purpose: Purpose) -> bytes:
    return hashlib.blake2b(secret, digest_size=SecretBox.KEY_SIZE, person=purpose.value).digest()


def _opened(box: SecretBox, wrapped: bytes) -> bytes | None:
    with suppress(CryptoError):
        return box.decrypt(wrapped)
    return None
