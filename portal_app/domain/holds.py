"""Holds: who may join the queue for a record, and where they stand in it."""

import calendar
import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal_app.domain.catalogue import Availability, MaterialClass
from portal_app.domain.limits import reached
from portal_app.domain.policies import Holds, SetAsideCancellation


class HoldState(StrEnum):
    """How far a hold has come (G-32). The first three are open, the others have ended."""

    WAITING = "waiting"
    IN_TRANSIT = "in_transit"
    READY = "ready"
    LENT = "lent"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


class EndReason(StrEnum):
    """Why a hold ended without a loan (取消区分 of G-36): ``holds.end_reason.<value>``.

    Those from ``ITEM_LOST`` on are for the library to give. What the patron has
    cancelled has no text: nobody needs to be told their own deed.
    """

    BY_PATRON = "by_patron"
    NOT_PICKED_UP = "not_picked_up"
    WAITED_LONG_ENOUGH = "waited_long_enough"  # its 予約待ち期限日 passed
    ANOTHER_OF_SERIES = "another_of_series"  # いずれか予約: one of them was lent
    ASKED_BY_PATRON = "asked_by_patron"  # the library did what the patron had asked for
    ITEM_LOST = "item_lost"
    ITEM_DAMAGED = "item_damaged"
    NOT_FOR_LOAN = "not_for_loan"
    BY_LIBRARY = "by_library"


class Refusal(StrEnum):
    """Why the library says no to a hold. Each value names its text: ``holds.refusal.<value>``."""

    CARD_EXPIRED = "card_expired"
    SOMETHING_OVERDUE = "something_overdue"
    NOT_IN_CATALOGUE = "not_in_catalogue"
    NOT_FOR_LOAN = "not_for_loan"
    NO_COPY = "no_copy"
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
    """Why a patron cannot give up a hold here (G-34): ``holds.not_cancelled.<value>``.

    Whoever may ask the library to cancel what is set aside is told so.
    """

    NOT_ON_HOLD = "not_on_hold"
    IN_TRANSIT = "in_transit"
    READY = "ready"
    IN_TRANSIT_MAY_ASK = "in_transit_may_ask"
    READY_MAY_ASK = "ready_may_ask"
    STILL_WAITING = "still_waiting"  # nobody need be asked: it is cancelled here


class NotChanged(StrEnum):
    """Why a hold stays as it is (G-35, suspending, letting the next go first).

    Each value names its text: ``holds.not_changed.<value>``.
    """

    NOT_ON_HOLD = "not_on_hold"
    IN_TRANSIT = "in_transit"
    READY = "ready"
    IN_TRANSIT_MAY_ASK = "in_transit_may_ask"
    READY_MAY_ASK = "ready_may_ask"
    EXPIRES_WHILE_SUSPENDED = "expires_while_suspended"
    SUSPENDING_NOT_OFFERED = "suspending_not_offered"
    SUSPENSION_IS_OVER_TODAY = "suspension_is_over_today"
    SUSPENDED_TOO_LONG = "suspended_too_long"
    SUSPENDED_PAST_EXPIRY = "suspended_past_expiry"
    STEPPING_BACK_NOT_OFFERED = "stepping_back_not_offered"
    NOBODY_BEHIND = "nobody_behind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A refusal with the number or the date that it is about, where there is one."""

    why: Refusal
    limit: int | None = None
    on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """Why a hold stays as it is, with the number or the date that it is about."""

    why: NotChanged | Problem
    limit: int | None = None
    on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the rules of changing a hold need to know. It has the end of a suspension that lasts."""

    state: HoldState
    expires_on: dt.date | None = None
    suspended_until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a patron would rather be served (G-35). No ``expires_on`` is for ever."""

    pickup_branch: str
    contact_method: str
    expires_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldKey:
    """Which hold, and whose: a number of a hold alone leads nowhere."""

    patron_id: int
    hold_id: int


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
    held_since: Mapping[int, dt.date] = field(default_factory=dict)
    on_loan: Mapping[int, dt.date] = field(default_factory=dict)


def refused_for_everyone(availability: Availability, policy: Holds) -> Refused | None:
    """Return why nobody may hold a record just now, or None (1.4 item 3 of the inventory)."""
    if availability is Availability.NOT_IN_CATALOGUE:
        return Refused(why=Refusal.NOT_IN_CATALOGUE)
    if availability is Availability.IN_LIBRARY_USE:
        return Refused(why=Refusal.NOT_FOR_LOAN)
    if availability in (Availability.UNAVAILABLE, Availability.NO_ITEMS):
        return Refused(why=Refusal.NO_COPY)
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
        since = standing.held_since.get(wanted.record_id)
        return Refused(why=Refusal.ALREADY_ON_HOLD, on=since)
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
    return _problem_with_service(request, pickup_branches, policy, today)


def proposed_expiry(policy: Holds, today: dt.date) -> dt.date | None:
    """Return until when the cart proposes to wait (K-26). None is for ever."""
    if policy.expires_after_days is None:
        return None
    return today + dt.timedelta(days=policy.expires_after_days)


