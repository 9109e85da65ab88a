"""A demonstration's clock: how far it may be set forward, and to what time of the day."""

import datetime as dt
from enum import StrEnum

# The library is open then, and mail is written (domain/reminders.py).
MORNING = dt.time(10)
# Nothing of the demonstration is planned for later.
FURTHEST = dt.timedelta(days=366)


class Step(StrEnum):
    """How far the clock is set forward at once."""

    DAY = "day"
    WEEK = "week"
    DATE = "date"


class Refusal(StrEnum):
    """Why the clock stays as it is."""

    NO_DATE = "no_date"
    NOT_LATER = "not_later"
    TOO_FAR = "too_far"


_DAYS = {Step.DAY: 1, Step.WEEK: 7}


def wanted_day(step: Step, *, date: dt.date | None, today: dt.date) -> dt.date | None:
    """Return the day that somebody wants it to be, or None where they have not said which."""
    return date if step is Step.DATE else today + dt.timedelta(days=_DAYS[step])


def morning_of(day: dt.date, *, like: dt.datetime) -> dt.datetime:
    """Return when the clock stands on that day, in the zone of another moment."""
    return dt.datetime.combine(day, MORNING, tzinfo=like.tzinfo)


def refusal_for(day: dt.date | None, *, today: dt.date, real_today: dt.date) -> Refusal | None:
    """Return why the clock cannot be set to a day, or None if it can. It never goes back."""
    if day is None:
        return Refusal.NO_DATE
    if day <= today:
        return Refusal.NOT_LATER
    return Refusal.TOO_FAR if day > real_today + FURTHEST else None
