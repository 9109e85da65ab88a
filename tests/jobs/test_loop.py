"""Each piece of work is done when it is due, by whoever comes first, and failures end nothing."""

import datetime as dt
import threading

from portal_app import clock
from portal_app.jobs import loop
from portal_app.jobs.work import Work
from portal_app.services import jobs

HOUR = dt.timedelta(hours=1)


async def test_work_is_done_once_until_it_is_due_again(library):
    done: list[dt.datetime] = []
    work = Work(name="count", every=HOUR, do=lambda _library, now: done.append(now))

    for worker in ("one", "two", "one"):
        await loop.do_if_due(work, worker=worker)

    assert len(done) == 1


async def test_what_fails_is_logged_and_tried_again_when_the_lease_has_run_out(
    library, time_machine
):
    tries: list[dt.datetime] = []

    def fail(_library, now) -> None:
        tries.append(now)
        raise ZeroDivisionError

    work = Work(name="fail", every=HOUR, do=fail)
    began_at = clock.now()
    time_machine.move_to(began_at, tick=False)

    for _ in range(2):
        await loop.do_if_due(work, worker="one")
    time_machine.move_to(began_at + jobs.LEASE, tick=False)
    await loop.do_if_due(work, worker="two")

    assert len(tries) == 2


async def test_who_works_for_long_keeps_others_away(library, monkeypatch):
    monkeypatch.setattr(loop, "SECONDS_TO_RENEW", 0.01)
    renewed = threading.Event()
    renew = jobs.renew

    def note(**lease) -> None:
        renew(**lease)
        renewed.set()

    monkeypatch.setattr(jobs, "renew", note)
    work = Work(name="long", every=HOUR, do=lambda _library, _now: renewed.wait(10) and None)

    await loop.do_if_due(work, worker="one")

    assert renewed.is_set()
    assert not jobs.is_due(name="long", every=HOUR, now=clock.now())
