"""Where a kind of notice goes, unless its patron has said otherwise (K-41 to K-45)."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal_app.domain.mail import LetterKind, NoticeKind
from portal_app.domain.policies import Mail

# Of these it is chosen each time, for a hold or an alert, whether they are sent (K-42, K-43).
CHOSEN_EACH_TIME = frozenset({NoticeKind.HOLD, NoticeKind.NEW_ARRIVALS})

# Whatever is not here is about the patron's card or address, and always sent.
NOTICE_OF: Mapping[LetterKind, NoticeKind] = {
    LetterKind.HOLD_PLACED: NoticeKind.HOLD,
    LetterKind.HOLD_CANCELLED: NoticeKind.HOLD,
    LetterKind.HOLD_READY: NoticeKind.HOLD,
    LetterKind.LENT: NoticeKind.LOAN,
    LetterKind.DUE_SOON: NoticeKind.DUE_DATE,
    LetterKind.OVERDUE: NoticeKind.DUE_DATE,
    LetterKind.NEW_ARRIVALS: NoticeKind.NEW_ARRIVALS,
    LetterKind.SETTINGS_CHANGED: NoticeKind.REGISTRATION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Where a notice goes, whether it is sent, and how many days before the due date."""

    places: tuple[int, ...]
    is_sent: bool
    days_before: int | None = None


def choice_of(kind: NoticeKind, *, policy: Mail) -> Choice:
    """Return what holds of a patron who has chosen nothing.

    To the first address. That a loan was made, the patron knows: 貸出通知 is not sent
    until somebody wants it.
    """
    days = policy.days_before_due if kind is NoticeKind.DUE_DATE else None
    return Choice(places=(1,), is_sent=kind is not NoticeKind.LOAN, days_before=days)
