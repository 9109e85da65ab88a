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
    """A refusal, with the day or the number that its sentence has a blank for.

    ``on`` is the day from which it will be granted, or since which it is too late.
    """

    why: Refusal
    on: dt.date | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the renewal rules need to know about a loan, and nothing more.

    It is waited for when anybody else is in the record's queue. Whoever has
    suspended their hold, or waits for their turn in a series, counts as well:
    they keep their place, and their turn may come any day of the renewal. The
    guides except nobody (K-16, G-25). The patron's own hold does not count: they
    would wait for themselves.
    """

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
        return Refused(why=Refusal.RENEWAL_LIMIT_REACHED, limit=policy.limit)
    if terms.material in policy.not_classes:
        return Refused(why=Refusal.CLASS_NOT_RENEWED)
    if policy.not_interlibrary and terms.is_interlibrary:
        return Refused(why=Refusal.INTERLIBRARY_NOT_RENEWED)
    if policy.not_when_waited_for and terms.is_waited_for:
        return Refused(why=Refusal.WAITED_FOR_BY_ANOTHER)
    closes_on = terms.due_on + dt.timedelta(days=policy.closes_days_after_due)
    if today > closes_on:
        late = Refusal.TOO_LATE if policy.closes_days_after_due else Refusal.OVERDUE
        return Refused(why=late, on=closes_on)
    opens_on, moves_on = _opens_on(terms.due_on, policy), _moves_on(terms.due_on, policy)
    if today < opens_on:
        return Refused(why=Refusal.TOO_EARLY, on=max(opens_on, moves_on))
    if today < moves_on:
        return Refused(why=Refusal.WOULD_NOT_MOVE_DUE_DATE, on=moves_on)
    return None


def _opens_on(due_on: dt.date, policy: Renewals) -> dt.date:
    if policy.opens_days_before_due is None:
        return dt.date.min
    return due_on - dt.timedelta(days=policy.opens_days_before_due)


def _moves_on(due_on: dt.date, policy: Renewals) -> dt.date:
    """Return the first day on which a renewal makes a loan longer.

    Two weeks from an early click can end before the loan does: it would shorten it.
    """
    if policy.base is RenewalBase.DUE_DATE:
        return dt.date.min
    return due_on - dt.timedelta(days=policy.days - 1)
