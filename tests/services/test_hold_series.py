from functools import partial

import pytest
from sqlmodel import Session, col, select

from portal_app.data.tables import Hold, HoldSeries, Loan
from portal_app.domain.hold_series import Refusal, SeriesKind, When, Wish
from portal_app.domain.holds import HoldState
from portal_app.domain.policies import NextInSeries
from portal_app.services import hold_changes, hold_series
from portal_app.services.hold_series import Arranged
from tests.conftest import NOW, add_record
from tests.services.queues import (
    OUR_LIBRARY,
    at_once,
    key,
    library_of,
    look,
    set_aside,
    wait_for,
)

FIRST, SECOND, THIRD, FOURTH = VOLUMES = (101, 102, 103, 104)
ITEMS = {record_id: record_id * 10 + 1 for record_id in VOLUMES}
DONE = Arranged()


def next_when(when: NextInSeries):
    """Return our library, with another rule for the next volume of a series."""
    series = OUR_LIBRARY.holds.series.model_copy(update={"next_when": when})
    return library_of("kagoshima", available_items=True, series=series.model_dump())


RETURNED = next_when(NextInSeries.RETURNED)


@pytest.fixture
def volumes(branches) -> tuple[int, ...]:
    """Four volumes of one work."""
    return tuple(add_record(record_id, f"巻{record_id}") for record_id in VOLUMES)


@pytest.fixture
def waits(hanako, volumes) -> dict[int, int]:
    """Hanako waits for all of them: the hold of each."""
    return dict(zip(volumes, wait_for(hanako, *volumes), strict=True))


def arrange(patron_id, *record_ids, to=None, library=OUR_LIBRARY, **wish) -> Arranged:
    """Make a series of these, or set ``to`` to exactly these."""
    defaults = {"kind": SeriesKind.IN_ORDER, "when": When.LATER}
    return hold_series.arrange(
        patron_id=patron_id,
        wish=Wish(series_id=to, record_ids=record_ids, **defaults | wish),
        policy=library.holds,
        now=NOW,
    )


def series_of(patron_id, **shown) -> dict[int | None, list[int]]:
    """Return which records belong together, by the number of their series, in their order."""
    members = [hold for hold in look(patron_id, **shown) if hold.series_number]
    found: dict[int | None, list[int]] = {}
    for hold in sorted(members, key=lambda hold: hold.series_place or 0):
        found.setdefault(hold.series_number, []).append(hold.record.record_id)
    return found


def the_series(patron_id) -> int:
    """Return the one series of a patron."""
    [series_id] = {hold.series_id for hold in look(patron_id)} - {None}
    return series_id


def in_turn(patron_id, library=OUR_LIBRARY) -> set[int]:
    found = look(patron_id, library=library)
    return {hold.record.record_id for hold in found if hold.is_in_turn}


def kept(library) -> list[int]:
    """Return the numbers of all series that the database has."""
    with Session(library) as tx:
        return sorted(tx.exec(select(HoldSeries.number)))


# What is made


@pytest.mark.parametrize("when", list(When))
def test_k28_g33_waiting_holds_become_a_series_in_the_order_that_the_patron_says(
    hanako, waits, when
):
    assert arrange(hanako, SECOND, FIRST, THIRD, when=when) == DONE

    assert series_of(hanako) == {1: [SECOND, FIRST, THIRD]}
    shown = {hold.record.record_id: hold for hold in look(hanako)}
    assert (shown[FIRST].series_place, shown[FIRST].series_size) == (2, 3)
    assert shown[FIRST].series_kind == "in_order"
    assert (shown[FOURTH].series_id, shown[FOURTH].series_place) == (None, None)
    assert (shown[FOURTH].series_kind, shown[FOURTH].is_in_turn) == ("", True)


def test_k28_only_the_first_of_a_series_is_asked_for(hanako, waits):
    arrange(hanako, FIRST, SECOND, THIRD)

    assert in_turn(hanako) == {FIRST, FOURTH}


