"""The work that is done every now and then. To add some, add a row to ``WORK``."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from portal_app.domain.policies import Library
from portal_app.jobs import alerts, pushing, reminding, tidying

HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A piece of work, and how often it is done.

    It is done at once where it has never been done, and again ``every`` so often after it was
    last done to its end; a minute after it failed. One worker at a time does it, but one that
    dies is replaced by another, which does it from the beginning: what must happen once must
    be written where it happens, in the same transaction.
    """

    name: str
    every: dt.timedelta
    do: Callable[[Library, dt.datetime], None]


WORK: tuple[Work, ...] = (
    Work(name="lapse", every=HOUR, do=tidying.lapse),
    Work(name="forget", every=HOUR, do=tidying.forget),
    Work(name="remind", every=HOUR, do=reminding.remind),
    Work(name="alerts", every=HOUR, do=alerts.tell),
    Work(name="push", every=MINUTE, do=pushing.send_waiting),
)
