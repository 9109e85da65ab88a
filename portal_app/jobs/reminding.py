"""Reminding patrons of what is due soon, and of what is overdue (K-45)."""

import datetime as dt

from portal_app.domain import reminders as rules
from portal_app.domain.policies import Library
from portal_app.services import reminders


def remind(library: Library, now: dt.datetime) -> None:
    """Write to everybody whose turn it is, one after the other, so that nobody waits for long."""
    if not rules.is_a_time_to_write(now):
        return
    latest = 0
    while patron_ids := reminders.whose_turn(after=latest, library=library, now=now):
        for patron_id in patron_ids:
            reminders.remind(patron_id=patron_id, library=library, now=now)
        latest = patron_ids[-1]
