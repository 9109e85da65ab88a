"""Telling patrons what is new in the catalogue and what their alerts have found (K-60 to K-67)."""

import datetime as dt

from portal_app.domain.policies import Alerts, Library
from portal_app.services import alert_letters, alert_runs
from portal_app.settings import Settings

ARRIVALS_AT_ONCE = 500


def tell(library: Library, now: dt.datetime) -> None:
    """Compare what has arrived with every alert, then write one letter to each patron.

    What somebody found who died before the letters is told by whoever comes next.
    """
    match(library.alerts)
    write_letters(library, now)


def match(policy: Alerts) -> None:
    """Compare what has arrived with every alert, a portion at a time."""
    arrived = alert_runs.waiting()
    if not arrived:
        return
    alerts = alert_runs.watch(policy=policy)
    for first in range(0, len(arrived), ARRIVALS_AT_ONCE):
        some = arrived[first : first + ARRIVALS_AT_ONCE]
        finds = alert_runs.look(record_ids=some, alerts=alerts)
        alert_runs.settle(record_ids=some, finds=finds)


def write_letters(library: Library, now: dt.datetime) -> None:
    """Write one letter to each patron for whom something was found, some patrons at a time."""
    origin = Settings.read().origin
    while alert_letters.write(library=library, origin=origin, now=now):
        pass
