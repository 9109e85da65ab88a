"""Holds: who may join the queue for a record, and where they stand in it."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal_app.domain.catalogue import Availability, MaterialClass
from portal_app.domain.limits import reached
from portal_app.domain.policies import Holds


class HoldState(StrEnum):
    """How far a hold has come (G-32). The first three are open, the others have ended."""

    WAITING = "waiting"
    IN_TRANSIT = "in_transit"
    READY = "ready"
    LENT = "lent"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


class Refusal(StrEnum):
    """Why the library says no to a hold. Each value names its text: ``holds.refusal.<value>``."""

    CARD_EXPIRED = "card_expired"
    SOMETHING_OVERDUE = "something_overdue"
    NOT_FOR_LOAN = "not_for_loan"
    AVAILABLE_NOW = "available_now"
    ALREADY_ON_LOAN = "already_on_loan"
    ALREADY_ON_HOLD = "already_on_hold"
    HOLD_LIMIT_REACHED = "hold_limit_reached"
    CLASS_LIMIT_REACHED = "class_limit_reached"


class Problem(StrEnum):
    """What is wrong with a request for holds as a whole: ``holds.problem.<value>``."""

    NOTHING_CHOSEN = "nothing_chosen"
    NOT_A_PICKUP_BRANCH = "not_a_pickup_branch"
    NOT_A_CONTACT_METHOD = "not_a_contact_method"
    EXPIRY_HAS_PASSED = "expiry_has_passed"


class NotCancelled(StrEnum):
    """Why a patron cannot give up a hold here (G-34): ``holds.not_cancelled.<value>``."""

    NOT_ON_HOLD = "not_on_hold"
    IN_TRANSIT = "in_transit"
    READY = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A refusal with the number or the date that it is about, where there is one."""

    why: Refusal
    limit: int | None = None
    on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A record somebody would like to hold."""

    record_id: int
    material: MaterialClass
    availability: Availability


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a patron asks for on the cart page (K-26). No ``expires_on`` is for ever."""

    record_ids: tuple[int, ...]
    pickup_branch: str
    contact_method: str
    expires_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the hold rules need to know about a patron, and nothing more."""

    card_expires_on: dt.date
    overdue_since: dt.date | None = None
    on_hold: Mapping[int, MaterialClass] = field(default_factory=dict)
    on_loan: Mapping[int, dt.date] = field(default_factory=dict)


def refused_for_everyone(availability: Availability, policy: Holds) -> Refused | None:
    """Return why nobody may hold a record just now, or None (1.4 item 3 of the inventory)."""
    if availability in _NEVER_LENT:
        return Refused(why=Refusal.NOT_FOR_LOAN)
    if availability is Availability.AVAILABLE and not policy.available_items:
        return Refused(why=Refusal.AVAILABLE_NOW)
    return None


def refused(  # noqa: PLR0911  one return a rule reads best
    wanted: Wanted, standing: Standing, policy: Holds, today: dt.date
) -> Refused | None:
    """Return why this patron may not hold this record, or None if they may.

    Reasons run from the one that stops everything to the one that stops only
    this record, so the message a patron reads first is the one worth acting on.
    """
    if today > standing.card_expires_on:
        return Refused(why=Refusal.CARD_EXPIRED, on=standing.card_expires_on)
    if policy.block_if_overdue and standing.overdue_since is not None:  # K-25
        return Refused(why=Refusal.SOMETHING_OVERDUE, on=standing.overdue_since)
    if wanted.record_id in standing.on_loan:
        return Refused(why=Refusal.ALREADY_ON_LOAN, on=standing.on_loan[wanted.record_id])
    if wanted.record_id in standing.on_hold:
        return Refused(why=Refusal.ALREADY_ON_HOLD)
    if (for_everyone := refused_for_everyone(wanted.availability, policy)) is not None:
        return for_everyone
    if reached(policy.limits.total, len(standing.on_hold)):  # G-30
        return Refused(why=Refusal.HOLD_LIMIT_REACHED, limit=policy.limits.total)
    of_class = policy.limits.by_class.get(wanted.material)
    if reached(of_class, sum(one is wanted.material for one in standing.on_hold.values())):
        return Refused(why=Refusal.CLASS_LIMIT_REACHED, limit=of_class)
    return None


def problem_with(
    request: Request, *, pickup_branches: Collection[str], policy: Holds, today: dt.date
) -> Problem | None:
    """Return what is wrong with a request for holds as a whole, or None (K-26, K-29)."""
    if not request.record_ids:
        return Problem.NOTHING_CHOSEN
    if request.pickup_branch not in pickup_branches:
        return Problem.NOT_A_PICKUP_BRANCH
    if request.contact_method not in policy.contact_methods:
        return Problem.NOT_A_CONTACT_METHOD
    if request.expires_on is not None and request.expires_on < today:
        return Problem.EXPIRY_HAS_PASSED
    return None


def not_cancelled(state: HoldState) -> NotCancelled | None:
    """Return why a patron cannot give up a hold here, or None while it only waits (G-34)."""
    return _NOT_CANCELLED.get(state, NotCancelled.NOT_ON_HOLD)


def lowest_free(taken: Collection[int]) -> int:
    """Return the lowest number from one that is not taken: the slot of a new hold."""
    return next(slot for slot in range(1, len(taken) + 2) if slot not in taken)


_NEVER_LENT = frozenset(
    {Availability.IN_LIBRARY_USE, Availability.UNAVAILABLE, Availability.NO_ITEMS}
)
_NOT_CANCELLED = {
    HoldState.WAITING: None,
    HoldState.IN_TRANSIT: NotCancelled.IN_TRANSIT,
    HoldState.READY: NotCancelled.READY,
}
