import datetime as dt
from functools import partial

import pytest

from portal_app.domain.holds import (
    Declined,
    EndReason,
    HoldState,
    NotCancelled,
    NotChanged,
    Problem,
    Wish,
)
from portal_app.services import hold_changes, holds
from portal_app.services.hold_changes import Cancelled, Changed
from tests.conftest import NOW, TODAY, add_patron, add_record
from tests.services.queues import (
    OUR_LIBRARY,
    at_once,
    key,
    library_of,
    look,
    set_aside,
    wait_for,
    written,
)

KOGANEI = library_of("koganei")
DONE = Changed(declined=None)
NO_SUCH_HOLD = Changed(declined=Declined(why=NotChanged.NOT_ON_HOLD))
NEXT_WEEK = TODAY + dt.timedelta(days=7)
WEST = Wish(pickup_branch="west", contact_method="mail", expires_on=NEXT_WEEK)


def change(patron_id, hold_id, *, wish=WEST, library=OUR_LIBRARY):
    return hold_changes.change(key=key(patron_id, hold_id), wish=wish, library=library, today=TODAY)


def cancel(patron_id, hold_id, *, library=OUR_LIBRARY, now=NOW):
    return hold_changes.cancel(key=key(patron_id, hold_id), library=library, now=now)


def ask_to_cancel(patron_id, hold_id, *, library=OUR_LIBRARY, now=NOW):
    return hold_changes.ask_to_cancel(key=key(patron_id, hold_id), library=library, now=now)


def suspend(patron_id, hold_id, *, until=NEXT_WEEK, library=OUR_LIBRARY):
    return hold_changes.suspend(
        key=key(patron_id, hold_id), until=until, library=library, today=TODAY
    )


def resume(patron_id, hold_id, *, library=OUR_LIBRARY):
    return hold_changes.resume(key=key(patron_id, hold_id), library=library, today=TODAY)


def let_next_go_first(patron_id, hold_id, *, library=OUR_LIBRARY):
    return hold_changes.let_next_go_first(key=key(patron_id, hold_id), library=library, today=TODAY)


DEEDS = [change, cancel, ask_to_cancel, suspend, resume, let_next_go_first]


def places(*patrons) -> list[int | None]:
    return [hold.place for patron_id in patrons for hold in look(patron_id)]


@pytest.fixture
def keiko(branches) -> int:
    """Keiko comes third."""
    return add_patron(4, "恵子", card_expires_on=NEXT_WEEK)


# What is changed while it waits


def test_g35_a_waiting_hold_is_fetched_elsewhere_and_told_of_otherwise(hanako, ken, ginga):
    wait_for(ken, ginga)
    (mine,) = wait_for(hanako, ginga)

    assert change(hanako, mine) == DONE

    (hold,) = look(hanako)
    assert (hold.pickup_branch, hold.contact_method) == ("west", "mail")
    assert (hold.expires_on, hold.place) == (NEXT_WEEK, 2)


def test_k31_a_hold_may_wait_for_ever_again(hanako, ginga):
    (mine,) = wait_for(hanako, ginga, expires_on=NEXT_WEEK)

    change(hanako, mine, wish=Wish(pickup_branch="main", contact_method="none"))

    assert look(hanako)[0].expires_on is None


@pytest.mark.parametrize(
    ("wish", "problem"),
    [
        (Wish(pickup_branch="moon", contact_method="mail"), Problem.NOT_A_PICKUP_BRANCH),
        (Wish(pickup_branch="west", contact_method="pigeon"), Problem.NOT_A_CONTACT_METHOD),
        (
            Wish(pickup_branch="west", contact_method="mail", expires_on=TODAY - dt.timedelta(1)),
            Problem.EXPIRY_HAS_PASSED,
        ),
    ],
)
def test_g35_a_change_with_a_problem_changes_nothing(hanako, ginga, wish, problem):
    (mine,) = wait_for(hanako, ginga)
    before = look(hanako)

    assert change(hanako, mine, wish=wish) == Changed(declined=Declined(why=problem))
    assert look(hanako) == before


