import datetime as dt
import uuid

from sqlmodel import Session

from portal_app import libraries
from portal_app.data.tables import Hold
from portal_app.domain.alert_drafts import Draft
from portal_app.domain.alert_matching import Condition
from portal_app.domain.alerts import Field, Match
from portal_app.domain.holds import EndReason, HoldState
from portal_app.domain.policies import Alerts, Mail
from portal_app.domain.policies import Shelf as Policy
from portal_app.domain.shelves import Chosen, ShelfKey
from portal_app.services import account, alerts, cart, shelf_books, shelf_filling, shelves
from tests.conftest import NOW, TODAY, lend

POLICY = libraries.load("koganei").holds


def overview_of(patron_id: int) -> account.Overview:
    return account.overview(patron_id=patron_id, policy=POLICY, now=NOW)


def test_k07_the_tiles_count_what_is_at_home_and_in_the_cart(library, hanako, ginga, kokoro):
    yesterday = TODAY - dt.timedelta(days=1)
    with Session(library) as tx, tx.begin():
        lend(tx, item_id=21, patron_id=hanako, due_on=yesterday)
        lend(tx, item_id=22, patron_id=hanako, due_on=TODAY)
    cart.add(patron_id=hanako, record_ids=[ginga], limit=10, now=NOW)

    overview = overview_of(hanako)

    assert (overview.loans, overview.due_dates) == (2, (yesterday, TODAY))
    assert overview.next_due_on == yesterday
    assert (overview.holds, overview.ready, overview.pickup_by) == (0, 0, None)
    assert overview.in_cart == 1


def test_k09_a_tile_counts_what_stands_on_shelves_that_are_there(library, hanako, ginga, kokoro):
    here, deleted = (
        ShelfKey(patron_id=hanako, shelf_id=str(uuid.UUID(int=number, version=4)))
        for number in (1, 2)
    )
    for key in (here, deleted):
        shelves.create(key=key, name="棚", policy=Policy(), now=NOW)
        shelf_filling.add(keys=[key], record_ids=[ginga, kokoro], policy=Policy(), now=NOW)
    shelf_books.remove(chosen=Chosen(shelf=here, record_ids=(kokoro,)), now=NOW)
    shelves.delete(key=deleted, seen_count=2, now=NOW)

    assert overview_of(hanako).on_shelves == 1


def test_k12_each_alert_is_named_with_whether_it_is_sent(hanako, ken):
    for patron_id, name in ((hanako, "猫の本"), (hanako, "漱石"), (ken, "犬の本")):
        wanted = Condition(field=Field.TITLE, match=Match.CONTAINS, text=name)
        written = Draft(name=name, lines=(wanted,), titles_max=10)
        alerts.register(patron_id=patron_id, draft=written, policy=Alerts(), now=NOW)
    first, _ = alerts.look(patron_id=hanako, mail=Mail()).alerts

    alerts.pause(patron_id=hanako, alert_id=first.alert_id)

    lines = [(line.name, line.is_active) for line in overview_of(hanako).alerts]
    assert lines == [("猫の本", False), ("漱石", True)]


def test_the_tiles_of_another_are_not_counted(hanako, ken, ginga):
    cart.add(patron_id=ken, record_ids=[ginga], limit=10, now=NOW)

    assert overview_of(hanako).in_cart == 0


def test_g20_g36_holds_that_ended_are_counted_for_a_month(library, hanako, ken, ginga, kokoro):
    month_ago = dt.datetime(2026, 10, 22, tzinfo=NOW.tzinfo)
    with Session(library) as tx, tx.begin():
        for patron_id, ended_at in (
            (hanako, NOW),
            (hanako, month_ago),
            (hanako, month_ago - dt.timedelta(seconds=1)),
            (ken, NOW),
        ):
            tx.add(
                Hold(
                    patron_id=patron_id,
                    record_id=ginga,
                    state=HoldState.CANCELLED,
                    end_reason=EndReason.BY_PATRON,
                    ended_at=ended_at,
                    pickup_branch="main",
                    contact_method="none",
                    placed_at=month_ago,
                )
            )

    assert overview_of(hanako).holds_ended == 2
