import datetime as dt

from sqlmodel import Session

from portal_app.services import account, cart
from tests.conftest import NOW, TODAY, lend


def test_k07_the_tiles_count_what_is_at_home_and_in_the_cart(library, hanako, ginga, kokoro):
    yesterday = TODAY - dt.timedelta(days=1)
    with Session(library) as tx, tx.begin():
        lend(tx, item_id=21, patron_id=hanako, due_on=yesterday)
        lend(tx, item_id=22, patron_id=hanako, due_on=TODAY)
    cart.add(patron_id=hanako, record_ids=[ginga], limit=10, now=NOW)

    overview = account.overview(patron_id=hanako)

    assert (overview.loans, overview.due_dates) == (2, (yesterday, TODAY))
    assert overview.next_due_on == yesterday
    assert (overview.holds, overview.ready, overview.pickup_by) == (0, 0, None)
    assert overview.in_cart == 1


def test_the_tiles_of_another_are_not_counted(hanako, ken, ginga):
    cart.add(patron_id=ken, record_ids=[ginga], limit=10, now=NOW)

    assert account.overview(patron_id=hanako).in_cart == 0
