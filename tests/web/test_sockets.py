"""Who may connect, whose tab is whose, and what may be sent."""

import asyncio
import json
import random
import uuid
from contextlib import asynccontextmanager, suppress

import aiohttp
import httpx
import pytest

from portal_app.web.identity import id_hash_of
from tests.web.wire import COOKIE, ROOT, cookie, desk

SECONDS = 10
END = "found end"


async def test_a_page_of_ours_is_admitted(portal):
    assert await portal.admits(Origin=portal.origin)


async def test_a_dead_connection_is_given_up_soon(portal):
    address = f"{portal.origin}/_event/?EIO=4&transport=websocket&token={uuid.uuid4()}"
    headers = {"Origin": portal.origin}
    async with (
        aiohttp.ClientSession() as browser,
        browser.ws_connect(address, headers=headers) as socket,
    ):
        opening = json.loads((await socket.receive_str()).removeprefix("0"))

    assert opening["pingInterval"] + opening["pingTimeout"] == 20_000


async def test_a_page_of_another_site_is_refused(portal):
    assert not await portal.admits(Origin="https://evil.example")
    assert not await portal.admits(Origin=f"{portal.origin}.evil.example")


async def test_a_page_without_an_origin_is_refused(portal):
    assert not await portal.admits()
    assert not await portal.admits(Origin="null")


async def test_a_patron_sees_what_is_theirs(portal, hanako):
    async with portal.tab(hanako) as tab:
        await tab.send(desk("look"))

        assert tab.var("desk_state", "borrowed") == ["CANARY-BOOK of 1"]
        assert tab.var("session_state", "name") == "CANARY 花子"
        assert tab.var("session_state", "card_masked") == "****001"


async def test_a_tab_is_told_neither_its_cookie_nor_who_its_patron_is(portal, hanako):
    async with portal.tab(hanako) as tab:
        await tab.send(desk("look"))

        assert hanako not in tab.told
        assert "sha256" not in tab.told
        assert "_patron_id" not in tab.told
        assert "_id_hash" not in tab.told


async def test_a_stolen_token_shows_nothing_while_its_owner_is_there(portal, hanako, ken):
    token = str(uuid.uuid4())
    async with portal.tab(hanako, token=token) as tab:
        await tab.send(desk("look"))

        async with portal.tab(ken, token=token) as thief:
            await thief.send(desk("search"), words="")

        assert "CANARY-BOOK" not in thief.told
        assert "花子" not in thief.told


@pytest.mark.parametrize("who", ["ken", "nobody"])
async def test_a_stolen_token_shows_nothing_after_its_owner_has_left(portal, hanako, ken, who):
    token = str(uuid.uuid4())
    async with portal.tab(hanako, token=token) as tab:
        await tab.send(desk("look"))

    async with portal.tab(ken if who == "ken" else "", token=token) as thief:
        await thief.send(desk("search"), words="")

        assert "CANARY-BOOK" not in thief.told
        assert "花子" not in thief.told


async def test_the_owner_comes_back_to_what_was_there(portal, hanako):
    token = str(uuid.uuid4())
    async with portal.tab(hanako, token=token) as tab:
        await tab.send(desk("look"))

    async with portal.tab(hanako, token=token) as again:
        assert again.var("desk_state", "borrowed") == ["CANARY-BOOK of 1"]


async def test_a_token_as_the_server_knows_it_is_of_no_use(portal, hanako):
    async with portal.tab(hanako) as tab:
        await tab.send(desk("look"))
        bound = tab.var("state", "rx_router_session")["client_token"]

    assert bound != tab.token
    async with portal.tab(token=bound) as thief:
        assert "CANARY" not in thief.told


async def test_what_shall_be_the_hash_of_a_cookie_cannot_be_sent(portal, hanako):
    forged = {"Origin": portal.origin, "Cookie": f"session_sha256={id_hash_of(hanako)}"}

    async with portal.tab(headers=forged) as thief:
        await thief.send(desk("look"))

        assert "CANARY" not in thief.told


async def test_two_cookies_of_the_name_are_none(portal, hanako, ken):
    look = f'42/_event,["event",{{"name":"{desk("look")}","payload":{{}}}}]'

    async with _raw_socket(portal, Cookie=f"{COOKIE}={hanako}") as socket:
        await socket.send_str(look)
        assert "CANARY-BOOK" in await _answers(socket)

    async with _raw_socket(portal, Cookie=f"{COOKIE}={ken}; {COOKIE}={hanako}") as socket:
        await socket.send_str(look)
        assert "CANARY" not in await _answers(socket)


