"""Two deeds at once, one let in before each statement of the other: as if one had come first."""

from collections.abc import Callable, Mapping
from itertools import count

import pytest
import sqlalchemy as sa

from tests.circulation import invariants, world
from tests.circulation.deeds import Deed, Deeds
from tests.circulation.explorer import interleave, watched
from tests.circulation.world import CD, FIRST, HANAKO, KEN, MEI, SECOND, THIRD, WEST, YUKI

Prepare = Callable[[Deeds], tuple[Deed, Deed]]


def one_patron_asks_twice(deeds: Deeds) -> tuple[Deed, Deed]:
    return deeds.place(HANAKO, FIRST), deeds.place(HANAKO, FIRST)


def one_place_of_a_limit_is_left(deeds: Deeds) -> tuple[Deed, Deed]:
    for record_id in (FIRST, SECOND):
        deeds.place(HANAKO, record_id)()
    return deeds.place(HANAKO, THIRD), deeds.place(HANAKO, CD)


def two_join_a_queue(deeds: Deeds) -> tuple[Deed, Deed]:
    return deeds.place(HANAKO, FIRST), deeds.place(KEN, FIRST)


def somebody_renews_as_another_joins(deeds: Deeds) -> tuple[Deed, Deed]:
    deeds.lend(HANAKO, 11)()
    return deeds.renew(HANAKO, FIRST), deeds.place(KEN, FIRST)


def somebody_renews_twice(deeds: Deeds) -> tuple[Deed, Deed]:
    deeds.lend(HANAKO, 11)()
    return deeds.renew(HANAKO, FIRST), deeds.renew(HANAKO, FIRST)


def something_comes_back_as_somebody_asks(deeds: Deeds) -> tuple[Deed, Deed]:
    deeds.lend(HANAKO, 11)()
    return deeds.check_in(11), deeds.place(KEN, FIRST)


def something_comes_back_as_the_next_gives_up(deeds: Deeds) -> tuple[Deed, Deed]:
    deeds.lend(HANAKO, 11)()
    deeds.place(KEN, FIRST)()
    deeds.place(YUKI, FIRST)()
    return deeds.check_in(11), deeds.cancel(KEN, FIRST)


def something_comes_back_as_the_next_lets_another_go_first(deeds: Deeds) -> tuple[Deed, Deed]:
    deeds.lend(HANAKO, 11)()
    deeds.place(KEN, FIRST)()
    deeds.place(YUKI, FIRST)()
    return deeds.check_in(11), deeds.step_back(KEN, FIRST)


def two_copies_come_back_for_one(deeds: Deeds) -> tuple[Deed, Deed]:
    deeds.lend(HANAKO, 21)()
    deeds.lend(MEI, 22)()
    deeds.place(KEN, SECOND)()
    return deeds.check_in(21), deeds.check_in(22)


def one_copy_is_lent_to_two(deeds: Deeds) -> tuple[Deed, Deed]:
    return deeds.lend(HANAKO, 11), deeds.lend(KEN, 11)


def a_copy_is_lent_as_its_reader_asks(deeds: Deeds) -> tuple[Deed, Deed]:
    return deeds.lend(HANAKO, 21), deeds.place(HANAKO, SECOND)


def what_is_ready_is_lent_as_the_library_cancels(deeds: Deeds) -> tuple[Deed, Deed]:
    deeds.place(HANAKO, FIRST)()
    deeds.place(KEN, FIRST)()
    deeds.check_in(11)()
    return deeds.lend(HANAKO, 11), deeds.cancel_by_library(HANAKO, FIRST)


def a_volume_is_lent_as_the_order_is_turned(deeds: Deeds) -> tuple[Deed, Deed]:
    for record_id in (FIRST, SECOND, THIRD):
        deeds.place(HANAKO, record_id)()
    deeds.arrange(HANAKO, "in_order", [FIRST, SECOND, THIRD])()
    deeds.check_in(11)()
    turned = deeds.arrange(HANAKO, "in_order", [THIRD, SECOND], with_=FIRST)
    return deeds.lend(HANAKO, 11), turned


