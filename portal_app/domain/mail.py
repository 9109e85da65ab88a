"""Mail to patrons: where to, what about, and what to say when none is written."""

import datetime as dt
import hashlib
import hmac
import re
from dataclasses import dataclass
from enum import StrEnum

# Letters name titles, so nobody tries for longer, and they are forgotten as long after the end.
LETTERS_KEPT_FOR = dt.timedelta(days=1)

# How long after the first, the second … failure a letter is tried again; then always as the last.
_PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
LONGEST_PAUSE = _PAUSES[-1]

# What is written of one who is not there (RFC 3463): nothing more, the address, or the mailbox
# but that it is full. With 5.7 it is the library's own mail server that may not send.
_NOBODY_READS_THERE = re.compile(r"5\.0\.0|5\.1\.\d{1,3}|5\.2\.[013-9]\d{0,2}")
_WITHOUT_SAYING_MORE = frozenset({550, 551, 553})

_SEAL = 24  # hexadecimal digits, 96 bits


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
    ADDRESS_REFUSED = "address_refused"
    NOTHING_ON_HOLD = "nothing_on_hold"


class Trouble(StrEnum):
    """Why a letter could not be sent. Each value names its text: ``desk.mail.trouble.<value>``."""

    NO_SERVER = "no_server"
    NO_CONNECTION = "no_connection"
    TOO_SLOW = "too_slow"
    BROKEN_OFF = "broken_off"
    SIGN_IN_REFUSED = "sign_in_refused"
    SENDER_REFUSED = "sender_refused"
    ADDRESS_REFUSED = "address_refused"
    LETTER_REFUSED = "letter_refused"
    UNWRITABLE = "unwritable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """That a letter could not be sent: why, and the numbers that the mail server gave."""

    trouble: Trouble
    code: int | None = None
    status: str = ""

    @property
    def problem(self) -> str:
        """What is written down of it: nothing of what the mail server says in words."""
        return " ".join(str(part) for part in (self.trouble, self.code, self.status) if part)

    @property
    def is_about_the_address(self) -> bool:
        """Whether nobody reads there, so that it would be in vain to try again."""
        if self.trouble is not Trouble.ADDRESS_REFUSED:
            return False
        if self.status:
            return nobody_reads_there(self.status)
        return self.code in _WITHOUT_SAYING_MORE

    @property
    def is_final(self) -> bool:
        """Whether trying again would be in vain."""
        return self.is_about_the_address or self.trouble is Trouble.UNWRITABLE


def nobody_reads_there(status: str) -> bool:
    """Return whether a status (RFC 3463) says for good that nobody reads at an address."""
    return _NOBODY_READS_THERE.fullmatch(status) is not None


def next_try_at(*, written_at: dt.datetime, tries: int, now: dt.datetime) -> dt.datetime | None:
    """Return when a letter that has failed ``tries`` times is tried again; None is never."""
    ends_at = written_at + LETTERS_KEPT_FOR
    if now >= ends_at:
        return None
    return min(now + _PAUSES[min(tries, len(_PAUSES)) - 1], ends_at)


def sealed(message_id: str, *, address: str, key: bytes) -> str:
    """Return a letter's number with a seal, by which we know that we wrote it to that address.

    Mail comes back days later, when the letter is long forgotten, and anybody may pretend
    that some did.
    """
    text = f"letter|{message_id}|{address.lower()}"
    seal = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:_SEAL]
    return f"{message_id}.{seal}"


def is_sealed(written: str, *, address: str, key: bytes) -> bool:
    """Return whether this is the number of a letter that we wrote to that address."""
    message_id = written.partition(".")[0]
    ours = sealed(message_id, address=address, key=key)
    return hmac.compare_digest(ours.encode(), written.encode())
