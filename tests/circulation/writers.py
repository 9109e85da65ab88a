"""What another process does: deeds by chance, told over a pipe as soon as they are done."""

import multiprocessing
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from random import Random

import sqlalchemy as sa
from sqlalchemy import Engine

from portal_app.data.database import connect, disconnect
from tests.circulation import world
from tests.circulation.chance import Chance
from tests.circulation.deeds import Deeds
from tests.circulation.world import PATRONS, RECORDS
from tests.conftest import NOW

STATEMENT = "statement"
LAPSE_EVERY = 30

# One process imports the portal, and all others are made from it: that is quick.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__, "pytest"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Whose deeds a process does, about what; with the same seed it does the same."""

    url: str
    seed: int
    patrons: Collection[int] = PATRONS
    records: Collection[int] = RECORDS


@contextmanager
def started(target, work: Work, *rest: object) -> Iterator[tuple[BaseProcess, Connection]]:
    """Start another process, which writes to the pipe, and end it if it has not ended."""
    ours, theirs = _processes.Pipe(duplex=False)
    process = _processes.Process(target=target, args=(theirs, work, *rest), daemon=True)
    process.start()
    theirs.close()  # so that the pipe ends with the process
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def one_after_another(pipe: Connection, work: Work, many: int) -> None:
    """Do so many deeds, and say each statement before it is made and each answer once it is."""
    engine = connect(work.url)
    sa.event.listen(engine, "before_cursor_execute", lambda *_: pipe.send(STATEMENT))
    sa.event.listen(engine, "commit", lambda *_: pipe.send(STATEMENT))
    for told in told_by(engine, work, many):
        pipe.send((told,))


def told_by(engine: Engine, work: Work, many: int) -> Iterator[str]:
    """Do so many deeds by chance, and yield what each is and is told."""
    return (f"{kind}: {said}" for kind, said in _told_by(engine, work, many))


def _told_by(engine: Engine, work: Work, many: int) -> Iterator[tuple[str, str]]:
    chance = Chance(random=Random(work.seed), patrons=work.patrons, records=work.records)  # noqa: S311  no secret
    deeds = Deeds(engine=engine, library=world.library_of(), now=NOW)
    for _ in range(many):
        kind, deed = chance.deed(deeds)
        yield kind, deed()


def as_fast_as_possible(pipe: Connection, work: Work, many: int) -> None:
    """Do so many deeds, then say how often each was done and refused."""
    engine = connect(work.url)
    late = Deeds(engine=engine, library=world.library_of(), now=NOW).later(days=10)
    told: Counter[str] = Counter()
    for number, (kind, said) in enumerate(_told_by(engine, work, many), start=1):
        told[kind if _is_done(said) else f"{kind} refused"] += 1
        if number % LAPSE_EVERY == 0:
            told["lapse"] += int(late.lapse()())
    pipe.send(told)
    disconnect()


def _is_done(said: str) -> bool:
    return said.startswith(("done", "due", "to "))
