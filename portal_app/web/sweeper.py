"""What must end although nobody touches anything: idle sessions, holds whose time is up."""

import asyncio
import datetime as dt
from collections.abc import Coroutine

from reflex.app import App

from portal_app import clock, libraries
from portal_app.data.database import empty_log
from portal_app.services import forgetting, lapses, letters, outbox, sessions, shelves, staff
from portal_app.state.failures import log_failure
from portal_app.web.addresses import DESK_ENDED, ENDED
from portal_app.web.tabs import empty_tabs

MOST_SECONDS_BETWEEN = 20
# Longer than between two sweeps. A tab is emptied once, however often its session is found.
LATELY = dt.timedelta(seconds=3 * MOST_SECONDS_BETWEEN)
# Whoever ends a session by a door empties its tabs as well, and says why.
A_MOMENT = dt.timedelta(seconds=5)
TIDIES_EVERY = dt.timedelta(hours=1)


async def sweep_for_ever(app: App) -> None:
    """Sweep again and again, as long as the portal is open."""
    between = min(MOST_SECONDS_BETWEEN, libraries.current().session.idle_seconds / 60)
    tidied_at: dt.datetime | None = None
    while True:
        await asyncio.sleep(between)  # between two sweeps there is nothing to wait for
        await _logged_if_it_fails(sweep(app))
        await _logged_if_it_fails(asyncio.to_thread(empty_log))
        if tidied_at is None or clock.now() - tidied_at > TIDIES_EVERY:
            tidied_at = clock.now()
            await _logged_if_it_fails(lapse())
            await _logged_if_it_fails(forget())


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


async def lapse() -> None:
    """End the holds whose time is up, a portion at a time, so that nobody waits for long."""
    while await asyncio.to_thread(lapses.lapse, library=libraries.current(), now=clock.now()):
        pass


async def forget() -> None:
    """Delete what is over and would only say who was here, and what nobody asks for again."""
    now = clock.now()
    await asyncio.to_thread(sessions.forget_the_past, now=now)
    await asyncio.to_thread(staff.forget_the_past, now=now)
    await asyncio.to_thread(outbox.forget_the_past, now=now)
    await asyncio.to_thread(letters.forget_the_past, now=now)
    library = libraries.current()
    await asyncio.to_thread(shelves.forget_the_past, policy=library.shelf, now=now)
    await asyncio.to_thread(lapses.forget_the_past, policy=library.holds, now=now)
    await asyncio.to_thread(forgetting.blur_the_past, now=now)


async def _logged_if_it_fails(work: Coroutine[object, object, None]) -> None:
    # A database that is away for a moment must not stop the sweeping for ever.
    [outcome] = await asyncio.gather(work, return_exceptions=True)
    if isinstance(outcome, Exception):
        log_failure(outcome)
