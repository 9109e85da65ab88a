"""Links by mail that lead to a new password: how often they are written, and how long they last."""

import datetime as dt

from portal_app.domain.policies import SignIn
from portal_app.domain.sessions import Buckets, Limit, keyed

# Anybody can ask for a card that is not theirs. Its patron gets a mail that they can ignore,
# and few of them.
CARD_LIMITS = (
    Limit(window=dt.timedelta(hours=1), allowed=3),
    Limit(window=dt.timedelta(days=1), allowed=6),
)


def buckets_of(*, card_number: str, address: str, key: bytes) -> Buckets:
    """Return where a wish for a link is counted.

    Beside the guesses, not among them: who asks for links keeps nobody from signing in.
    """
    return Buckets(
        card=keyed(f"link:{card_number}", key), address=keyed(f"links at:{address}", key)
    )


def leads_on(
    *, asked_at: dt.datetime, used_at: dt.datetime | None, policy: SignIn, now: dt.datetime
) -> bool:
    """Return whether a link still leads to a new password: once, and not for long."""
    return used_at is None and now < asked_at + dt.timedelta(minutes=policy.link_minutes)
