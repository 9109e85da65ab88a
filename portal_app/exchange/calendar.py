"""Due dates and pickup dates as iCalendar (RFC 5545), for the calendar of a phone."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from icalendar import Alarm, Calendar, Event

from portal_app.exchange.wording import tidy
from portal_app.text import Lang, say

MEDIA_TYPE = "text/calendar; charset=utf-8"

_PRODUCT = "-//Patron portal//Due dates and pickup dates//EN"
_READ_AGAIN_AFTER = dt.timedelta(hours=6)
# At nine in the morning of the day before: a day begins at midnight.
_REMINDS_BEFORE = dt.timedelta(hours=-15)


class Occasion(StrEnum):
    """What must be done by a day. Each value names its text: ``downloads.calendar.<value>``."""

    DUE = "due"
    PICKUP = "pickup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day by which something must be brought back or fetched."""

    uid: str
    occasion: Occasion
    on: dt.date
    title: str
    branch_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """What a calendar is called, how it is written, and at which address a patron looks further."""

    name: str
    lang: Lang
    branches: Mapping[str, str]
    address: str
    now: dt.datetime


def as_calendar(days: Sequence[Day], manner: Manner) -> bytes:
    """Return a calendar with an event for each day, that lasts all of it.

    It says nothing of whose it is.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", manner.name)
    calendar.add("x-wr-calname", manner.name)
    calendar.add("refresh-interval", _READ_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for day in days:
        calendar.add_component(_event(day, manner))
    return calendar.to_ical()


def _event(day: Day, manner: Manner) -> Event:
    said = say(f"downloads.calendar.{day.occasion}", manner.lang, title=tidy(day.title))
    event = Event()
    event.add("uid", day.uid)
    event.add("dtstamp", manner.now.astimezone(dt.UTC))
    event.add("dtstart", day.on)
    event.add("dtend", day.on + dt.timedelta(days=1))
    event.add("summary", said)
    event.add("location", manner.branches.get(day.branch_code, day.branch_code))
    event.add("url", manner.address)
    event.add("transp", "TRANSPARENT")  # whoever has a book to return is not busy all day
    event.add("class", "PRIVATE")
    event.add_component(_alarm(said))
    return event


def _alarm(said: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _REMINDS_BEFORE)
    alarm.add("description", said)
    return alarm
