"""Addresses at which mail is stopped: which mail, and the secret of each (RFC 8058)."""

from portal_app.domain import secret_links
from portal_app.domain.mail import LetterKind, NoticeKind
from portal_app.domain.notices import NOTICE_OF

# Nobody has asked for these by themselves when they come. What was asked for a moment ago
# needs no address to stop it, and what tells of the card or the address is always sent.
STOPPABLE = frozenset(
    {
        LetterKind.HOLD_READY,
        LetterKind.LENT,
        LetterKind.DUE_SOON,
        LetterKind.OVERDUE,
        LetterKind.NEW_ARRIVALS,
    }
)


def stops(letter: LetterKind) -> NoticeKind | None:
    """Return which notice a letter can be stopped with, or None where it cannot."""
    return NOTICE_OF[letter] if letter in STOPPABLE else None


def secret_of(signing_key: bytes, *, patron_id: int, kind: NoticeKind, nonce: str) -> str:
    """Return the secret in the address at which a patron's notices of a kind are stopped."""
    leads_to = f"stop|{patron_id}|{kind}"
    return secret_links.secret_of(signing_key, leads_to=leads_to, nonce=nonce)
