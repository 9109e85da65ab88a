"""Signing in at a desk, leaving it and choosing a password, over HTTP."""

import asyncio
import time

import httpx
import pytest
from sqlmodel import Session, func, select

from portal_app import routes
from portal_app.data import tables
from portal_app.web.identity import id_hash_of
from tests.web.conftest import PASSWORD
from tests.web.wire import COOKIE, DESK_COOKIE, SMALL, cookie, secret_of

LOOK = f"{SMALL}____back_office_state.look"
SIGNED_OUT = "/desk/sign-in?problem=signed_out"
NEW = "a much longer phrase"
DOORS = (routes.DO_DESK_SIGN_IN, routes.DO_DESK_SIGN_OUT, routes.DO_DESK_CHANGE_PASSWORD)


async def test_the_right_password_opens_the_desk(portal):
    answer = await portal.post_at_desk(routes.DO_DESK_SIGN_IN, login="midori", password=PASSWORD)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/desk"
    given = answer.headers["set-cookie"]
    assert given.startswith(f"{DESK_COOKIE}=")
    assert COOKIE not in given
    for attribute in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"):
        assert attribute in given
    assert "Max-Age" not in given
    assert "Domain" not in given


async def test_a_desk_never_outlives_its_browser(portal):
    answer = await portal.post_at_desk(
        routes.DO_DESK_SIGN_IN, login="midori", password=PASSWORD, keep="on"
    )

    assert "Max-Age" not in answer.headers["set-cookie"]


async def test_only_the_hash_of_the_secret_is_kept(portal, midori):
    with Session(portal.engine) as tx:
        assert tx.get_one(tables.StaffSession, id_hash_of(midori)).branch_code == "main"
        assert tx.get(tables.StaffSession, midori) is None
        assert tx.get(tables.PatronSession, id_hash_of(midori)) is None


@pytest.mark.parametrize("login", ["midori", " Midori ", "ＭＩＤＯＲＩ"])
async def test_a_login_may_be_typed_as_people_do(portal, login):
    assert await portal.open_desk(login, PASSWORD)


async def test_wrong_passwords_and_unknown_logins_have_one_answer(portal):
    guesses = [
        {"login": "midori", "password": "wrong"},
        {"login": "nobody", "password": "wrong"},
        {"login": "minoru", "password": PASSWORD},  # who has left
        {"login": "midori", "password": PASSWORD, "branch": "nowhere"},
        {"login": "midori", "password": PASSWORD + "x" * 200},
        {"login": "<script>", "password": PASSWORD},
        {"login": "1000001", "password": PASSWORD},  # a patron
        {},
    ]
    for guess in guesses:
        answer = await portal.post_at_desk(routes.DO_DESK_SIGN_IN, **guess)
        assert answer.status_code == 303
        assert answer.headers["location"] == "/desk/sign-in?problem=wrong"
        assert "set-cookie" not in answer.headers


async def test_the_password_of_somebody_at_a_desk_opens_no_patrons_door(portal):
    assert not await portal.sign_in("midori", PASSWORD)


async def test_an_unknown_login_takes_as_long_as_a_known_one(portal):
    took = {"midori": [], "nobody": []}
    for _ in range(12):
        for login, times in took.items():
            portal.forget_guesses()
            began = time.perf_counter()
            await portal.post_at_desk(routes.DO_DESK_SIGN_IN, login=login, password="wrong")
            times.append(time.perf_counter() - began)

    # The quickest of each, since a busy machine only ever makes them slower.
    known, unknown = (min(times) for times in took.values())
    assert unknown == pytest.approx(known, rel=0.5)


async def test_of_many_guesses_at_once_five_are_checked(portal):
    guesses = (
        portal.post_at_desk(routes.DO_DESK_SIGN_IN, login="midori", password=f"guess {n}")
        for n in range(20)
    )
    await asyncio.gather(*guesses)

    with Session(portal.engine) as tx:
        # One attempt at the login and one from the address, for each that was heard.
        assert tx.exec(select(func.count()).select_from(tables.SignInAttempt)).one() == 10
    assert not await portal.open_desk("midori", PASSWORD)
    portal.forget_guesses()
    assert await portal.open_desk("midori", PASSWORD)


