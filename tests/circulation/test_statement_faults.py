"""Each statement of each deed fails once, and its commit: nothing has changed, and then all has."""

from collections.abc import Callable
from itertools import count

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from portal_app.domain.catalogue import ItemState
from tests.circulation import invariants, world
from tests.circulation.deeds import Deed, Deeds
from tests.circulation.world import FIRST, HANAKO, KEN, SECOND, THIRD, WEST, YUKI

Prepare = Callable[[Deeds], Deed]


class Fault(Exception):
    """The disk, the network or the machine is gone."""


def place(deeds: Deeds) -> Deed:
    deeds.place(KEN, FIRST)()
    return deeds.place(HANAKO, FIRST)


def cancel(deeds: Deeds) -> Deed:
    _series_of_three(deeds)
    return deeds.cancel(HANAKO, SECOND)


def change(deeds: Deeds) -> Deed:
    deeds.place(HANAKO, FIRST)()
    return deeds.change(HANAKO, FIRST, branch=WEST)


def suspend(deeds: Deeds) -> Deed:
    deeds.place(HANAKO, FIRST)()
    return deeds.suspend(HANAKO, FIRST, days=3)


def step_back(deeds: Deeds) -> Deed:
    deeds.place(HANAKO, FIRST)()
    deeds.place(KEN, FIRST)()
    return deeds.step_back(HANAKO, FIRST)


def arrange(deeds: Deeds) -> Deed:
    _series_of_three(deeds)
    return deeds.arrange(HANAKO, "in_order", [THIRD, FIRST], with_=FIRST)


def renew(deeds: Deeds) -> Deed:
    deeds.lend(HANAKO, 11)()
    return deeds.renew(HANAKO, FIRST)


def lend(deeds: Deeds) -> Deed:
    _series_of_three(deeds)
    deeds.check_in(11)()
    return deeds.lend(HANAKO, 11)


def lend_any_one(deeds: Deeds) -> Deed:
    for record_id in (FIRST, SECOND):
        deeds.place(HANAKO, record_id)()
    deeds.arrange(HANAKO, "any_one", [FIRST, SECOND])()
    deeds.check_in(11)()
    return deeds.lend(HANAKO, 11)


def check_in_for_the_next_in_line(deeds: Deeds) -> Deed:
    deeds.lend(YUKI, 11)()
    deeds.place(HANAKO, FIRST, branch=WEST)()
    deeds.place(KEN, FIRST)()
    return deeds.check_in(11)


def check_in_for_nobody(deeds: Deeds) -> Deed:
    deeds.lend(YUKI, 11)()
    return deeds.check_in(11, branch=WEST)


def lapse(deeds: Deeds) -> Deed:
    for patron_id in (HANAKO, KEN):
        deeds.place(patron_id, FIRST)()
        deeds.place(patron_id, SECOND)()
    deeds.check_in(11)()
    deeds.check_in(21)()
    return deeds.later(days=30).lapse()


def cancel_by_library(deeds: Deeds) -> Deed:
    deeds.place(HANAKO, FIRST)()
    deeds.place(KEN, FIRST)()
    deeds.check_in(11)()
    return deeds.cancel_by_library(HANAKO, FIRST)


def mark(deeds: Deeds) -> Deed:
    deeds.place(HANAKO, FIRST)()
    deeds.check_in(11)()
    return deeds.mark(11, ItemState.MISSING)


def _series_of_three(deeds: Deeds) -> None:
    for record_id in (FIRST, SECOND, THIRD):
        deeds.place(HANAKO, record_id)()
    deeds.arrange(HANAKO, "in_order", [FIRST, SECOND, THIRD])()


DEEDS: tuple[Prepare, ...] = (
    place,
    cancel,
    change,
    suspend,
    step_back,
    arrange,
    renew,
    lend,
    lend_any_one,
    check_in_for_the_next_in_line,
    check_in_for_nobody,
    lapse,
    cancel_by_library,
    mark,
)


def is_cut(deed: Deed) -> bool:
    """Do a deed, and return whether it failed."""
    try:
        deed()
    except Fault:
        return True
    return False


def is_cut_at(number: int, engine: Engine, deed: Deed) -> bool:
    """Do a deed that fails before that statement or commit, if it has so many."""
    steps = count()

    def fail(*_statement: object) -> None:
        if next(steps) == number:
            raise Fault

    sa.event.listen(engine, "before_cursor_execute", fail)
    sa.event.listen(engine, "commit", fail)
    try:
        return is_cut(deed)
    finally:
        sa.event.remove(engine, "before_cursor_execute", fail)
        sa.event.remove(engine, "commit", fail)


@pytest.mark.parametrize("prepare", DEEDS, ids=lambda prepare: prepare.__name__)
def test_whichever_statement_fails_nothing_has_changed_and_then_all_has(deeds, prepare):
    engine, deed = deeds.engine, prepare(deeds)
    before = world.remember(engine)
    wanted = (deed(), world.outcome(engine))
    assert world.remember(engine) != before

    world.put_back(engine, before)
    faults = 0
    while is_cut_at(faults, engine, deed):
        assert world.remember(engine) == before, f"statement {faults}"
        assert (deed(), world.outcome(engine)) == wanted, f"after statement {faults}"
        assert invariants.broken(engine) == []
        world.put_back(engine, before)
        faults += 1
    assert faults > 4  # its statements were seen


@pytest.mark.parametrize("prepare", DEEDS, ids=lambda prepare: prepare.__name__)
def test_a_deed_whose_answer_was_lost_is_done_and_done_once(deeds, prepare, monkeypatch):
    engine, deed = deeds.engine, prepare(deeds)
    commit = engine.dialect.do_commit

    def commit_and_be_cut_off(connection) -> None:
        commit(connection)
        raise Fault

    with monkeypatch.context() as cut:
        cut.setattr(engine.dialect, "do_commit", commit_and_be_cut_off)
        assert is_cut(deed)
    done = world.outcome(engine)
    deed()

    assert world.outcome(engine) == done
    assert invariants.broken(engine) == []
