"""Loans: when something is due, and whether and to which day it may be renewed."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from portal_app.domain.catalogue import MaterialClass
from portal_app.domain.policies import RenewalBase, Renewals


class Refusal(StrEnum):
    """Why the library does not renew a loan. Each names its text: ``loans.refusal.<value>``."""

    NOT_ON_LOAN = "not_on_loan"
    RENEWAL_LIMIT_REACHED = "renewal_limit_reached"
    WAITED_FOR_BY_ANOTHER = "waited_for_by_another"
    CLASS_NOT_RENEWED = "class_not_renewed"
    INTERLIBRARY_NOT_RENEWED = "interlibrary_not_renewed"
    OVERDUE = "overdue"
    TOO_LATE = "too_late"
    TOO_EARLY = "too_early"
    WOULD_NOT_MOVE_DUE_DATE = "would_not_move_due_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A refusal; ``allowed_from`` is the day from which it will be granted, where there is one."""

    why: Refusal
    allowed_from: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the renewal rules need to know about a loan, and nothing more."""

    due_on: dt.date
    renewals: int
    material: MaterialClass
    is_interlibrary: bool
    is_waited_for: bool


def is_overdue(due_on: dt.date, today: dt.date) -> bool:
    """Return whether a loan should have come back before today. The due date itself is in time."""
    return today > due_on


def renewed_due_on(due_on: dt.date, policy: Renewals, today: dt.date) -> dt.date:
    """Return the due date after a renewal made today (K-17: from now; G-25: from the due date)."""
    base = today if policy.base is RenewalBase.NOW else due_on
    return base + dt.timedelta(days=policy.days)


def refused(  # noqa: PLR0911  one return a rule reads best
    terms: Terms, policy: Renewals, today: dt.date
) -> Refused | None:
    """Return why a loan may not be renewed today, or None if it may (K-16, G-25, 1.4 item 4).

    Reasons that no waiting mends come first, so that nobody is told to come
    back on a day when the answer will be no again.
    """
    if terms.renewals >= policy.limit:
        return Refused(why=Refusal.RENEWAL_LIMIT_REACHED)
    if terms.material in policy.not_classes:
        return Refused(why=Refusal.CLASS_NOT_RENEWED)
    if policy.not_interlibrary and terms.is_interlibrary:
        return Refused(why=Refusal.INTERLIBRARY_NOT_RENEWED)
    if policy.not_when_waited_for and terms.is_waited_for:
        return Refused(why=Refusal.WAITED_FOR_BY_ANOTHER)
    if today > terms.due_on + dt.timedelta(days=policy.closes_days_after_due):
        late = Refusal.TOO_LATE if policy.closes_days_after_due else Refusal.OVERDUE
        return Refused(why=late)
    opens_on = _opens_on(terms.due_on, policy)
    if opens_on is not None and today < opens_on:
        return Refused(why=Refusal.TOO_EARLY, allowed_from=opens_on)
    if renewed_due_on(terms.due_on, policy, today) <= terms.due_on:
        # Two weeks from an early click can end before the loan does: it would shorten it.
        moves_on = terms.due_on - dt.timedelta(days=policy.days - 1)
        return Refused(why=Refusal.WOULD_NOT_MOVE_DUE_DATE, allowed_from=moves_on)
    return None


def _opens_on(due_on: dt.date, policy: Renewals) -> dt.date | None:
    if policy.opens_days_before_due is None:
        return None
    return due_on - dt.timedelta(days=policy.opens_days_before_due)