def any_one_comes_back_twice(deeds: Deeds) -> tuple[Deed, Deed]:
    for record_id in (FIRST, THIRD):
        deeds.place(HANAKO, record_id)()
    deeds.arrange(HANAKO, "any_one", [FIRST, THIRD])()
    return deeds.check_in(11), deeds.check_in(31, branch=WEST)


def the_next_volume_is_found_as_the_one_before_is_given_up(deeds: Deeds) -> tuple[Deed, Deed]:
    for record_id in (FIRST, THIRD):
        deeds.place(HANAKO, record_id)()
    deeds.arrange(HANAKO, "in_order", [FIRST, THIRD])()
    return deeds.check_in(31), deeds.cancel(HANAKO, FIRST)


def a_series_is_made_of_what_is_just_given_up(deeds: Deeds) -> tuple[Deed, Deed]:
    for record_id in (FIRST, SECOND):
        deeds.place(HANAKO, record_id)()
    return deeds.arrange(HANAKO, "in_order", [FIRST, SECOND]), deeds.cancel(HANAKO, FIRST)


# SQLite has one lock, taken before the first statement, so that most stops are alike.
_STEPS = {"postgresql": 1, "sqlite": 6}

PAIRS: tuple[Prepare, ...] = (
    one_patron_asks_twice,
    one_place_of_a_limit_is_left,
    two_join_a_queue,
    somebody_renews_as_another_joins,
    somebody_renews_twice,
    something_comes_back_as_somebody_asks,
    something_comes_back_as_the_next_gives_up,
    something_comes_back_as_the_next_lets_another_go_first,
    two_copies_come_back_for_one,
    one_copy_is_lent_to_two,
    a_copy_is_lent_as_its_reader_asks,
    what_is_ready_is_lent_as_the_library_cancels,
    a_volume_is_lent_as_the_order_is_turned,
    any_one_comes_back_twice,
    the_next_volume_is_found_as_the_one_before_is_given_up,
    a_series_is_made_of_what_is_just_given_up,
)


def harm(deeds: Deeds, prepare: Prepare) -> list[str]:
    """Return each way to mix two deeds whose end is not that of one after the other."""
    both = prepare(deeds)
    prepared = world.remember(deeds.engine)

    def end_of(told: Mapping[Deed, str]) -> tuple[object, ...]:
        said = tuple(told[deed] for deed in both)
        return said, world.outcome(deeds.engine), tuple(invariants.broken(deeds.engine))

    right = []
    for order in (both, both[::-1]):
        world.put_back(deeds.engine, prepared)
        right.append(end_of({deed: deed() for deed in order}))
    assert all(not broken for _, _, broken in right)
    wrong = []
    with watched(deeds.engine):
        for first, second in (both, both[::-1]):
            for stop_at in count(step=_STEPS[deeds.engine.dialect.name]):
                world.put_back(deeds.engine, prepared)
                mixed = interleave(deeds.engine, first, second, stop_at=stop_at)
                if end_of(mixed.told) not in right:
                    wrong.append(f"before statement {stop_at}: {list(mixed.told.values())}")
                if not mixed.was_reached:
                    break
    return wrong


@pytest.mark.parametrize("prepare", PAIRS, ids=lambda prepare: prepare.__name__)
def test_two_deeds_at_once_end_as_if_one_had_come_first(deeds, prepare):
    assert harm(deeds, prepare) == []


@pytest.mark.parametrize(
    "prepare", [a_copy_is_lent_as_its_reader_asks, two_copies_come_back_for_one]
)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_without_the_locks_harm_would_be_done_and_seen(deeds, prepare):
    def forget_the_lock(_connection, _cursor, statement, parameters, *_context):
        return statement.replace(" FOR UPDATE", ""), parameters

    sa.event.listen(deeds.engine, "before_cursor_execute", forget_the_lock, retval=True)

    assert harm(deeds, prepare)
