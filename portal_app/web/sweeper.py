"""Sessions must end although nobody touches anything, and their tabs be emptied here."""

import asyncio
import datetime as dt
from collections.abc import Coroutine

from reflex.app import App

from portal_app import clock, libraries
from portal_app.data.database import empty_log
from portal_app.services import sessions, staff
from portal_app.state.failures import log_failure
from portal_app.web.addresses import DESK_ENDED, ENDED
from portal_app.web.tabs import empty_tabs

MOST_SECONDS_BETWEEN = 20
# Longer than between two sweeps. A tab is emptied once, however often its session is found.
LATELY = dt.timedelta(seconds=3 * MOST_SECONDS_BETWEEN)
# Whoever ends a session by a door empties its tabs as well, and says why.
A_MOMENT = dt.timedelta(seconds=5)


async def sweep_for_ever(app: App) -> None:
    """Sweep again and again, as long as the portal is open."""
    between = min(MOST_SECONDS_BETWEEN, libraries.current().session.idle_seconds / 60)
    while True:
        await asyncio.sleep(between)  # between two sweeps there is nothing to wait for
        await _logged_if_it_fails(sweep(app))
        await _logged_if_it_fails(asyncio.to_thread(empty_log))


async def sweep(app: App) -> None:
    """End the sessions whose time is up, and empty their tabs."""
    now = clock.now()
    # Also those that were ended elsewhere: by a desk, or by a command.
    lately = {"since": now - LATELY, "until": now - A_MOMENT}
    ended = await asyncio.to_thread(
        sessions.end_overdue, policy=libraries.current().session, now=now
    )
    ended += await asyncio.to_thread(sessions.ended_between, **lately)
    await empty_tabs(app, id_hashes=ended, then=ENDED)
    left = await asyncio.to_thread(staff.end_overdue, now=now)
    left += await asyncio.to_thread(staff.ended_between, **lately)
    await empty_tabs(app, id_hashes=left, then=DESK_ENDED)


async def _logged_if_it_fails(work: Coroutine[object, object, None]) -> None:
    # A database that is away for a moment must not stop the sweeping for ever.
    [outcome] = await asyncio.gather(work, return_exceptions=True)
    if isinstance(outcome, Exception):
        log_failure(outcome)
