"""Mail that a mail server sends back because it could not be delivered (RFC 3464)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

_NUMBER = re.compile(r"<\s*([0-9a-f]{32}\.[0-9a-f]{24})@[^>\s]+>")
_STATUS = re.compile(r"\d\.\d{1,3}\.\d{1,3}")
_FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What a mail server says of a letter: its number, and the status of each address."""

    number: str
    statuses: tuple[tuple[str, str], ...]


def read(mail: bytes) -> Returned | None:
    """Return what comes back, or None where this is other mail."""
    message = message_from_bytes(mail, policy=policy.default)
    parts = list(message.walk())
    found = [status for part in parts for status in _statuses(part)]
    numbers = [number for part in parts for number in _numbers(part)]
    if not found or not numbers:
        return None
    return Returned(number=numbers[0], statuses=tuple(found))


def _statuses(part: Message) -> Iterator[tuple[str, str]]:
    if part.get_content_type() != "message/delivery-status":
        return
    # One block for the message, and one for each address.
    for block in part.get_payload():
        if not isinstance(block, Message):
            continue
        if str(block.get("Action", "")).strip().lower() != _FAILED:
            continue
        status = _STATUS.search(str(block.get("Status", "")))
        for name in ("Original-Recipient", "Final-Recipient"):
            address = str(block.get(name, "")).rpartition(";")[2].strip().strip("<>")
            if address and status:
                yield address, status[0]


def _numbers(part: Message) -> Iterator[str]:
    if part.get_content_type() == "text/rfc822-headers":
        text = part.get_content() if isinstance(part, EmailMessage) else str(part.get_payload())
        yield from _NUMBER.findall(str(text))
    for name in ("Message-ID", "In-Reply-To", "References"):
        yield from _NUMBER.findall(str(part.get(name, "")))
