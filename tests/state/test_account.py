import datetime as dt

from sqlmodel import Session

from portal_app.data.tables import CartLine
from portal_app.state.account import AccountState
from portal_app.state.session import SessionState
from tests.conftest import NOW, TODAY, lend


async def test_the_page_shows_what_there_is(tab, library, hanako, ginga, kokoro):
    yesterday = TODAY - dt.timedelta(days=1)
    with Session(library) as tx, tx.begin():
        tx.add(CartLine(patron_id=hanako, record_id=ginga, added_at=NOW))
        lend(tx, item_id=21, patron_id=hanako, due_on=yesterday)
    account = await tab.get_state(AccountState)

    await account.open()

    assert account.is_loaded
    assert account.as_of.startswith("2026-11-22T10:00:0")
    assert (account.overview.loans, account.overview.due_dates) == (1, (yesterday,))
    assert account.overview.in_cart == 1
    assert (await tab.get_state(SessionState)).cart_count == 1