@pytest.mark.parametrize(
    ("rule", "next_is_asked_for"),
    [
        (NextInSeries.READY, True),
        (NextInSeries.LENT, False),
        (NextInSeries.RETURNED, False),
    ],
)
def test_g33_the_next_is_asked_for_by_the_rule_of_the_library(
    hanako, waits, rule, next_is_asked_for
):
    arrange(hanako, FIRST, SECOND, THIRD)
    set_aside(waits[FIRST], item_id=ITEMS[FIRST])

    found = in_turn(hanako, next_when(rule))

    assert (SECOND in found) is next_is_asked_for
    assert THIRD not in found


def test_any_one_of_a_series_is_asked_for_until_one_has_come(hanako, waits):
    arrange(hanako, FIRST, SECOND, kind=SeriesKind.ANY_ONE)
    assert in_turn(hanako) == {*VOLUMES}

    set_aside(waits[SECOND], item_id=ITEMS[SECOND])

    assert in_turn(hanako) == {SECOND, THIRD, FOURTH}


def test_g31_a_patron_counts_their_own_series_from_the_lowest_free_number(hanako, ken, waits):
    wait_for(ken, FIRST, SECOND)
    arrange(hanako, FIRST, SECOND)
    arrange(hanako, THIRD, FOURTH)
    arrange(ken, FIRST, SECOND)
    assert series_of(hanako) == {1: [FIRST, SECOND], 2: [THIRD, FOURTH]}
    assert series_of(ken) == {1: [FIRST, SECOND]}

    [first] = {hold.series_id for hold in look(hanako) if hold.series_number == 1}
    arrange(hanako, to=first)
    arrange(hanako, SECOND, FIRST)

    assert series_of(hanako) == {1: [SECOND, FIRST], 2: [THIRD, FOURTH]}


def test_a_series_keeps_every_place_in_every_queue(hanako, ken, volumes):
    wait_for(ken, *VOLUMES)
    wait_for(hanako, *VOLUMES)

    arrange(hanako, FOURTH, THIRD, SECOND, FIRST)

    assert {hold.place for hold in look(hanako)} == {2}


# What is changed


@pytest.mark.parametrize(
    "records",
    [
        (THIRD, SECOND, FIRST),
        (FIRST, SECOND, THIRD, FOURTH),
        (FIRST, THIRD),
        (FOURTH, THIRD),
    ],
    ids=["turned round", "one more", "one fewer", "others"],
)
def test_g33_a_series_is_exactly_what_the_patron_says(hanako, waits, library, records):
    arrange(hanako, FIRST, SECOND, THIRD)

    assert arrange(hanako, *records, to=the_series(hanako)) == DONE

    assert series_of(hanako) == {1: [*records]}
    assert kept(library) == [1]


def test_g33_saying_the_same_again_changes_nothing(hanako, waits):
    arrange(hanako, SECOND, FIRST)

    again = [arrange(hanako, SECOND, FIRST, to=the_series(hanako)) for _ in range(3)]

    assert again == [DONE] * 3
    assert series_of(hanako) == {1: [SECOND, FIRST]}


def test_a_series_in_order_becomes_one_of_any_one(hanako, waits):
    arrange(hanako, FIRST, SECOND)

    arrange(hanako, FIRST, SECOND, to=the_series(hanako), kind=SeriesKind.ANY_ONE)

    assert {hold.series_kind for hold in look(hanako)} == {"any_one", ""}


@pytest.mark.parametrize("records", [(), (SECOND,)], ids=["of none", "of one"])
def test_g33_a_series_that_is_left_of_none_or_one_is_dissolved(hanako, waits, library, records):
    arrange(hanako, FIRST, SECOND)

    assert arrange(hanako, *records, to=the_series(hanako)) == DONE

    assert series_of(hanako) == {}
    assert in_turn(hanako) == {*VOLUMES}
    assert kept(library) == []