async def test_guesses_at_a_card_do_not_shut_the_desk(portal):
    for number in range(6):
        await portal.sign_in("midori", f"guess {number}")

    assert await portal.open_desk("midori", PASSWORD)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
@pytest.mark.parametrize("door", DOORS)
async def test_another_site_cannot_use_the_doors(portal, midori, origin, door):
    headers = cookie("", desk=midori) | ({"Origin": origin} if origin else {})
    form = {"login": "midori", "password": PASSWORD}
    async with httpx.AsyncClient(base_url=portal.origin, headers=headers) as browser:
        answer = await browser.post(door, data=form)

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


async def test_the_doors_open_to_no_other_method(portal):
    async with httpx.AsyncClient(base_url=portal.origin) as browser:
        for door in DOORS:
            answer = await browser.get(door)
            assert answer.status_code == 404


async def test_leaving_closes_the_desk_in_every_tab(portal, midori):
    async with portal.tab(desk=midori) as tab, portal.tab(desk=midori) as another:
        await tab.send(LOOK)
        await another.send(LOOK)

        answer = await portal.post_at_desk(routes.DO_DESK_SIGN_OUT, midori)

        for left in (tab, another):
            await left.until(lambda left=left: left.sent_to == [SIGNED_OUT])
            assert left.var("back_office_state", "answer") == ""
            assert left.var("desk_session_state", "name") == ""
    assert answer.headers["location"] == SIGNED_OUT
    assert answer.headers["clear-site-data"] == '"cache"'
    assert f'{DESK_COOKIE}=""' in answer.headers["set-cookie"]
    assert "Max-Age=0" in answer.headers["set-cookie"]


async def test_a_patron_in_the_same_browser_stays_signed_in(portal, midori, hanako):
    await portal.post_at_desk(routes.DO_DESK_SIGN_OUT, midori)

    async with portal.tab(hanako) as tab:
        assert tab.var("session_state", "is_signed_in") is True


async def test_a_new_password_ends_the_other_desks(portal, midori):
    elsewhere = await portal.open_desk("midori", PASSWORD)

    answer = await _change(portal, elsewhere, current=PASSWORD, new=NEW)

    fresh = secret_of(answer, called=DESK_COOKIE)
    assert answer.headers["location"] == "/desk"
    for old in (midori, elsewhere):
        async with portal.tab(desk=old) as tab:
            await tab.send(LOOK)
            assert "CANARY" not in tab.told
    back = await _change(portal, fresh, current=NEW, new=PASSWORD)
    assert back.headers["location"] == "/desk"


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ("short", "too_short"),
        (PASSWORD, "same_as_before"),
        ("midori is my name", "card_number"),
        ("1234567890", "too_common"),
    ],
)
async def test_a_weak_password_is_refused_by_name(portal, midori, new, problem):
    answer = await _change(portal, midori, current=PASSWORD, new=new)

    assert answer.headers["location"] == f"/desk/password?problem={problem}"
    assert "set-cookie" not in answer.headers


async def test_the_current_password_is_asked_for_and_guesses_at_it_count(portal, midori):
    for _ in range(5):
        answer = await _change(portal, midori, current="wrong", new=NEW)
        assert answer.headers["location"] == "/desk/password?problem=current"

    answer = await _change(portal, midori, current=PASSWORD, new=NEW)
    assert answer.headers["location"] == "/desk/password?problem=current"


async def test_a_stranger_changes_no_password(portal):
    answer = await _change(portal, "", current=PASSWORD, new=NEW)

    assert answer.headers["location"] == "/desk/sign-in?problem=needed"


async def _change(portal, desk, *, new, **fields):
    return await portal.post_at_desk(
        routes.DO_DESK_CHANGE_PASSWORD, desk, new=new, repeated=new, **fields
    )
