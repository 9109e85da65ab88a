"""A minute without anybody: this portal's rules say sixty seconds where a real one says an hour."""

import datetime as dt

from sqlmodel import Session

from portal_app import clock
from portal_app.data import tables
from portal_app.web.identity import id_hash_of
from tests.web.wire import ROOT, desk

ENDED = "/sign-in?problem=ended&next=%2F"
STAY = f"{ROOT}.portal_app___state___session____session_state.stay"
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


async def test_a_page_knows_when_its_session_ends(portal, hanako):
    async with portal.tab(hanako) as tab:
        portal.ago(hanako, seconds=50)
        await tab.send(desk("search"), words="anything")

        lasts = tab.var("session_state", "lasts")

        assert dt.datetime.fromisoformat(lasts["ends_at"]) > clock.now()
        assert 0 < lasts["milliseconds"] <= 10_000
        assert lasts["may_stay"]


async def test_one_press_keeps_a_patron_signed_in(portal, hanako):
    async with portal.tab(hanako) as tab:
        portal.ago(hanako, seconds=50)

        await tab.send(STAY)

        assert clock.now() - portal.seen_at(hanako) < 10 * SECOND
        assert tab.var("session_state", "lasts")["milliseconds"] > 50_000


async def test_nothing_keeps_anybody_signed_in_after_the_end(portal, hanako):
    async with portal.tab(hanako) as tab:
        portal.ago(hanako, seconds=61)
        before = portal.seen_at(hanako)

        await tab.send(STAY)

        assert set(tab.sent_to) == {ENDED}  # the sweeper may come by and say so, too
        assert portal.seen_at(hanako) == before


async def test_what_is_typed_is_sealed_for_each_patron_with_a_key_of_their_own(portal, hanako, ken):
    async with portal.tab(hanako) as hers, portal.tab(ken) as his, portal.tab() as nobodys:
        await hers.send(desk("look"))
        await his.send(desk("look"))
        await nobodys.send(desk("search"), words="anything")

        keys = {tab.var("session_state", "draft_key") for tab in (hers, his)}

        assert {len(key) for key in keys} == {64}
        assert len(keys) == 2
        assert nobodys.var("session_state", "draft_key") in ("", None)
