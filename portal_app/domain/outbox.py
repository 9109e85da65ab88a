"""The outbox: what a device sends, perhaps more than once, and the one answer to it."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal_app.domain import cart, hold_series, holds, loans, mail, shelves

# A device keeps what it has not sent for 14 days; then nothing can come again.
ANSWERS_KEPT_FOR = dt.timedelta(days=30)

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Refusal(StrEnum):
    """Why an operation is not acted on at all: ``outbox.refusal.<value>``."""

    NOT_UNDERSTOOD = "not_understood"
    NO_LONGER_IN_CART = "no_longer_in_cart"


Reason = (
    cart.Refusal
    | hold_series.Note
    | hold_series.Refusal
    | holds.NotCancelled
    | holds.NotChanged
    | holds.Problem
    | holds.Refusal
    | loans.Refusal
    | mail.Note
    | shelves.Meeting
    | shelves.Refusal
    | Refusal
)

_WORDED_AS: Mapping[type[Reason], str] = {
    cart.Refusal: "cart.refusal",
    hold_series.Note: "hold_series.note",
    hold_series.Refusal: "hold_series.refusal",
    holds.NotCancelled: "holds.not_cancelled",
    holds.NotChanged: "holds.not_changed",
    holds.Problem: "holds.problem",
    holds.Refusal: "holds.refusal",
    loans.Refusal: "loans.refusal",
    mail.Note: "letters.note",
    shelves.Meeting: "shelves.meeting",
    shelves.Refusal: "shelves.refusal",
    Refusal: "outbox.refusal",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """Something a patron has done on a device. ``id`` is a UUID that the device has made."""

    id: str
    kind: str
    payload: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of an operation: done or refused, and for ever so.

    ``reason`` is the key of the text that says why it was refused, or what to
    know about it though it is done. ``day`` and ``limit`` fill its blanks; the
    ``day`` of a renewal that is done is the new due date.
    """

    id: str
    is_done: bool
    reason: str = ""
    day: dt.date | None = None
    limit: int | None = None
    place: int | None = None


def key_of(reason: Reason) -> str:
    """Return the key of the text that says a reason."""
    return f"{_WORDED_AS[type(reason)]}.{reason.value}"


def is_identifier(text: str) -> bool:
    """Return whether a text is a UUID as browsers write it: no two devices make the same."""
    return _UUID.fullmatch(text) is not None


# Every reason that an answer can have.
REASONS = tuple(key_of(reason) for kind in _WORDED_AS for reason in kind)
