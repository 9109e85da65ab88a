"""Eight processes at once on five copies of four records: as many collisions as possible.

Which of them comes first is chance, so they go on until each kind of deed was done by one.
"""

from collections import Counter
from contextlib import ExitStack

from tests.circulation import invariants, world
from tests.circulation.chance import KINDS
from tests.circulation.writers import Work, as_fast_as_possible, started

WRITERS = 8
DEEDS = 80  # of each
TURNS = 5  # at most
EVERYTHING = KINDS | {"lapse"}


def test_eight_writers_leave_everything_in_order(library, database_url):
    world.build(library)

    told: Counter[str] = Counter()
    for turn in range(TURNS):
        told += told_by_all_of_them(database_url, first_seed=turn * WRITERS)
        assert invariants.broken(library) == []
        if set(told) >= EVERYTHING:
            break
    assert set(told) >= EVERYTHING


def told_by_all_of_them(url: str, *, first_seed: int) -> Counter[str]:
    """Return how often each kind of deed was done and refused, by all writers together."""
    told: Counter[str] = Counter()
    with ExitStack() as all_of_them:
        pipes = [
            all_of_them.enter_context(
                started(as_fast_as_possible, Work(url=url, seed=seed), DEEDS)
            )[1]
            for seed in range(first_seed, first_seed + WRITERS)
        ]
        for pipe in pipes:
            told += pipe.recv()  # which ends this test if its process has failed
    return told