def test_g33_what_is_set_aside_stays_in_front_of_what_is_regrouped(hanako, waits):
    arrange(hanako, FIRST, SECOND, THIRD)
    set_aside(waits[SECOND], item_id=ITEMS[SECOND])

    assert arrange(hanako, FOURTH, FIRST, to=the_series(hanako)) == DONE

    assert series_of(hanako) == {1: [SECOND, FOURTH, FIRST]}


def test_g33_one_that_waits_stays_behind_the_one_that_is_set_aside(hanako, waits):
    arrange(hanako, FIRST, SECOND, THIRD)
    set_aside(waits[FIRST], item_id=ITEMS[FIRST])

    arrange(hanako, THIRD, to=the_series(hanako))

    assert series_of(hanako) == {1: [FIRST, THIRD]}


def test_g33_dissolving_also_lets_go_of_what_is_set_aside(hanako, waits, library):
    arrange(hanako, FIRST, SECOND)
    set_aside(waits[FIRST], item_id=ITEMS[FIRST])

    arrange(hanako, to=the_series(hanako))

    assert series_of(hanako) == {}
    assert kept(library) == []


def test_g33_a_hold_that_goes_to_another_series_leaves_its_own(hanako, waits, library):
    arrange(hanako, FIRST, SECOND)
    arrange(hanako, THIRD, FOURTH)
    [second] = {hold.series_id for hold in look(hanako) if hold.series_number == 2}

    arrange(hanako, THIRD, SECOND, FOURTH, to=second)

    assert series_of(hanako) == {2: [THIRD, SECOND, FOURTH]}
    assert kept(library) == [2]


@pytest.mark.parametrize(("rule", "left"), [(RETURNED, {1: [SECOND]}), (OUR_LIBRARY, {})])
def test_what_waits_for_a_loan_to_come_back_stays_a_series_of_one(
    hanako, waits, library, rule, left
):
    arrange(hanako, FIRST, SECOND)
    with Session(library) as tx, tx.begin():
        hold = tx.get_one(Hold, waits[FIRST])
        loan = tx.exec(select(Loan).where(Loan.item_id == ITEMS[FIRST])).one()
        loan.patron_id, loan.series_id = hanako, hold.series_id
        hold.state, hold.ended_at, hold.patron_id = HoldState.LENT, NOW, None
        hold.slot = hold.queue_number = hold.series_id = hold.series_place = None

    arrange(hanako, SECOND, to=the_series(hanako), library=rule)

    assert series_of(hanako) == left
    assert kept(library) == [*left]


def test_giving_up_one_of_two_leaves_one_that_waits_for_itself(hanako, waits, library):
    arrange(hanako, FIRST, SECOND)

    hold_changes.cancel(key=key(hanako, waits[FIRST]), library=OUR_LIBRARY, now=NOW)

    assert series_of(hanako) == {}
    assert kept(library) == []


def test_giving_up_one_of_three_leaves_the_others_in_their_order(hanako, waits):
    arrange(hanako, THIRD, FIRST, SECOND)

    hold_changes.cancel(key=key(hanako, waits[FIRST]), library=OUR_LIBRARY, now=NOW)

    assert series_of(hanako) == {1: [THIRD, SECOND]}


# What is refused


@pytest.mark.parametrize("state", [HoldState.IN_TRANSIT, HoldState.READY])
def test_g33_what_is_set_aside_is_not_regrouped(hanako, waits, state):
    set_aside(waits[FIRST], state=state, item_id=ITEMS[FIRST])

    assert arrange(hanako, SECOND, FIRST) == Arranged(refused=Refusal.SET_ASIDE)
    assert series_of(hanako) == {}


def test_what_nobody_waits_for_is_in_no_series(hanako, waits):
    assert arrange(hanako, FIRST, 404) == Arranged(refused=Refusal.NOT_ON_HOLD)