@pytest.mark.parametrize(
    ("ours", "state", "why"),
    [
        (KOGANEI, HoldState.IN_TRANSIT, NotChanged.IN_TRANSIT),
        (KOGANEI, HoldState.READY, NotChanged.READY),
        (OUR_LIBRARY, HoldState.IN_TRANSIT, NotChanged.IN_TRANSIT_MAY_ASK),
        (OUR_LIBRARY, HoldState.READY, NotChanged.READY_MAY_ASK),
    ],
)
@pytest.mark.parametrize("deed", [change, suspend, resume, let_next_go_first])
def test_g35_what_has_come_for_a_patron_stays_as_it_is(hanako, ken, ginga, deed, ours, state, why):
    (mine,) = wait_for(hanako, ginga)
    wait_for(ken, ginga)
    set_aside(mine, state=state, item_id=11)
    before = look(hanako)

    assert deed(hanako, mine, library=ours) == Changed(declined=Declined(why=why))
    assert look(hanako) == before


# What is given up


def test_g34_a_hold_that_is_given_up_lets_the_next_one_move_up(hanako, ken, ginga):
    (mine,) = wait_for(hanako, ginga)
    wait_for(ken, ginga)

    assert cancel(hanako, mine) == Cancelled(refused=None)

    assert look(hanako) == ()
    assert [(hold.place, hold.queue_length) for hold in look(ken)] == [(1, 1)]
    ended = written(mine)
    assert (ended.state, ended.ended_at) == (HoldState.CANCELLED, NOW)
    assert ended.end_reason is EndReason.BY_PATRON
    assert (ended.slot, ended.class_slot, ended.queue_number) == (None, None, None)


def test_who_comes_after_a_hold_that_was_given_up_is_still_the_last(hanako, ken, keiko, ginga):
    (first,) = wait_for(ken, ginga)
    wait_for(hanako, ginga)
    cancel(ken, first)

    wait_for(keiko, ginga)

    assert places(hanako, keiko) == [1, 2]


@pytest.mark.parametrize(
    ("ours", "state", "why"),
    [
        (KOGANEI, HoldState.IN_TRANSIT, NotCancelled.IN_TRANSIT),
        (KOGANEI, HoldState.READY, NotCancelled.READY),
        (OUR_LIBRARY, HoldState.IN_TRANSIT, NotCancelled.IN_TRANSIT_MAY_ASK),
        (OUR_LIBRARY, HoldState.READY, NotCancelled.READY_MAY_ASK),
    ],
)
def test_g34_what_has_come_for_a_patron_is_given_up_at_the_desk(hanako, ginga, ours, state, why):
    (mine,) = wait_for(hanako, ginga)
    set_aside(mine, state=state, item_id=11)
    before = look(hanako)

    assert cancel(hanako, mine, library=ours) == Cancelled(refused=why)
    assert look(hanako) == before


def test_giving_up_a_hold_twice_ends_it_once(hanako, ginga):
    (mine,) = wait_for(hanako, ginga)
    cancel(hanako, mine)

    again = cancel(hanako, mine, now=NOW + dt.timedelta(minutes=1))

    assert again == Cancelled(refused=NotCancelled.NOT_ON_HOLD)
    assert written(mine).ended_at == NOW


@pytest.mark.parametrize("state", [HoldState.IN_TRANSIT, HoldState.READY])
def test_g34_the_library_is_asked_to_cancel_what_it_has_set_aside(hanako, ginga, state):
    (mine,) = wait_for(hanako, ginga)
    set_aside(mine, state=state, item_id=11)
    assert not look(hanako)[0].is_cancel_asked

    assert ask_to_cancel(hanako, mine) == Cancelled(refused=None)

    (hold,) = look(hanako)
    assert (hold.state, hold.is_cancel_asked) == (state, True)


def test_g34_whoever_asks_again_has_asked_when_they_first_did(hanako, ginga):
    (mine,) = wait_for(hanako, ginga)
    set_aside(mine, item_id=11)
    ask_to_cancel(hanako, mine)

    again = ask_to_cancel(hanako, mine, now=NOW + dt.timedelta(days=1))

    assert again == Cancelled(refused=None)
    assert written(mine).cancel_asked_at == NOW


def test_g34_nobody_asks_where_the_library_wants_to_be_telephoned(hanako, ginga):
    (mine,) = wait_for(hanako, ginga)
    set_aside(mine, item_id=11)

    asked = ask_to_cancel(hanako, mine, library=KOGANEI)

    assert asked == Cancelled(refused=NotCancelled.READY)
    assert written(mine).cancel_asked_at is None