def not_cancelled(state: HoldState, policy: Holds) -> NotCancelled | None:
    """Return why a patron cannot give up a hold here, or None while it only waits (G-34)."""
    return _NOT_CANCELLED[policy.when_set_aside].get(state, NotCancelled.NOT_ON_HOLD)


def not_asked_to_cancel(state: HoldState, policy: Holds) -> NotCancelled | None:
    """Return why a patron cannot ask the library to cancel a hold, or None if it is set aside."""
    if state is HoldState.WAITING:
        return NotCancelled.STILL_WAITING
    is_set_aside = state in SET_ASIDE
    if is_set_aside and policy.when_set_aside is SetAsideCancellation.REQUEST:
        return None
    return not_cancelled(state, policy)


def not_changed(
    hold: Terms, wish: Wish, *, pickup_branches: Collection[str], policy: Holds, today: dt.date
) -> Declined | None:
    """Return why a patron cannot be served otherwise, or None if they can (G-35)."""
    if (set_aside := _not_changed(hold.state, policy)) is not None:
        return set_aside
    if (problem := _problem_with_service(wish, pickup_branches, policy, today)) is not None:
        return Declined(why=problem)
    if _is_over_by(wish.expires_on, hold.suspended_until):
        return Declined(why=NotChanged.EXPIRES_WHILE_SUSPENDED, on=hold.suspended_until)
    return None


def not_suspended(hold: Terms, *, until: dt.date, policy: Holds, today: dt.date) -> Declined | None:
    """Return why a hold cannot be passed over until a date, that day included, or None."""
    if not policy.suspend_days_max:
        return Declined(why=NotChanged.SUSPENDING_NOT_OFFERED)
    if (set_aside := _not_changed(hold.state, policy)) is not None:
        return set_aside
    if until <= today:
        return Declined(why=NotChanged.SUSPENSION_IS_OVER_TODAY, on=today + dt.timedelta(days=1))
    last = today + dt.timedelta(days=policy.suspend_days_max)
    if until > last:
        return Declined(why=NotChanged.SUSPENDED_TOO_LONG, limit=policy.suspend_days_max, on=last)
    if _is_over_by(hold.expires_on, until):
        return Declined(why=NotChanged.SUSPENDED_PAST_EXPIRY, on=hold.expires_on)
    return None


def not_resumed(hold: Terms, policy: Holds) -> Declined | None:
    """Return why a hold cannot be asked for again, or None. It need not be suspended."""
    return _not_changed(hold.state, policy)


def not_stepped_back(hold: Terms, *, is_last_in_line: bool, policy: Holds) -> Declined | None:
    """Return why a patron cannot let the next reader go first, or None if they can."""
    if not policy.let_next_go_first:
        return Declined(why=NotChanged.STEPPING_BACK_NOT_OFFERED)
    if (set_aside := _not_changed(hold.state, policy)) is not None:
        return set_aside
    return Declined(why=NotChanged.NOBODY_BEHIND) if is_last_in_line else None


def ended_shown_since(today: dt.date, months: int) -> dt.date:
    """Return the first day whose ended holds are still shown (G-36): so many months ago."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(today.day, last_day))


def lowest_free(taken: Collection[int]) -> int:
    """Return the lowest number from one that is not taken: the slot of a new hold."""
    return next(slot for slot in range(1, len(taken) + 2) if slot not in taken)


def _problem_with_service(
    wish: Request | Wish, pickup_branches: Collection[str], policy: Holds, today: dt.date
) -> Problem | None:
    if wish.pickup_branch not in pickup_branches:
        return Problem.NOT_A_PICKUP_BRANCH
    if wish.contact_method not in policy.contact_methods:
        return Problem.NOT_A_CONTACT_METHOD
    if wish.expires_on is not None and wish.expires_on < today:
        return Problem.EXPIRY_HAS_PASSED
    return None


def _not_changed(state: HoldState, policy: Holds) -> Declined | None:
    if state is HoldState.WAITING:
        return None
    # The two say the same: what has come for a patron is a matter of the library.
    return Declined(why=NotChanged(not_cancelled(state, policy) or NotChanged.NOT_ON_HOLD))


def _is_over_by(expires_on: dt.date | None, day: dt.date | None) -> bool:
    return expires_on is not None and day is not None and expires_on <= day


# What a copy has been found for.
SET_ASIDE = frozenset({HoldState.IN_TRANSIT, HoldState.READY})

_NOT_CANCELLED = {
    SetAsideCancellation.CONTACT_LIBRARY: {
        HoldState.WAITING: None,
        HoldState.IN_TRANSIT: NotCancelled.IN_TRANSIT,
        HoldState.READY: NotCancelled.READY,
    },
    SetAsideCancellation.REQUEST: {
        HoldState.WAITING: None,
        HoldState.IN_TRANSIT: NotCancelled.IN_TRANSIT_MAY_ASK,
        HoldState.READY: NotCancelled.READY_MAY_ASK,
    },
}
