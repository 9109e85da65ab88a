"""Mail to patrons: where to, what about, and what to say when none is written."""

import datetime as dt
from enum import StrEnum

# Letters name titles, so they are forgotten when nobody would send them any more.
LETTERS_KEPT_FOR = dt.timedelta(days=1)


class AddressKind(StrEnum):
    """Where an address is read (K-40). Each value names its text: ``letters.choice.<value>``."""

    PC = "pc"
    MOBILE = "mobile"


class NoticeKind(StrEnum):
    """What patrons choose the addresses of, each for itself (K-41 to K-45)."""

    REGISTRATION = "registration"  # 登録完了メール: what was changed was changed
    HOLD = "hold"  # 予約関連メール: chosen for each hold whether it is sent
    NEW_ARRIVALS = "new_arrivals"  # 新着図書お知らせメール: chosen for each alert
    LOAN = "loan"  # 貸出通知
    DUE_DATE = "due_date"  # 返却期限通知: N days before, and by policy again when overdue


class LetterKind(StrEnum):
    """What a letter tells. Each value has its texts in ``letters.<value>``."""

    HOLD_PLACED = "hold_placed"
    HOLD_CANCELLED = "hold_cancelled"
    HOLD_READY = "hold_ready"
    LENT = "lent"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    NEW_ARRIVALS = "new_arrivals"
    ADDRESS_PROOF = "address_proof"  # the only one to an address that is not confirmed
    ADDRESS_CHANGED = "address_changed"  # to the address that was there before
    SETTINGS_CHANGED = "settings_changed"
    TEST = "test"
    PASSWORD_LINK = "password_link"  # noqa: S105  what a letter is about, not a secret
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  ditto


class Note(StrEnum):
    """Why no letter was written although what it was about is done: ``letters.note.<value>``."""

    NO_SUCH_ADDRESS = "no_such_address"
    NOTHING_ON_HOLD = "nothing_on_hold"
