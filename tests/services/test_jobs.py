"""One worker at a time, and none for ever."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

from portal_app.services import jobs
from tests.conftest import NOW

HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


def is_due(now: dt.datetime) -> bool:
    """Tell whether the time for the work has come."""
    return jobs.is_due(name="work", every=HOUR, now=now)


def take(worker: str, now: dt.datetime) -> bool:
    """Try to be the one who does the work."""
    return jobs.take(name="work", every=HOUR, worker=worker, now=now)


def finish(worker: str, now: dt.datetime) -> None:
    """Say that the work is done."""
    jobs.finish(name="work", worker=worker, now=now)


def test_what_was_never_done_is_due_at_once_and_after_it_was_done_when_its_time_has_come(library):
    assert is_due(NOW)
    assert take("one", NOW)
    finish("one", NOW)

    assert not is_due(NOW + HOUR - SECOND)
    assert not take("one", NOW + HOUR - SECOND)
    assert is_due(NOW + HOUR)
    assert take("one", NOW + HOUR)


def test_one_worker_at_a_time_does_it(library):
    assert take("one", NOW)

    assert not is_due(NOW)
    assert not take("other", NOW)


def test_of_many_who_want_it_at_once_one_gets_it(library):
    with ThreadPoolExecutor(8) as workers:
        taken = list(workers.map(lambda number: take(f"worker {number}", NOW), range(24)))

    assert taken.count(True) == 1


def test_a_worker_that_has_died_is_replaced_when_its_lease_has_run_out(library):
    take("dead", NOW)

    assert not take("other", NOW + jobs.LEASE - SECOND)
    assert take("other", NOW + jobs.LEASE)


def test_a_worker_that_is_still_at_it_keeps_it(library):
    take("slow", NOW)
    jobs.renew(name="work", worker="slow", now=NOW + jobs.LEASE / 2)

    assert not take("other", NOW + jobs.LEASE)


def test_who_was_replaced_neither_keeps_nor_finishes_what_another_does(library):
    take("asleep", NOW)
    later = NOW + 2 * jobs.LEASE
    take("other", later)

    jobs.renew(name="work", worker="asleep", now=later + 5 * jobs.LEASE)
    finish("asleep", later)

    assert not is_due(later + SECOND)
    assert is_due(later + jobs.LEASE)


def test_a_clock_that_is_set_back_a_day_stops_nothing(library):
    tomorrow = NOW + dt.timedelta(days=1)
    take("one", tomorrow)

    assert take("two", NOW)
    finish("two", tomorrow)

    assert take("three", NOW)


def test_who_looked_at_the_clock_a_moment_earlier_takes_nothing_that_was_just_taken_or_done(
    library,
):
    take("one", NOW + SECOND)

    assert not take("other", NOW)
    finish("one", NOW + SECOND)

    assert not take("other", NOW)
