"""The loop that does the work whose time has come, in the web process or in a worker."""

import asyncio
import secrets

from portal_app import clock, libraries
from portal_app.jobs.work import WORK, Work
from portal_app.services import jobs
from portal_app.state.failures import log_failure

SECONDS_BETWEEN_LOOKS = 1
SECONDS_TO_RENEW = jobs.LEASE.total_seconds() / 3


async def work_for_ever() -> None:
    """Do each piece of work whenever its time has come, as long as the process lives."""
    worker = secrets.token_hex(16)
    while True:
        for work in WORK:
            await do_if_due(work, worker=worker)
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)  # between two looks there is nothing to wait for


async def do_if_due(work: Work, *, worker: str) -> None:
    """Do a piece of work if its time has come and nobody else is doing it.

    When it fails, its lease is left to run out: that is the pause before it is tried again.
    """
    [outcome] = await asyncio.gather(_do_if_due(work, worker), return_exceptions=True)
    if isinstance(outcome, Exception):
        log_failure(outcome)


async def _do_if_due(work: Work, worker: str) -> None:
    when = {"name": work.name, "every": work.every, "now": clock.now()}
    if not await asyncio.to_thread(jobs.is_due, **when):
        return
    if not await asyncio.to_thread(jobs.take, worker=worker, **when):
        return
    doing = asyncio.create_task(asyncio.to_thread(_do, work, worker))
    while not (await asyncio.wait([doing], timeout=SECONDS_TO_RENEW))[0]:
        await asyncio.to_thread(jobs.renew, name=work.name, worker=worker, now=clock.now())
    await doing


def _do(work: Work, worker: str) -> None:
    work.do(libraries.current(), clock.now())
    jobs.finish(name=work.name, worker=worker, now=clock.now())
