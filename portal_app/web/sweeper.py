"""Ending idle sessions although nobody touches anything: the tablet left on the table."""

import asyncio
import datetime as dt

from reflex.app import App

from portal_app import clock, libraries
from portal_app.services import sessions
from portal_app.state.failures import log_failure
from portal_app.web.addresses import ENDED
from portal_app.web.tabs import empty_tabs

MOST_SECONDS_BETWEEN = 20
FORGETS_EVERY = dt.timedelta(hours=1)


async def sweep_for_ever(app: App) -> None:
    """Sweep again and again, as long as the portal is open."""
    between = min(MOST_SECONDS_BETWEEN, libraries.current().session.idle_seconds / 60)
    forgot_at = clock.now()
    while True:
        await asyncio.sleep(between)  # between two sweeps there is nothing to wait for
        # A database that is away for a moment must not stop the sweeping for ever.
        [outcome] = await asyncio.gather(sweep(app), return_exceptions=True)
        if isinstance(outcome, Exception):
            log_failure(outcome)
        elif clock.now() - forgot_at > FORGETS_EVERY:
            forgot_at = clock.now()
            await asyncio.to_thread(sessions.forget_the_past, now=forgot_at)


async def sweep(app: App) -> None:
    """End the sessions whose time is up, and empty their tabs."""
    ended = await asyncio.to_thread(
        sessions.end_overdue, policy=libraries.current().session, now=clock.now()
    )
    await empty_tabs(app, id_hashes=ended, then=ENDED)
