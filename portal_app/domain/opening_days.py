"""The days on which a branch is open, and how long something is kept there."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

import jpholiday

from portal_app.domain.policies import WEEKDAYS, Branch, Library, OpeningDays

# Whoever closes for longer than this has nobody who could come in time.
LOOKS_AHEAD_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDays:
    """On which days of the week a branch opens (Monday is 0), and when it does not after all."""

    weekdays: frozenset[int]
    exceptions: OpeningDays = field(default_factory=OpeningDays)

    def includes(self, day: dt.date) -> bool:
        """Return whether the branch opens on a day."""
        if day.weekday() not in self.weekdays:
            return False
        if any(closure.first <= day <= closure.last for closure in self.exceptions.closures):
            return False
        return not (self.exceptions.closed_on_holidays and jpholiday.is_holiday(day))


def open_days_of(library: Library, *, branch_code: str) -> OpenDays:
    """Return when a branch is open.

    One that has written down no hours, or that has left the library's file, counts every
    day: nobody told us of a day on which it is closed.
    """
    hours = next((one.hours for one in library.branches if one.code == branch_code), {})
    if not hours:
        return OpenDays(weekdays=frozenset(range(len(WEEKDAYS))))
    weekdays = frozenset(WEEKDAYS.index(weekday) for weekday in hours)
    return OpenDays(weekdays=weekdays, exceptions=library.opening_days)


class Closed(StrEnum):
    """Why a branch is closed on a day. Each value names its text: ``home.closed.<value>``."""

    REGULAR = "regular"  # on this day of every week
    HOLIDAY = "holiday"  # a public holiday
    CLOSURE = "closure"  # a time that the library has written down


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningToday:
    """When a branch is open on a day, or why it is not: one of the two."""

    opens_at: dt.time | None = None
    closes_at: dt.time | None = None
    closed: Closed | None = None


def opening_on(day: dt.date, branch: Branch, exceptions: OpeningDays) -> OpeningToday | None:
    """Return when a branch is open on a day; None where it has written down no hours (G-03).

    A closure is told first: it is what somebody who knows the week did not expect.
    """
    if not branch.hours:
        return None
    if any(closure.first <= day <= closure.last for closure in exceptions.closures):
        return OpeningToday(closed=Closed.CLOSURE)
    hours = branch.hours.get(WEEKDAYS[day.weekday()])
    if hours is None:
        return OpeningToday(closed=Closed.REGULAR)
    if exceptions.closed_on_holidays and jpholiday.is_holiday(day):
        return OpeningToday(closed=Closed.HOLIDAY)
    return OpeningToday(opens_at=hours.opens, closes_at=hours.closes)


def pickup_by(ready_on: dt.date, *, days: int, open_days: OpenDays) -> dt.date:
    """Return the last day on which something is kept that is ready on a day.

    The day itself does not count, as in law (初日不算入); the last day is always
    one on which the branch is open, unless it is closed for more than a year.
    """
    opened = list(islice(_opening_after(ready_on, open_days), days))
    if len(opened) < days:
        return ready_on + dt.timedelta(days=LOOKS_AHEAD_DAYS)
    return opened[-1]


def _opening_after(day: dt.date, open_days: OpenDays) -> Iterator[dt.date]:
    for later in range(1, LOOKS_AHEAD_DAYS + 1):
        candidate = day + dt.timedelta(days=later)
        if open_days.includes(candidate):
            yield candidate
