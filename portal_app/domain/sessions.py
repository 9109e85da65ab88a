"""How long a patron stays signed in, and how often a password may be guessed."""

import datetime as dt
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from portal_app.domain.policies import Session

# What is written less often than this costs nobody anything.
SEEN_AT_LEAST_EVERY = dt.timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How many guesses are heard within some time."""

    window: dt.timedelta
    allowed: int


# A card is never locked, since a stranger could then lock a patron out: guesses
# grow old and are forgotten.
CARD_LIMITS = (
    Limit(window=dt.timedelta(minutes=5), allowed=5),
    Limit(window=dt.timedelta(hours=1), allowed=10),
    Limit(window=dt.timedelta(days=1), allowed=20),
)
ADDRESS_LIMITS = (
    Limit(window=dt.timedelta(minutes=1), allowed=15),
    Limit(window=dt.timedelta(hours=1), allowed=100),
)
MOST_REMEMBERED = max(limit.allowed for limit in (*CARD_LIMITS, *ADDRESS_LIMITS))
FORGOTTEN_AFTER = max(limit.window for limit in (*CARD_LIMITS, *ADDRESS_LIMITS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Buckets:
    """Where guesses at one card, and guesses from one address, are counted."""

    card: str
    address: str


def buckets_of(*, card_number: str, address: str, key: bytes) -> Buckets:
    """Return where a guess is counted.

    Keyed, so that the table of guesses does not tell who has tried what.
    """
    return Buckets(card=keyed(f"card:{card_number}", key), address=keyed(f"at:{address}", key))


def desk_buckets_of(*, login: str, address: str, key: bytes) -> Buckets:
    """Return where a guess at the password of somebody who works at a desk is counted."""
    return Buckets(card=keyed(f"staff:{login}", key), address=keyed(f"at:{address}", key))


def is_over(
    *, created_at: dt.datetime, seen_at: dt.datetime, now: dt.datetime, policy: Session
) -> bool:
    """Return whether a session's time is up (G-12)."""
    return seen_at < idle_since(now, policy=policy) or created_at < oldest(now, policy=policy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """How long a session goes on when nobody does anything."""

    ends_at: dt.datetime
    # Not when its longest time is what ends it.
    may_be_extended: bool


def lasting(*, created_at: dt.datetime, seen_at: dt.datetime, policy: Session) -> Lasting:
    """Return when a session ends unless it is used, and whether using it helps."""
    idle_until = seen_at + dt.timedelta(seconds=policy.idle_seconds)
    longest_until = created_at + dt.timedelta(seconds=policy.longest_seconds)
    return Lasting(
        ends_at=min(idle_until, longest_until), may_be_extended=idle_until < longest_until
    )


def idle_since(now: dt.datetime, *, policy: Session) -> dt.datetime:
    """Return the moment before which a session must have been used to be idle now."""
    return now - dt.timedelta(seconds=policy.idle_seconds)


def oldest(now: dt.datetime, *, policy: Session) -> dt.datetime:
    """Return the moment before which no session that still lasts was opened."""
    return now - dt.timedelta(seconds=policy.longest_seconds)


def is_worth_noting(*, seen_at: dt.datetime, now: dt.datetime, policy: Session) -> bool:
    """Return whether it is time to write down that the patron is still there."""
    return now - seen_at > min(SEEN_AT_LEAST_EVERY, dt.timedelta(seconds=policy.idle_seconds) / 10)


def too_many(guesses: Sequence[dt.datetime], *, limits: Sequence[Limit], now: dt.datetime) -> bool:
    """Return whether the next guess is not heard; ``guesses`` are the latest, newest first."""
    return any(
        len(guesses) >= limit.allowed and guesses[limit.allowed - 1] > now - limit.window
        for limit in limits
    )


def keyed(text: str, key: bytes) -> str:
    """Return what a text is counted under, which does not tell the text."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
