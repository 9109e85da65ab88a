"""Who may send which event with which arguments, against mistakes in a portal's own code."""

import uuid

import pytest

from tests.web.wire import ROOT, SMALL, desk

SIGN_IN_FIRST = "/sign-in?problem=needed&next=%2F"
ENDED = "/sign-in?problem=ended&next=%2F"
SHELF = f"{SMALL}____shelf_state.fill"
UNGUARDED = f"{SMALL}____unguarded_state.open"


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("look", {}),
        ("renew", {"loan_id": 1}),
        ("ask_for_news", {}),
        ("wait_for_news", {}),
        ("greet", {}),
    ],
)
async def test_a_stranger_is_sent_to_sign_in(portal, name, payload):
    async with portal.tab() as stranger:
        await stranger.send(desk(name), **payload)

        assert stranger.sent_to == [SIGN_IN_FIRST]
        assert stranger.var("desk_state", "answer") == ""
        assert "CANARY" not in stranger.told


async def test_anyone_may_search(portal):
    async with portal.tab() as stranger:
        await stranger.send(desk("search"), words="こころ")

        assert stranger.var("desk_state", "answer") == "found こころ"


@pytest.mark.parametrize("name", ["forgotten", "helper", "setvar", "reset", "no_such"])
async def test_a_handler_without_a_mark_never_runs(portal, hanako, name):
    async with portal.tab(hanako) as tab:
        await tab.send(desk(name))
        await tab.send(desk(name), var_name="answer", value="SET")

        assert tab.var("desk_state", "answer") == ""


async def test_a_browser_cannot_send_what_only_the_server_sends(portal):
    async with portal.tab() as tab:
        show = f"{ROOT}.portal_app___state___failures____failure_state.show"
        await tab.send(show, reference="abcdef")

        assert tab.var("failure_state", "reference") == ""


@pytest.mark.parametrize("var", [f"{SMALL}____desk_state.answer", "no.such.state"])
async def test_a_browser_cannot_set_vars_as_it_loads(portal, var):
    async with portal.tab() as tab:
        name = f"{ROOT}.reflex___state____update_vars_internal_state.update_vars_internal"
        await tab.send(name, vars={var: "SET"})
        await tab.send(f"{ROOT}.hydrate_and_load", vars={var: "SET"})
        await tab.settle()

        assert tab.var("desk_state", "answer") == ""
        assert tab.var("failure_state", "reference") == ""


@pytest.mark.parametrize(
    "payload",
    [
        {"words": {"$ne": 1}},
        {"words": 1},
        {"words": ["こころ"]},
        {"words": "x" * 201},
        {"words": "こころ", "sort": "title"},
        {"word": "こころ"},
        {},
    ],
    ids=str,
)
async def test_arguments_that_are_not_as_declared_are_refused(portal, payload):
    async with portal.tab() as tab:
        await tab.send(desk("search"), **payload)

        assert tab.var("desk_state", "answer") == ""


@pytest.mark.parametrize("loan_id", ["1", 1.0, True, None, [1], 2**31, -(2**40)], ids=repr)
async def test_a_number_is_a_number(portal, hanako, loan_id):
    async with portal.tab(hanako) as tab:
        await tab.send(desk("renew"), loan_id=loan_id)

        assert tab.var("desk_state", "answer") == ""


async def test_the_second_lock_holds_when_a_mark_is_wrong(portal):
    async with portal.tab() as stranger:
        await stranger.send(UNGUARDED)

        assert stranger.var("unguarded_state", "secret") == ""
        assert stranger.sent_to == ["/sign-in?problem=needed"]


async def test_a_task_that_goes_on_by_itself_knows_whose_it_is(portal, hanako):
    async with portal.tab(hanako) as tab:
        await tab.send(desk("wait_for_news"))
        await tab.until(lambda: tab.var("desk_state", "answer") == "news for 1")


async def test_a_newcomer_may_only_choose_a_password(portal, mei):
    async with portal.tab(mei) as tab:
        await tab.send(desk("look"))
        await tab.send(desk("renew"), loan_id=1)
        assert tab.sent_to == ["/password", "/password"]
        assert tab.var("desk_state", "answer") == ""
        assert "CANARY-BOOK" not in tab.told

        await tab.send(desk("greet"))
        assert tab.var("desk_state", "answer") == "hello CANARY 芽衣"


async def test_a_patron_who_has_signed_out_is_nobody_on_a_socket_still_open(portal, hanako):
    async with portal.tab(hanako) as tab:
        await tab.send(desk("look"))
        await portal.post("/auth/sign-out", hanako)
        await tab.until(lambda: tab.sent_to)
        seen = len(tab.updates)

        await tab.send(desk("look"))

        assert "CANARY" not in str(tab.updates[seen:])
        assert tab.var("desk_state", "borrowed") == []


async def test_an_ended_session_empties_the_tab_that_notices_it(portal, hanako):
    async with portal.tab(hanako) as tab:
        await tab.send(SHELF)
        await tab.send(desk("look"))
        _end_in_the_database(portal)

        await tab.send(desk("search"), words="anything")

        assert tab.sent_to == [ENDED]
        assert tab.var("desk_state", "borrowed") == []
        assert tab.var("shelf_state", "books") == []
        assert tab.var("session_state", "name") == ""
        assert tab.var("session_state", "is_signed_in") is False
        assert tab.var("session_state", "is_known") is True


async def test_an_ended_session_finds_nothing_when_it_reconnects(portal, hanako):
    token = str(uuid.uuid4())
    async with portal.tab(hanako, token=token) as tab:
        await tab.send(SHELF)
    _end_in_the_database(portal)

    async with portal.tab(hanako, token=token) as again:
        assert "CANARY" not in again.told
        assert again.var("session_state", "is_known") is True


async def test_a_failure_is_told_by_a_reference_and_logged_without_what_was_typed(portal):
    async with portal.tab() as tab:
        await tab.send(desk("break_down"), words="CANARY-WORDS")
        await tab.settle()
        reference = tab.var("failure_state", "reference")

        assert len(reference) == 6
        assert "CANARY-WORDS" not in tab.told
        log = portal.log.read_text()
        assert reference in log
        assert "LookupError" in log
        assert "CANARY-WORDS" not in log

        await tab.send(f"{ROOT}.portal_app___state___failures____failure_state.dismiss")
        assert tab.var("failure_state", "reference") == ""


def _end_in_the_database(portal) -> None:
    """End every session behind the back of the portal."""
    with portal.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE patron_session SET ended_at = seen_at")
