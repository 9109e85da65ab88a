"""Secrets that lead somewhere without a card: what they are made of, and what is kept of them."""

import base64
import hashlib
import hmac
import re

SECRET_BYTES = 18  # 144 bits, which nobody guesses, and 24 characters without a remainder
_WRITTEN = re.compile(r"[A-Za-z0-9_-]{24}")


def secret_of(signing_key: bytes, *, leads_to: str, nonce: str) -> str:
    """Return the secret that leads somewhere.

    Whoever has the key can make it again, so that its owner can be shown it. Whoever has
    only the database cannot, and nothing that they write there leads anywhere.
    """
    text = f"{leads_to}|{nonce}"
    digest = hmac.new(signing_key, text.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:SECRET_BYTES]).decode()


def hash_of(secret: str) -> str:
    """Return what the database knows a secret by."""
    return hashlib.sha256(secret.encode()).hexdigest()


def could_be_secret(written: str) -> bool:
    """Return whether a text has the form of a secret."""
    return _WRITTEN.fullmatch(written) is not None
