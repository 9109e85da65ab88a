"""What the library writes: to a patron, to many of them, or for everybody on the first page."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

LONGEST_SUBJECT = 100
LONGEST_BODY = 2_000
LONGEST_SHOWN_DAYS = 366
OLDEST = 150  # years: nobody is older


class Problem(StrEnum):
    """Why it is not sent. Each value names its text: ``desk.message.problem.<value>``."""

    NO_SUBJECT = "no_subject"
    SUBJECT_TOO_LONG = "subject_too_long"
    NO_BODY = "no_body"
    BODY_TOO_LONG = "body_too_long"
    UNKNOWN_BRANCH = "unknown_branch"
    NO_SUCH_AGE = "no_such_age"
    AGES_REVERSED = "ages_reversed"
    DAYS_REVERSED = "days_reversed"
    NOT_SHOWN_ANY_MORE = "not_shown_any_more"
    SHOWN_TOO_LONG = "shown_too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message as it is written, without the space around it."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """To whom a message goes: everybody, unless it says where they pick up and how old they are.

    Who is as old as ``age_from`` or ``age_to`` is one of them.
    """

    branch_code: str = ""
    age_from: int | None = None
    age_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """News as it is written. Without a last day it is shown for ever."""

    letter: Letter
    is_important: bool
    shown_from: dt.date
    shown_until: dt.date | None


def problem_with(letter: Letter) -> Problem | None:
    """Return why a message cannot be sent, or None if it can."""
    if not letter.subject:
        return Problem.NO_SUBJECT
    if len(letter.subject) > LONGEST_SUBJECT:
        return Problem.SUBJECT_TOO_LONG
    if not letter.body:
        return Problem.NO_BODY
    return Problem.BODY_TOO_LONG if len(letter.body) > LONGEST_BODY else None


def problem_with_group(group: Group) -> Problem | None:
    """Return why nobody can be written to by their age, or None if somebody can."""
    ages = [age for age in (group.age_from, group.age_to) if age is not None]
    if not all(0 <= age <= OLDEST for age in ages):
        return Problem.NO_SUCH_AGE
    return Problem.AGES_REVERSED if ages != sorted(ages) else None


def problem_with_days(
    shown_from: dt.date, shown_until: dt.date, *, today: dt.date
) -> Problem | None:
    """Return why something cannot be shown from one day to another, or None if it can."""
    if shown_until < shown_from:
        return Problem.DAYS_REVERSED
    if shown_until < today:
        return Problem.NOT_SHOWN_ANY_MORE
    longest = dt.timedelta(days=LONGEST_SHOWN_DAYS)
    return Problem.SHOWN_TOO_LONG if shown_until - shown_from > longest else None


def problem_with_notice(notice: Notice, *, today: dt.date) -> Problem | None:
    """Return why news cannot be published, or None if it can."""
    problem = problem_with(notice.letter)
    if problem is not None or notice.shown_until is None:
        return problem
    return problem_with_days(notice.shown_from, notice.shown_until, today=today)


def born_between(group: Group, *, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Return when the oldest and the youngest of a group were born, where ages bound it.

    Whoever was born on 29 February is a year older on 1 March of other years.
    """
    born_from = (
        None
        if group.age_to is None
        else _years_before(today, group.age_to + 1) + dt.timedelta(days=1)
    )
    born_until = None if group.age_from is None else _years_before(today, group.age_from)
    return born_from, born_until


def _years_before(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February, which that year did not have
        return day.replace(year=day.year - years, day=28)
