"""A minute without anybody: this portal's rules say sixty seconds where a real one says an hour."""

import datetime as dt

from sqlmodel import Session

from portal_app import clock
from portal_app.data import tables
from portal_app.web.identity import id_hash_of
from tests.web.wire import desk

ENDED = "/sign-in?problem=ended"
SECOND = dt.timedelta(seconds=1)


async def test_nobody_needs_to_touch_anything_for_the_screen_to_empty(portal, hanako):
    async with portal.tab(hanako) as tab, portal.tab(hanako) as another:
        await tab.send(desk("look"))
        await another.send(desk("look"))
        portal.ago(hanako, seconds=61)

        for left in (tab, another):
            await left.until(lambda left=left: left.sent_to == [ENDED])
            assert left.var("desk_state", "borrowed") == []
            assert left.var("session_state", "name") == ""


async def test_a_session_that_was_ended_elsewhere_is_emptied_within_seconds(portal, hanako):
    async with portal.tab(hanako) as tab:
        await tab.send(desk("look"))
        with Session(portal.engine) as tx, tx.begin():
            session = tx.get_one(tables.PatronSession, id_hash_of(hanako))
            session.ended_at = clock.now() - 6 * SECOND

        await tab.until(lambda: tab.sent_to == [ENDED])

        assert tab.var("desk_state", "borrowed") == []


async def test_an_event_after_the_idle_time_finds_nobody(portal, hanako):
    async with portal.tab(hanako) as tab:
        portal.ago(hanako, seconds=61)

        await tab.send(desk("look"))

        assert tab.var("session_state", "is_signed_in") is False
        assert "CANARY-BOOK" not in tab.told
        assert ENDED in tab.sent_to


async def test_what_a_page_does_by_itself_is_no_activity(portal, hanako):
    async with portal.tab(hanako) as tab:
        portal.ago(hanako, seconds=50)
        before = portal.seen_at(hanako)

        await tab.send(desk("ask_for_news"))
        await tab.send(desk("search"), words="anything")

        assert tab.var("desk_state", "answer") == "found anything"
        assert portal.seen_at(hanako) == before


async def test_what_a_patron_does_is_activity(portal, hanako):
    async with portal.tab(hanako) as tab:
        portal.ago(hanako, seconds=50)

        await tab.send(desk("renew"), loan_id=1)

        assert tab.var("desk_state", "answer") == "renewed 1 for 1"
        assert clock.now() - portal.seen_at(hanako) < 10 * SECOND


async def test_activity_is_not_written_down_every_time(portal, hanako):
    async with portal.tab(hanako) as tab:
        portal.ago(hanako, seconds=2)
        before = portal.seen_at(hanako)

        await tab.send(desk("renew"), loan_id=1)

        assert portal.seen_at(hanako) == before
