"""``kill -9`` in mid-write: nothing that was acknowledged is lost, and nothing is done by half."""

from contextlib import ExitStack
from multiprocessing.connection import Connection
from random import Random

import sqlalchemy as sa
from sqlalchemy import Engine

from tests.circulation import invariants, world
from tests.circulation.world import CD, FIRST, HANAKO, KEN, MEI, SECOND, THIRD, YUKI
from tests.circulation.writers import STATEMENT, Work, one_after_another, started, told_by

MANY = 25  # deeds of a process that is not killed
ROUNDS = 8
PER_DEED = 8  # about so many statements


def theirs(url: str) -> tuple[Work, Work]:
    """Return the work of two processes that have only the database in common."""
    return (
        Work(url=url, seed=4, patrons=(HANAKO, KEN), records=(FIRST, SECOND)),
        Work(url=url, seed=5, patrons=(YUKI, MEI), records=(THIRD, CD)),
    )


def unkilled(engine: Engine, work: Work) -> tuple[list[str], list[object]]:
    """Return what is told, and what there is before the first deed and after each."""
    told, after = [], [circulated(engine, work)]
    for said in told_by(engine, work, MANY):
        told.append(said)
        after.append(circulated(engine, work))
    return told, after


def circulated(engine: Engine, work: Work) -> object:
    """Return what has become of holds, loans and items. What is in a cart is no hold yet."""
    *circulated, _carts = world.outcome(engine, of=work.records)
    return tuple(circulated)


def acknowledged(pipe: Connection, *, statements: int | None = None) -> list[str]:
    """Return what a process has said, up to so many statements or until it is no more."""
    told = []
    while statements is None or statements > 0:
        try:
            said = pipe.recv()
        except EOFError:
            break
        if said != STATEMENT:
            told.append(said[0])
        elif statements is not None:
            statements -= 1
    return told


def wait_for_the_dead(engine: Engine) -> None:
    """Wait until PostgreSQL has ended what dead clients had begun; with SQLite it died too."""
    if engine.dialect.name == "sqlite":
        return
    busy = sa.text(
        "SELECT count(*) FROM pg_stat_activity, pg_sleep(0.01) WHERE state <> 'idle'"
        " AND datname = current_database() AND pid <> pg_backend_pid()"
    )
    with engine.connect() as connection:
        while connection.scalar(busy):
            connection.rollback()


def test_nothing_acknowledged_is_lost_and_nothing_is_done_by_half(library, database_url):
    world.build(library)
    empty, random = world.remember(library), Random(1)  # noqa: S311  no secret
    works = theirs(database_url)
    wanted = [unkilled(library, work) for work in works]
    assert all(len(set(after)) > MANY // 3 for _, after in wanted)

    cut = 0
    for _ in range(ROUNDS):
        world.put_back(library, empty)
        with ExitStack() as both:
            writers = [both.enter_context(started(one_after_another, work, MANY)) for work in works]
            # Both are about as far, and nobody knows exactly where.
            [(_, first), _] = writers
            told = [acknowledged(first, statements=random.randint(1, MANY * PER_DEED)), []]
            for process, _ in writers:
                process.kill()
            for said, (_, pipe) in zip(told, writers, strict=True):
                said.extend(acknowledged(pipe))
        wait_for_the_dead(library)
        for work, said, (all_told, after) in zip(works, told, wanted, strict=True):
            assert said == all_told[: len(said)]
            assert circulated(library, work) in after[len(said) : len(said) + 2]
            cut += len(said) < MANY
        assert invariants.broken(library) == []
    assert cut >= ROUNDS  # in the middle of their work