def test_nobody_need_be_asked_about_what_only_waits(hanako, ginga):
    (mine,) = wait_for(hanako, ginga)

    assert ask_to_cancel(hanako, mine) == Cancelled(refused=NotCancelled.STILL_WAITING)
    assert written(mine).cancel_asked_at is None


# Suspending


def test_a_suspended_hold_keeps_its_place_until_it_is_asked_for_again(hanako, ken, ginga):
    (mine,) = wait_for(hanako, ginga)
    wait_for(ken, ginga)

    assert suspend(hanako, mine) == DONE
    assert [(hold.suspended_until, hold.place) for hold in look(hanako)] == [(NEXT_WEEK, 1)]
    assert suspend(hanako, mine, until=TODAY + dt.timedelta(days=1)) == DONE
    assert resume(hanako, mine) == DONE
    assert [(hold.suspended_until, hold.place) for hold in look(hanako)] == [(None, 1)]
    assert resume(hanako, mine) == DONE


def test_a_suspension_ends_by_itself_after_its_last_day(hanako, ginga):
    (mine,) = wait_for(hanako, ginga)
    suspend(hanako, mine)

    on_the_day, after = (
        look(hanako, now=NOW + dt.timedelta(days=days))[0].suspended_until for days in (7, 8)
    )

    assert (on_the_day, after) == (NEXT_WEEK, None)


@pytest.mark.parametrize(
    ("days", "declined"),
    [
        (
            0,
            Declined(why=NotChanged.SUSPENSION_IS_OVER_TODAY, on=TODAY + dt.timedelta(days=1)),
        ),
        (
            366,
            Declined(
                why=NotChanged.SUSPENDED_TOO_LONG, limit=365, on=TODAY + dt.timedelta(days=365)
            ),
        ),
        (7, Declined(why=NotChanged.SUSPENDED_PAST_EXPIRY, on=NEXT_WEEK)),
    ],
)
def test_a_hold_is_not_suspended_for_no_or_too_much_time(hanako, ginga, days, declined):
    (mine,) = wait_for(hanako, ginga, expires_on=NEXT_WEEK)

    told = suspend(hanako, mine, until=TODAY + dt.timedelta(days=days))

    assert told == Changed(declined=declined)
    assert written(mine).suspended_until is None


def test_a_suspended_hold_is_not_wanted_for_less_than_its_suspension(hanako, ginga):
    (mine,) = wait_for(hanako, ginga)
    suspend(hanako, mine)

    told = change(hanako, mine)

    assert told == Changed(declined=Declined(why=NotChanged.EXPIRES_WHILE_SUSPENDED, on=NEXT_WEEK))
    assert written(mine).pickup_branch == "main"


# Letting the next reader go first


def test_the_next_reader_goes_first_and_everyone_else_stays(hanako, ken, keiko, ginga):
    (mine,) = wait_for(hanako, ginga)
    wait_for(ken, ginga)
    wait_for(keiko, ginga)
    assert [hold.is_last_in_line for hold in (*look(hanako), *look(keiko))] == [False, True]

    assert let_next_go_first(hanako, mine) == DONE
    assert places(ken, hanako, keiko) == [1, 2, 3]
    assert let_next_go_first(hanako, mine) == DONE
    assert places(ken, keiko, hanako) == [1, 2, 3]

    told = let_next_go_first(hanako, mine)
    assert told == Changed(declined=Declined(why=NotChanged.NOBODY_BEHIND))
    assert places(ken, keiko, hanako) == [1, 2, 3]


def test_what_is_set_aside_is_not_behind_anybody(hanako, ken, ginga):
    (mine,) = wait_for(hanako, ginga)
    (his,) = wait_for(ken, ginga)
    set_aside(his, item_id=11)

    told = let_next_go_first(hanako, mine)

    assert told == Changed(declined=Declined(why=NotChanged.NOBODY_BEHIND))


def test_nobody_goes_first_where_the_library_does_not_offer_it(hanako, ken, ginga):
    (mine,) = wait_for(hanako, ginga)
    wait_for(ken, ginga)
    library = library_of("kagoshima", let_next_go_first=False)

    told = let_next_go_first(hanako, mine, library=library)

    assert told == Changed(declined=Declined(why=NotChanged.STEPPING_BACK_NOT_OFFERED))
    assert places(hanako, ken) == [1, 2]


