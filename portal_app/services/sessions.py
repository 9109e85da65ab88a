"""Signing in and out, and who is signed in."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """The patron of a session, as far as a page may know."""

    id_hash: str
    patron_id: int
    name: str
    card_masked: str
    card_expires_on: dt.date
    must_change_password: bool
    cart_count: int