async def test_an_event_cannot_say_whose_it_is(portal, hanako):
    async with portal.tab() as thief:
        headers = {"cookie": f"session_sha256={id_hash_of(hanako)}"}
        place = {"pathname": "/", "query": {}, "headers": headers, "token": thief.token}
        await thief.send_raw({"name": desk("look"), "payload": {}, "router_data": place})
        await thief.settle()

        assert "CANARY" not in thief.told


@pytest.mark.parametrize("path", ["/_upload", "/_upload/", "/_all_routes"])
async def test_what_reflex_opens_and_nobody_needs_is_closed(portal, hanako, path):
    headers = {"Origin": portal.origin, **cookie(hanako)}
    async with httpx.AsyncClient(base_url=portal.origin, headers=headers) as thief:
        assert (await thief.post(path, files={"files": b""})).status_code == 404
        assert (await thief.get(path)).status_code == 404


async def test_health_says_no_more_than_that(portal):
    async with httpx.AsyncClient(base_url=portal.origin) as visitor:
        answer = await visitor.get("/_health")

    assert answer.json() == {"status": True}


@pytest.mark.parametrize(
    "frame",
    [
        b"\0" * 10,
        '45999999-/_event,["event",{"_placeholder":true,"num":0}]',
        '42/_event,["event",{"name":"' + "x" * 70_000 + '"}]',
        '42/_event,["no_event",{}]',
        '42/_event,["event",{]',
        '42/_event,["event",NaN]',
        '42/_event,["event",' + "[" * 60 + "]" * 60 + "]",
        '42/_event,["event",{"name":"\\ud800"}]',
        '42/another,["event",{}]',
        "5",
        "no frame",
    ],
    ids=str,
)
async def test_what_no_page_sends_closes_the_socket(portal, frame):
    async with _raw_socket(portal) as socket:
        await (socket.send_bytes(frame) if isinstance(frame, bytes) else socket.send_str(frame))

        assert await _closes(socket)


async def test_a_flood_closes_the_socket(portal):
    event = f'42/_event,["event",{{"name":"{desk("search")}","payload":{{}}}}]'
    async with _raw_socket(portal) as socket:
        for _ in range(500):
            if socket.closed:
                break
            await socket.send_str(event)

        assert await _closes(socket)


async def test_a_thousand_malformed_events_leave_no_trace(portal):
    logged = portal.log.stat().st_size
    chance = random.Random(4)  # noqa: S311  no secret, and the same each time
    for _ in range(20):
        async with _raw_socket(portal) as socket:
            for _ in range(50):
                await socket.send_str(f"42/_event,{json.dumps(['event', _junk(chance)])}")
            assert not await _closes(socket)

    async with portal.tab() as tab:
        await tab.send(desk("search"), words="still there")
        assert tab.var("desk_state", "answer") == "found still there"
    assert portal.log.stat().st_size == logged


def _junk(chance: random.Random):
    values = (None, True, -1, 10**400, "", [], {}, "x" * 1000, {"a": [{}]}, "__proto__", "\0")
    names = (desk("search"), desk("renew"), f"{ROOT}.hydrate_and_load", f"{ROOT}.setvar")
    any_value = lambda: chance.choice(values)  # noqa: E731  short
    place = {"pathname": any_value(), "query": any_value(), "asPath": any_value()}
    return chance.choice(
        [
            any_value(),
            {"name": any_value(), "payload": any_value(), "router_data": any_value()},
            {"name": chance.choice(names), "payload": any_value(), "router_data": {}},
            {"name": chance.choice(names), "payload": {}, "router_data": place},
            {"name": chance.choice(names), "payload": {"vars": any_value()}, "token": any_value()},
            {"name": chance.choice(names), "payload": {"words": any_value(), "": any_value()}},
        ]
    )


@asynccontextmanager
async def _raw_socket(portal, **headers: str):
    address = f"{portal.origin}/_event/?EIO=4&transport=websocket&token={uuid.uuid4()}"
    async with (
        aiohttp.ClientSession() as connections,
        connections.ws_connect(address, headers={"Origin": portal.origin, **headers}) as socket,
    ):
        await socket.receive(timeout=SECONDS)
        await socket.send_str("40/_event,")
        await socket.receive(timeout=SECONDS)
        yield socket


async def _closes(socket) -> bool:
    """Return whether the socket closes, instead of answering one more question."""
    return not (await _answers(socket)).endswith(END)


async def _answers(socket) -> str:
    """Ask one more question, and return everything up to its answer, or to the close."""
    question = f'42/_event,["event",{{"name":"{desk("search")}","payload":{{"words":"end"}}}}]'
    with suppress(ConnectionError):
        await socket.send_str(question)
    answers = ""
    async with asyncio.timeout(SECONDS):
        while END not in answers:
            message = await socket.receive()
            if message.type is not aiohttp.WSMsgType.TEXT:
                return answers
            answers += message.data
    return answers[: answers.index(END) + len(END)]
