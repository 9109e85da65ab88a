"""Reminders: when a loan is due soon enough, or late enough, to write to its patron (K-45)."""

import datetime as dt
from dataclasses import dataclass

from portal_app.domain.loans import is_overdue
from portal_app.domain.mail import LetterKind
from portal_app.domain.policies import Mail

# A telephone beside a bed rings for mail, too.
FROM_HOUR, TO_HOUR = 8, 21

# A reminder whose days went by while no worker ran still comes, but not years late to
# everybody on the first day of the portal.
MISSED_FOR = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """A loan that is out, and what its patron has been told of it."""

    due_on: dt.date
    reminded_of: dt.date | None
    overdue_letters: int


def is_a_time_to_write(now: dt.datetime) -> bool:
    """Return whether it is day at the library."""
    return FROM_HOUR <= now.hour < TO_HOUR


def occasion(out: Out, *, days_before: int, policy: Mail, today: dt.date) -> LetterKind | None:
    """Return what there is to tell of a loan that was not told yet, or None.

    Whoever was reminded of a due date hears of it no more, until it moves or passes.
    """
    was_reminded = out.reminded_of == out.due_on
    if is_overdue(out.due_on, today):
        is_missed = not was_reminded and today <= out.due_on + MISSED_FOR
        is_told_again = overdue_letters(out.due_on, policy=policy, today=today) > (
            out.overdue_letters
        )
        return LetterKind.OVERDUE if is_missed or is_told_again else None
    is_soon = today >= out.due_on - dt.timedelta(days=days_before)
    return LetterKind.DUE_SOON if is_soon and not was_reminded else None


def overdue_letters(due_on: dt.date, *, policy: Mail, today: dt.date) -> int:
    """Return how often a patron has been told by today that a loan is late, by the policy."""
    return sum(today >= due_on + dt.timedelta(days=days) for days in policy.overdue_after_days)
