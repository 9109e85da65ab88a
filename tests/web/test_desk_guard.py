"""The desk and the patrons: no session of one opens what is the other's."""

import datetime as dt
import uuid

import pytest
from reflex_base.registry import RegistrationContext
from sqlmodel import Session

from portal_app import clock, portal_app  # noqa: F401  so that every handler is registered
from portal_app.data import tables
from portal_app.state.access import Audience, access_of
from portal_app.web.identity import id_hash_of
from tests.web.conftest import PASSWORD
from tests.web.examples import payload_for
from tests.web.test_patrons_apart import rows
from tests.web.wire import SMALL, desk

SIGN_IN_FIRST = "/desk/sign-in?problem=needed"
ENDED = "/desk/sign-in?problem=ended"
LOOK = f"{SMALL}____back_office_state.look"
NEWS = f"{SMALL}____back_office_state.ask_for_news"
SLIP = f"{SMALL}____back_office_state.slip"


def _handlers(*audiences: Audience):
    for name, registered in RegistrationContext.get().event_handlers.items():
        access = access_of(registered.handler.fn)
        if access is not None and access.audience in audiences:
            yield pytest.param(name, access, id=name.rpartition("____")[2])


@pytest.mark.parametrize(("name", "access"), [*_handlers(Audience.STAFF)])
async def test_a_stranger_sends_nothing_of_the_desk(real_portal, name, access):
    before = rows(real_portal)

    async with real_portal.tab() as stranger:
        await stranger.send(name, **payload_for(access, number=7001))

        assert stranger.sent_to == [SIGN_IN_FIRST]
        assert "CANARY" not in stranger.told
    assert rows(real_portal) == before


@pytest.mark.parametrize(("name", "access"), [*_handlers(Audience.STAFF)])
async def test_a_patron_sends_nothing_of_the_desk(real_portal, kens_tab, name, access):
    before = rows(real_portal)

    await kens_tab.send(name, **payload_for(access, number=8001))

    assert kens_tab.sent_to == [SIGN_IN_FIRST]
    assert rows(real_portal) == before


@pytest.mark.parametrize(("name", "access"), [*_handlers(Audience.PATRON, Audience.FRESH_PATRON)])
async def test_a_desk_sends_nothing_of_a_patrons(real_portal, name, access):
    secret = await real_portal.open_desk("midori", PASSWORD)
    before = rows(real_portal)

    async with real_portal.tab(desk=secret) as tab:
        await tab.send(name, **payload_for(access, number=7001))

        assert tab.sent_to == ["/sign-in?problem=needed&next=%2F"]
    assert rows(real_portal) == before


async def test_each_cookie_is_worthless_in_place_of_the_other(portal, midori, hanako):
    async with portal.tab(midori, desk=hanako) as tab:
        await tab.send(LOOK)
        await tab.send(desk("look"))

        assert "CANARY" not in tab.told


async def test_somebody_at_a_desk_sees_what_is_theirs(portal, midori):
    async with portal.tab(desk=midori) as tab:
        await tab.send(LOOK)

        assert tab.var("back_office_state", "answer") == "CANARY-SLIP at main"
        assert tab.var("desk_session_state", "name") == "CANARY みどり"
        assert tab.var("session_state", "is_signed_in") is False


async def test_both_may_be_signed_in_with_one_browser(portal, midori, hanako):
    async with portal.tab(hanako, desk=midori) as tab:
        await tab.send(LOOK)
        await tab.send(desk("look"))

        assert tab.var("back_office_state", "answer") == "CANARY-SLIP at main"
        assert tab.var("desk_state", "borrowed") == ["CANARY-BOOK of 1"]


async def test_the_second_lock_of_the_desk_holds_when_a_mark_is_wrong(portal, hanako):
    async with portal.tab(hanako) as tab:
        await tab.send(SLIP)

        assert tab.var("back_office_state", "answer") == ""
        assert tab.sent_to == [SIGN_IN_FIRST]


async def test_what_a_tab_showed_at_the_desk_is_nobodys_without_its_cookie(portal, midori):
    token = str(uuid.uuid4())
    async with portal.tab(desk=midori, token=token) as tab:
        await tab.send(LOOK)

    async with portal.tab(token=token) as thief:
        assert "CANARY" not in thief.told


async def test_an_ended_desk_empties_the_tab_that_notices_it(portal, midori):
    async with portal.tab(desk=midori) as tab:
        await tab.send(LOOK)
        _change(portal, midori, ended_at=clock.now())

        await tab.send(LOOK)

        assert tab.sent_to == [ENDED]
        assert tab.var("back_office_state", "answer") == ""
        assert tab.var("desk_session_state", "is_signed_in") is False


async def test_an_ended_desk_finds_nothing_when_it_reconnects(portal, midori):
    token = str(uuid.uuid4())
    async with portal.tab(desk=midori, token=token) as tab:
        await tab.send(LOOK)
    _change(portal, midori, ended_at=clock.now())

    async with portal.tab(desk=midori, token=token) as again:
        assert "CANARY" not in again.told


async def test_a_desk_is_closed_after_an_hour_without_work(portal, midori):
    _change(portal, midori, seen_at=clock.now() - dt.timedelta(minutes=61))

    async with portal.tab(desk=midori) as tab:
        await tab.send(LOOK)

        assert tab.sent_to == [SIGN_IN_FIRST]


async def test_work_keeps_a_desk_open_and_what_a_page_asks_by_itself_does_not(portal, midori):
    a_while_ago = clock.now() - dt.timedelta(minutes=30)
    async with portal.tab(desk=midori) as tab:
        _change(portal, midori, seen_at=a_while_ago)
        await tab.send(NEWS)
        assert _seen_at(portal, midori) == a_while_ago

        await tab.send(LOOK)
        assert _seen_at(portal, midori) > a_while_ago


async def test_a_day_at_a_desk_ends_after_twelve_hours(portal, midori):
    _change(portal, midori, created_at=clock.now() - dt.timedelta(hours=12, minutes=1))

    async with portal.tab(desk=midori) as tab:
        await tab.send(LOOK)

        assert "CANARY" not in tab.told


async def test_whoever_has_left_is_at_no_desk_any_more(portal):
    secret = await portal.open_desk("midori", PASSWORD)
    async with portal.tab(desk=secret) as tab:
        _leave(portal, on=clock.now().date())
        await tab.send(LOOK)
        _leave(portal, on=None)

        assert "CANARY-SLIP" not in tab.told


def _change(portal, secret, **facts) -> None:
    with Session(portal.engine) as tx, tx.begin():
        session = tx.get_one(tables.StaffSession, id_hash_of(secret))
        for name, fact in facts.items():
            setattr(session, name, fact)


def _seen_at(portal, secret) -> dt.datetime:
    with Session(portal.engine) as tx:
        return tx.get_one(tables.StaffSession, id_hash_of(secret)).seen_at


def _leave(portal, *, on) -> None:
    with Session(portal.engine) as tx, tx.begin():
        tx.get_one(tables.StaffMember, 1).left_on = on
