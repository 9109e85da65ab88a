"""The demonstration as this process knows it, and its clock, which every process follows."""

import datetime as dt
import math
from dataclasses import dataclass
from time import monotonic

from portal_app import clock
from portal_app.services import showing
from portal_app.services.showing import Shown
from portal_app.settings import Settings

# Another process may have set the clock.
SECONDS_KEPT = 0.2


@dataclass(slots=True)
class _Watch:
    """What was there when it was last looked at."""

    shown: Shown | None = None
    looked_at: float = -math.inf


_watch: _Watch | None = None


def watch(settings: Settings) -> None:
    """Follow the clock of the demonstration from now on, where the settings have one.

    Anywhere else nobody looks whether a clock has been set, and none is.
    """
    global _watch
    if settings.demonstration:
        _watch = _Watch()
        clock.follow(ahead)


def watch_no_more() -> None:
    """Look at nothing, as in the beginning."""
    global _watch
    _watch = None
    clock.follow_nothing()


def latest() -> Shown | None:
    """Return what is being shown, or None where this is no demonstration."""
    if _watch is None:
        return None
    if monotonic() - _watch.looked_at > SECONDS_KEPT:
        _watch.shown, _watch.looked_at = showing.look(), monotonic()
    return _watch.shown


def look_again() -> None:
    """Forget what was there: it has just been changed."""
    if _watch is not None:
        _watch.looked_at = -math.inf


def ahead() -> dt.timedelta:
    """Return how far the clock has been set forward."""
    shown = latest()
    return shown.ahead if shown else dt.timedelta()


def edition() -> str:
    """Return the name of the showing, or an empty text where there is none."""
    shown = latest()
    return shown.edition if shown else ""