# Whose


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_does_anything_about_the_hold_of_another(hanako, ken, keiko, ginga, deed):
    (hers,) = wait_for(hanako, ginga)
    wait_for(keiko, ginga)
    before = look(hanako)

    told = deed(ken, hers)

    assert told in (NO_SUCH_HOLD, Cancelled(refused=NotCancelled.NOT_ON_HOLD))
    assert look(hanako) == before


@pytest.mark.parametrize("deed", DEEDS)
def test_what_has_ended_stays_as_it_is(hanako, ginga, deed):
    (mine,) = wait_for(hanako, ginga)
    cancel(hanako, mine)
    before = written(mine).model_dump()

    told = deed(hanako, mine)

    assert told in (NO_SUCH_HOLD, Cancelled(refused=NotCancelled.NOT_ON_HOLD))
    assert written(mine).model_dump() == before


# Two at once


def test_two_tabs_that_let_the_next_one_go_first_do_so_twice(hanako, ken, keiko, ginga):
    (mine,) = wait_for(hanako, ginga)
    wait_for(ken, ginga)
    wait_for(keiko, ginga)

    told = at_once(*[partial(let_next_go_first, hanako, mine)] * 2)

    assert told == [DONE, DONE]
    assert places(ken, keiko, hanako) == [1, 2, 3]


def test_neighbours_who_both_let_the_next_one_go_first_each_have_a_place(hanako, ken, keiko, ginga):
    (hers,), (his,), _ = (wait_for(one, ginga) for one in (hanako, ken, keiko))

    told = at_once(partial(let_next_go_first, hanako, hers), partial(let_next_go_first, ken, his))

    assert told == [DONE, DONE]
    # As if one had come first: hers, then his, which brings her back; or his, then hers.
    assert places(hanako, ken, keiko) in ([1, 2, 3], [2, 3, 1])


def test_who_is_let_go_first_while_giving_up_leaves_no_gap(hanako, ken, ginga):
    (hers,), (his,) = (wait_for(one, ginga) for one in (hanako, ken))

    stepped, cancelled = at_once(
        partial(let_next_go_first, hanako, hers), partial(cancel, ken, his)
    )

    assert cancelled == Cancelled(refused=None)
    assert stepped in (DONE, Changed(declined=Declined(why=NotChanged.NOBODY_BEHIND)))
    assert places(hanako) == [1]


def test_a_hold_that_is_suspended_and_given_up_at_once_is_given_up(hanako, ginga):
    (mine,) = wait_for(hanako, ginga)

    suspended, cancelled = at_once(partial(suspend, hanako, mine), partial(cancel, hanako, mine))

    assert cancelled == Cancelled(refused=None)
    assert suspended in (DONE, NO_SUCH_HOLD)
    assert written(mine).state is HoldState.CANCELLED


def test_a_suspension_and_an_expiry_that_meet_do_not_contradict_each_other(hanako, ginga):
    (mine,) = wait_for(hanako, ginga)

    told = at_once(partial(suspend, hanako, mine), partial(change, hanako, mine))

    assert [one.declined is None for one in told].count(True) == 1
    hold = written(mine)
    assert (hold.suspended_until is None) != (hold.expires_on is None)


def test_g36_what_was_given_up_is_shown_as_given_up(hanako, ginga):
    (mine,) = wait_for(hanako, ginga, expires_on=NEXT_WEEK)
    cancel(hanako, mine)

    (ended,) = holds.ended(patron_id=hanako, policy=OUR_LIBRARY.holds, now=NOW)

    assert (ended.hold_id, ended.state, ended.end_reason) == (mine, HoldState.CANCELLED, "")
    assert (ended.ended_on, ended.expires_on) == (TODAY, NEXT_WEEK)


def test_giving_up_the_last_hold_of_a_limit_makes_room_for_another(hanako, branches):
    ten = [add_record(number, f"巻{number}") for number in range(100, 110)]
    first, *_ = wait_for(hanako, *ten)

    cancel(hanako, first)

    wait_for(hanako, add_record(200, "巻200"))
    assert len(look(hanako)) == 10