def test_one_hold_is_no_series(hanako, waits, library):
    assert arrange(hanako, FIRST) == Arranged(refused=Refusal.FEWER_THAN_TWO)
    assert kept(library) == []


def test_a_series_that_is_gone_is_not_changed(hanako, waits):
    arrange(hanako, FIRST, SECOND)
    gone = the_series(hanako)
    arrange(hanako, to=gone)

    told = [arrange(hanako, *records, to=gone) for records in ((), (FIRST, SECOND))]

    assert told == [Arranged(refused=Refusal.SERIES_IS_GONE)] * 2
    assert series_of(hanako) == {}


def test_what_the_library_does_not_offer_is_not_made(hanako, waits, library):
    koganei = library_of("koganei")

    placing = arrange(hanako, FIRST, SECOND, when=When.PLACING, library=koganei)
    any_one = arrange(hanako, FIRST, SECOND, kind=SeriesKind.ANY_ONE, library=koganei)

    assert placing == Arranged(refused=Refusal.NOT_OFFERED_WHEN_PLACING)
    assert any_one == Arranged(refused=Refusal.ANY_ONE_NOT_OFFERED)
    assert kept(library) == []


def test_k28_what_could_not_be_placed_is_left_out(hanako, waits):
    told = arrange(hanako, FIRST, 404, SECOND, when=When.PLACING)

    assert told == Arranged(left_out=1)
    assert series_of(hanako) == {1: [FIRST, SECOND]}


def test_nobody_regroups_the_holds_or_the_series_of_another(hanako, ken, waits):
    wait_for(ken, FIRST)
    arrange(hanako, FIRST, SECOND)
    before = look(hanako)

    told = [arrange(ken, FIRST, SECOND), arrange(ken, to=the_series(hanako))]

    assert told == [
        Arranged(refused=Refusal.NOT_ON_HOLD),
        Arranged(refused=Refusal.SERIES_IS_GONE),
    ]
    assert look(hanako) == before


# Two tabs at once


def test_two_tabs_that_make_a_series_of_the_same_holds_make_one(hanako, waits, library):
    told = at_once(
        partial(arrange, hanako, FIRST, SECOND, THIRD),
        partial(arrange, hanako, THIRD, SECOND, FIRST),
    )

    assert told == [DONE, DONE]
    [(number, records)] = series_of(hanako).items()
    assert records in ([FIRST, SECOND, THIRD], [THIRD, SECOND, FIRST])
    assert kept(library) == [number]


def test_two_tabs_that_regroup_a_series_leave_the_order_of_one_of_them(hanako, waits):
    arrange(hanako, FIRST, SECOND, THIRD, FOURTH)
    series_id = the_series(hanako)
    orders = ([FOURTH, THIRD, SECOND, FIRST], [SECOND, FOURTH])

    told = at_once(*(partial(arrange, hanako, *order, to=series_id) for order in orders))

    assert told == [DONE, DONE]
    assert series_of(hanako) in [{1: order} for order in orders]


def test_two_series_that_want_the_same_hold_at_once_do_not_share_it(hanako, waits, library):
    told = at_once(
        partial(arrange, hanako, FIRST, SECOND, THIRD),
        partial(arrange, hanako, THIRD, SECOND, FOURTH),
    )

    assert told == [DONE, DONE]
    belonging = [record for records in series_of(hanako).values() for record in records]
    assert len(belonging) == len(set(belonging))
    assert kept(library) == sorted(series_of(hanako))


def test_a_hold_that_is_given_up_while_it_is_grouped_is_in_no_series(hanako, waits, library):
    given_up = partial(
        hold_changes.cancel, key=key(hanako, waits[FIRST]), library=OUR_LIBRARY, now=NOW
    )

    at_once(partial(arrange, hanako, FIRST, SECOND), given_up)

    assert series_of(hanako) == {}
    assert kept(library) == []
    with Session(library) as tx:
        grouped = tx.exec(select(Hold.id).where(col(Hold.series_id).is_not(None))).all()
    assert grouped == []
