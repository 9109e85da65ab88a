"""What a tab is told of where it is and whose it is, for what it may keep."""

import pytest

from portal_app import routes
from portal_app.web.identity import owner_of
from tests.web.wire import ROOT, TERMINAL, cookie, desk, secret_of


async def test_a_stranger_at_a_terminal_is_told_so_before_they_sign_in(portal):
    async with portal.tab(address=TERMINAL) as tab:
        assert tab.var("session_state", "is_terminal") is True


async def test_a_patron_at_a_terminal_is_told_so(portal, hanako):
    async with portal.tab(hanako, address=TERMINAL) as tab:
        assert tab.var("session_state", "is_terminal") is True
        assert tab.var("session_state", "is_signed_in") is True


async def test_anywhere_else_is_no_terminal(portal, hanako):
    async with portal.tab(hanako) as tab, portal.tab() as stranger:
        assert tab.var("session_state", "is_terminal") is False
        assert stranger.var("session_state", "is_terminal") is False


async def test_a_terminal_stays_one_when_its_patron_has_gone(portal, hanako):
    async with portal.tab(hanako, address=TERMINAL) as tab:
        portal.ago(hanako, seconds=61)
        await tab.until(lambda: tab.sent_to)

        assert tab.var("session_state", "is_signed_in") is False
        assert not any("is_terminal" in name and not value for name, value in _told(tab))


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "session_sha256=; terminal"},
        {"Cookie": "terminal"},
        {"X-Forwarded-For": TERMINAL},
        {"X-Real-IP": TERMINAL},
    ],
    ids=str,
)
async def test_no_browser_can_say_that_it_is_a_terminal(portal, hanako, headers):
    ours = {"Origin": portal.origin, **cookie(hanako), **headers}

    async with portal.tab(headers=ours) as tab:
        await tab.send(desk("search"), words="anything")

        assert tab.var("session_state", "is_terminal") is False


async def test_no_terminal_can_say_that_it_is_none(portal):
    async with portal.tab(address=TERMINAL) as tab:
        headers = {"cookie": "session_sha256="}
        place = {"pathname": "/", "query": {}, "headers": headers, "ip": "127.0.0.1"}
        event = {"name": desk("search"), "payload": {"words": ""}, "router_data": place}
        await tab.send_raw(event)
        await tab.send(f"{ROOT}.hydrate_and_load")

        assert tab.var("session_state", "is_terminal") is True


async def test_no_cookie_outlives_the_browser_of_a_terminal(portal):
    right = {"card": "1000001", "password": "correct horse 1", "keep": "on"}

    there = await portal.post_from(TERMINAL, routes.DO_SIGN_IN, **right)
    here = await portal.post(routes.DO_SIGN_IN, **right)

    assert secret_of(there)
    assert "Max-Age" not in there.headers["set-cookie"]
    assert "Max-Age" in here.headers["set-cookie"]


async def test_a_patron_is_known_by_the_same_name_wherever_they_sign_in(portal, hanako):
    again = await portal.sign_in("1000001", "correct horse 1")
    async with portal.tab(hanako) as tab, portal.tab(again, address=TERMINAL) as another:
        owner = tab.var("session_state", "owner")

        assert owner == owner_of((portal.folder / "key").read_bytes(), patron_id=1)
        assert len(owner) == 32
        assert another.var("session_state", "owner") == owner


async def test_two_patrons_are_known_by_two_names(portal, hanako, ken):
    async with portal.tab(hanako) as tab, portal.tab(ken) as another:
        assert tab.var("session_state", "owner") != another.var("session_state", "owner")


async def test_who_may_not_act_yet_has_no_name(portal, mei):
    async with portal.tab(mei) as tab, portal.tab() as stranger:
        assert tab.var("session_state", "is_signed_in") is True
        assert tab.var("session_state", "owner") == ""
        assert stranger.var("session_state", "owner") == ""


async def test_the_name_goes_with_the_session(portal, hanako):
    async with portal.tab(hanako) as tab:
        portal.ago(hanako, seconds=61)

        await tab.send(desk("search"), words="anything")

        assert tab.var("session_state", "owner") == ""


def test_the_name_is_worth_nothing_without_the_key():
    assert owner_of(b"one", patron_id=1) != owner_of(b"another", patron_id=1)


def _told(tab) -> list[tuple[str, object]]:
    """Return everything that the tab has been told, in its order."""
    return [
        told
        for update in tab.updates
        for changes in (update.get("delta") or {}).values()
        for told in changes.items()
    ]
