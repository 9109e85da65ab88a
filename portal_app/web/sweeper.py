"""Ending idle sessions although nobody touches anything: the tablet left on the table."""

import asyncio
import datetime as dt
from collections.abc import Coroutine

from reflex.app import App

from portal_app import clock, libraries
from portal_app.services import outbox, sessions, shelves
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
        await _logged_if_it_fails(sweep(app))
        if clock.now() - forgot_at > FORGETS_EVERY:
            forgot_at = clock.now()
            await _logged_if_it_fails(forget())


async def sweep(app: App) -> None:
    """End the sessions whose time is up, and empty their tabs."""
    ended = await asyncio.to_thread(
        sessions.end_overdue, policy=libraries.current().session, now=clock.now()
    )
    await empty_tabs(app, id_hashes=ended, then=ENDED)


async def forget() -> None:
    """Delete what is over and would only say who was here, and what nobody asks for again."""
    now = clock.now()
    await asyncio.to_thread(sessions.forget_the_past, now=now)
    await asyncio.to_thread(outbox.forget_the_past, now=now)
    policy = libraries.current().shelf
    await asyncio.to_thread(shelves.forget_the_past, policy=policy, now=now)


async def _logged_if_it_fails(work: Coroutine[object, object, None]) -> None:
    # A database that is away for a moment must not stop the sweeping for ever.
    [outcome] = await asyncio.gather(work, return_exceptions=True)
    if isinstance(outcome, Exception):
        log_failure(outcome)
