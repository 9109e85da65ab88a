"""The desk: whether an item may be lent, and where one goes that has come back."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from portal_app.domain.catalogue import ItemState, MaterialClass
from portal_app.domain.holds import EndReason
from portal_app.domain.limits import reached
from portal_app.domain.policies import Limits


class Refusal(StrEnum):
    """Why something is not lent. Each value names its text: ``desk.not_lent.<value>``."""

    UNKNOWN_CARD = "unknown_card"
    UNKNOWN_BARCODE = "unknown_barcode"
    CARD_EXPIRED = "card_expired"
    ON_LOAN = "on_loan"
    MISSING = "missing"
    IN_REPAIR = "in_repair"
    NOT_FOR_LOAN = "not_for_loan"
    KEPT_FOR_ANOTHER = "kept_for_another"
    WANTED_BY_ANOTHER = "wanted_by_another"
    LOAN_LIMIT_REACHED = "loan_limit_reached"
    CLASS_LIMIT_REACHED = "class_limit_reached"


class NotCheckedIn(StrEnum):
    """Why a scan did nothing: ``desk.not_checked_in.<value>``."""

    UNKNOWN_BARCODE = "unknown_barcode"


class NotMarked(StrEnum):
    """Why an item is not marked: ``desk.not_marked.<value>``."""

    UNKNOWN_BARCODE = "unknown_barcode"
    ON_LOAN = "on_loan"  # what was at home with somebody is checked in
    NOT_AWAY = "not_away"  # only what was missing or in repair is found again
    NOT_BY_HAND = "not_by_hand"  # setting aside and sending are done by scanning


class NotCancelled(StrEnum):
    """Why the library cannot cancel a hold: ``desk.not_cancelled.<value>``."""

    NOT_ON_HOLD = "not_on_hold"
    NOT_A_REASON = "not_a_reason"


class Destination(StrEnum):
    """Where an item goes that lies on the desk: ``desk.destination.<value>``."""

    HOLD_SHELF = "hold_shelf"
    SEND_TO_PICKUP = "send_to_pickup"
    SHELF = "shelf"
    SEND_HOME = "send_home"


# What the library may write as the reason; the others come about by themselves.
REASONS_OF_LIBRARY = (
    EndReason.ASKED_BY_PATRON,
    EndReason.ITEM_LOST,
    EndReason.ITEM_DAMAGED,
    EndReason.NOT_FOR_LOAN,
    EndReason.BY_LIBRARY,
)

# What somebody may say of an item in their hand, or not in it.
MARKS = (ItemState.ON_SHELF, ItemState.MISSING, ItemState.IN_REPAIR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A refusal with the number or the date that it is about, where there is one."""

    why: Refusal
    limit: int | None = None
    on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What the rules of lending need to know about an item.

    ``before_reader`` counts those in turn who come before the reader in its queue, and
    ``free`` the copies that nobody has and that are kept for nobody, this one included.
    """

    state: ItemState
    for_loan: bool
    material: MaterialClass
    is_on_loan: bool
    is_kept_for_another: bool
    before_reader: int
    free: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What the rules of lending need to know about whoever has the card."""

    card_expires_on: dt.date
    at_home: tuple[MaterialClass, ...]


def refused(  # noqa: PLR0911  one return a rule reads best
    copy: Copy, reader: Reader, limits: Limits, today: dt.date
) -> Refused | None:
    """Return why an item is not lent, or None if it may be (G-21).

    What is wrong with the card comes first, then with the item, then what the
    reader can mend by bringing something back.
    """
    if today > reader.card_expires_on:
        return Refused(why=Refusal.CARD_EXPIRED, on=reader.card_expires_on)
    if copy.is_on_loan:
        return Refused(why=Refusal.ON_LOAN)
    if (marked := _MARKED.get(copy.state)) is not None:
        return Refused(why=marked)
    if not copy.for_loan:
        return Refused(why=Refusal.NOT_FOR_LOAN)
    if copy.is_kept_for_another:
        return Refused(why=Refusal.KEPT_FOR_ANOTHER)
    if copy.free <= copy.before_reader:
        return Refused(why=Refusal.WANTED_BY_ANOTHER)
    if reached(limits.total, len(reader.at_home)):
        return Refused(why=Refusal.LOAN_LIMIT_REACHED, limit=limits.total)
    of_class = limits.by_class.get(copy.material)
    if reached(of_class, reader.at_home.count(copy.material)):
        return Refused(why=Refusal.CLASS_LIMIT_REACHED, limit=of_class)
    return None


def destination(*, here: str, home: str, pickup_branch: str | None) -> Destination:
    """Return where an item goes that lies on the desk of a branch."""
    if pickup_branch is None:
        return Destination.SHELF if here == home else Destination.SEND_HOME
    return Destination.HOLD_SHELF if here == pickup_branch else Destination.SEND_TO_PICKUP


def not_marked(*, marked: ItemState, state: ItemState, is_on_loan: bool) -> NotMarked | None:
    """Return why an item cannot be marked like this, or None.

    What is at home with somebody can be lost there; the loan goes on until it is settled.
    """
    if marked not in MARKS:
        return NotMarked.NOT_BY_HAND
    if is_on_loan and marked is not ItemState.MISSING:
        return NotMarked.ON_LOAN
    if marked is ItemState.ON_SHELF and state not in _MARKED:
        return NotMarked.NOT_AWAY
    return None


_MARKED = {
    ItemState.MISSING: Refusal.MISSING,
    ItemState.IN_REPAIR: Refusal.IN_REPAIR,
}
