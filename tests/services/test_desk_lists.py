import pytest
from sqlmodel import Session

from portal_app.data.tables import Hold
from portal_app.domain.catalogue import ItemState
from portal_app.domain.hold_series import SeriesKind
from portal_app.domain.holds import EndReason
from portal_app.services import circulation, desk_lists
from tests.conftest import NOW, TODAY, add_record
from tests.services.desks import LIBRARY, card_of, check_in, hold, lend, series


def fetched(branch: str, **more) -> dict[str, int]:
    listed = desk_lists.to_fetch(branch_code=branch, library=LIBRARY, today=TODAY, **more)
    return {one.barcode: one.hold_id for one in listed}


def cancel(hold_id: int) -> None:
    circulation.cancel_hold(hold_id=hold_id, reason=EndReason.BY_LIBRARY, library=LIBRARY, now=NOW)


def shelf(branch: str) -> desk_lists.HoldShelf:
    return desk_lists.on_hold_shelf(branch_code=branch)


def test_what_the_next_in_line_wants_is_fetched_where_they_pick_up(hanako, kokoro):
    mine = hold(hanako, kokoro, pickup_branch="west")

    assert fetched("west") == {"B22": mine}
    assert fetched("main") == {}


def test_it_is_fetched_elsewhere_when_that_branch_has_none(hanako, ken, kokoro):
    first, second = hold(hanako, kokoro), hold(ken, kokoro)

    assert (fetched("main"), fetched("west")) == ({"B21": first}, {"B22": second})


def test_what_was_fetched_is_not_fetched_again(hanako, kokoro):
    hold(hanako, kokoro)
    check_in("B21")

    assert (fetched("main"), fetched("west")) == ({}, {})


def test_nothing_is_fetched_for_who_is_passed_over(hanako, ken, kokoro):
    hold(hanako, kokoro, suspended_until=TODAY)
    second = hold(ken, kokoro)

    assert (fetched("main"), fetched("west")) == ({"B21": second}, {})


def test_what_is_lent_missing_or_for_use_here_is_not_fetched(library, hanako, ken, kokoro, ginga):
    hold(hanako, kokoro)
    hold(ken, ginga)
    for barcode in ("B21", "B22"):
        circulation.mark_item(barcode=barcode, state=ItemState.MISSING, library=LIBRARY, now=NOW)

    assert (fetched("main"), fetched("west")) == ({}, {})


def test_k28_only_the_volume_whose_turn_it_is_is_fetched(hanako, kokoro):
    add_record(3, "草枕", lent=False)
    first, second = series(hanako, kokoro, 3)

    assert fetched("main") == {"B21": first}

    lend(hanako, "B21")
    assert fetched("main") == {"B31": second}


def test_of_any_one_only_one_is_fetched(hanako, kokoro):
    add_record(3, "草枕", lent=False)
    series(hanako, kokoro, 3, kind=SeriesKind.ANY_ONE)

    assert len(fetched("main")) == 1


def test_the_list_is_as_long_as_was_asked_for(hanako, kokoro):
    add_record(3, "草枕", lent=False)
    hold(hanako, kokoro)
    hold(hanako, 3)

    assert len(fetched("main", limit=1)) == 1


def test_the_hold_shelf_shows_whose_is_kept_until_when(hanako, kokoro):
    mine = hold(hanako, kokoro)
    told = check_in("B21")

    (kept,) = shelf("main").ready

    assert (kept.hold_id, kept.barcode, kept.card_number) == (mine, "B21", card_of(hanako))
    assert kept.pickup_by == told.pickup_by
    assert shelf("west") == desk_lists.HoldShelf(ready=(), to_send=(), to_put_back=())


def test_what_is_fetched_at_another_branch_is_to_be_sent_there(hanako, kokoro):
    hold(hanako, kokoro, pickup_branch="west")
    check_in("B21")

    (moving,) = shelf("main").to_send

    assert (moving.barcode, moving.branch_code) == ("B21", "west")


def test_what_nobody_waits_for_is_to_be_sent_home(ginga):
    check_in("B12")

    (moving,) = shelf("main").to_send

    assert (moving.barcode, moving.branch_code) == ("B12", "west")


def test_what_is_kept_for_nobody_any_more_is_to_be_put_back(hanako, kokoro):
    mine = hold(hanako, kokoro)
    check_in("B21")
    cancel(mine)

    found = shelf("main")

    assert found.ready == ()
    assert [one.barcode for one in found.to_put_back] == ["B21"]


def test_what_need_not_be_sent_any_more_is_to_be_put_back(hanako, kokoro):
    mine = hold(hanako, kokoro, pickup_branch="west")
    check_in("B21")
    cancel(mine)

    found = shelf("main")

    assert found.to_send == ()
    assert [one.barcode for one in found.to_put_back] == ["B21"]


@pytest.mark.parametrize("branch", ["main", "west"])
def test_g34_the_desk_sees_who_asks_to_cancel(library, hanako, kokoro, branch):
    mine = hold(hanako, kokoro, pickup_branch=branch)
    check_in("B21")
    with Session(library) as tx, tx.begin():
        tx.get_one(Hold, mine).cancel_asked_at = NOW

    (asked,) = desk_lists.asked_to_cancel(branch_code=branch)

    assert (asked.hold_id, asked.cancel_asked_at) == (mine, NOW)
