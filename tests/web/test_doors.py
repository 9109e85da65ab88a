"""Signing in, signing out and choosing a password, over HTTP."""

import asyncio
import time
from urllib.parse import urlencode

import httpx
import pytest
from sqlmodel import Session, func, select

from portal_app import clock, libraries, routes
from portal_app.data import tables
from portal_app.web.identity import id_hash_of
from tests.web.wire import COOKIE, cookie, desk, secret_of

PASSWORD = "correct horse 1"
SIGNED_OUT = "/sign-in?problem=signed_out"
NEW = "a much longer phrase"
SEARCH = "/search?q=%E5%BF%83&page=2"


async def test_the_right_password_opens_a_session(portal):
    answer = await portal.post(routes.DO_SIGN_IN, card="1000001", password=PASSWORD)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/account"
    given = answer.headers["set-cookie"]
    assert given.startswith(f"{COOKIE}=")
    for attribute in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"):
        assert attribute in given
    assert "Max-Age" not in given
    assert "expires" not in given.lower()
    assert "Domain" not in given


async def test_where_a_copy_is_kept_the_cookie_outlives_the_browser(portal):
    right = {"card": "1000001", "password": PASSWORD}
    longest = libraries.load("kagoshima").session.longest_seconds

    answer = await portal.post(routes.DO_SIGN_IN, **right, keep="on")

    given = answer.headers["set-cookie"]
    assert f"Max-Age={longest};" in given
    for attribute in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"):
        assert attribute in given


async def test_where_nothing_is_kept_the_cookie_goes_with_the_browser(portal):
    answer = await portal.post(routes.DO_SIGN_IN, card="1000001", password=PASSWORD, keep="")

    assert "Max-Age" not in answer.headers["set-cookie"]
    assert "expires" not in answer.headers["set-cookie"].lower()


async def test_a_copy_keeps_no_session_alive(portal):
    right = {"card": "1000001", "password": PASSWORD, "keep": "on"}
    secret = await portal.sign_in(**right)
    portal.ago(secret, seconds=61)

    async with portal.tab(secret) as tab:
        await tab.send(desk("look"))

        assert "CANARY" not in tab.told


async def test_a_new_password_keeps_the_cookie_as_long_as_before(portal, newcomer):
    again = {"current": PASSWORD, "new": NEW}

    kept = await _change(portal, newcomer.secret, **again, keep="on")
    back = {"current": NEW, "new": PASSWORD}
    passing = await _change(portal, secret_of(kept), **back)

    longest = libraries.load("kagoshima").session.longest_seconds
    assert f"Max-Age={longest};" in kept.headers["set-cookie"]
    assert "Max-Age" not in passing.headers["set-cookie"]


async def test_only_the_hash_of_the_secret_is_kept(portal, hanako):
    with Session(portal.engine) as tx:
        assert tx.get(tables.PatronSession, id_hash_of(hanako)) is not None
        assert tx.get(tables.PatronSession, hanako) is None


@pytest.mark.parametrize("card", ["１０００００１", " 1000-001 ", "100 0001", "１０００ー００１"])
async def test_a_card_number_may_be_typed_as_people_do(portal, card):
    assert await portal.sign_in(card, PASSWORD)


async def test_a_password_may_be_typed_in_full_width(portal):
    assert await portal.sign_in("1000001", "ｃｏｒｒｅｃｔ　ｈｏｒｓｅ　１")


async def test_wrong_passwords_and_unknown_cards_have_one_answer(portal):
    wrong = await portal.post(routes.DO_SIGN_IN, card="1000001", password="wrong")
    unknown = await portal.post(routes.DO_SIGN_IN, card="9999999", password="wrong")
    too_long = await portal.post(routes.DO_SIGN_IN, card="1000001", password=PASSWORD + "x" * 200)
    no_card = await portal.post(routes.DO_SIGN_IN, card="<script>", password=PASSWORD)
    empty = await portal.post(routes.DO_SIGN_IN)

    for answer in (wrong, unknown, too_long, no_card, empty):
        assert answer.status_code == 303
        assert answer.headers["location"] == "/sign-in?problem=wrong"
        assert "set-cookie" not in answer.headers


async def test_an_unknown_card_takes_as_long_as_a_known_one(portal):
    took = {"1000002": [], "9999999": []}
    for _ in range(12):
        for card, times in took.items():
            portal.forget_guesses()
            began = time.perf_counter()
            await portal.post(routes.DO_SIGN_IN, card=card, password="wrong")
            times.append(time.perf_counter() - began)

    # The quickest of each, since a busy machine only ever makes them slower.
    known, unknown = (min(times) for times in took.values())
    assert unknown == pytest.approx(known, rel=0.5)


async def test_of_forty_guesses_at_once_five_are_checked(portal):
    guesses = (
        portal.post(routes.DO_SIGN_IN, card="1000002", password=f"guess {n}") for n in range(40)
    )
    answers = await asyncio.gather(*guesses)

    assert {answer.status_code for answer in answers} == {303}
    with Session(portal.engine) as tx:
        # One attempt at the card and one from the address, for each that was heard.
        assert tx.exec(select(func.count()).select_from(tables.SignInAttempt)).one() == 10
    assert not await portal.sign_in("1000002", PASSWORD)
    portal.forget_guesses()
    assert await portal.sign_in("1000002", PASSWORD)


async def test_signing_in_again_ends_the_session_before(portal, hanako):
    async with portal.tab(hanako) as tab:
        await tab.send(desk("look"))

        again = await portal.sign_in("1000001", PASSWORD, secret=hanako)
        await tab.until(lambda: tab.var("desk_state", "borrowed") == [])

        assert again not in ("", hanako)
    async with portal.tab(hanako) as old:
        await old.send(desk("look"))
        assert "CANARY" not in old.told


async def test_a_secret_brought_along_is_not_taken_over(portal):
    planted = "A" * 43

    given = await portal.sign_in("1000001", PASSWORD, secret=planted)

    assert given != planted
    async with portal.tab(planted) as tab:
        await tab.send(desk("look"))
        assert "CANARY" not in tab.told


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
@pytest.mark.parametrize("door", [routes.DO_SIGN_IN, routes.DO_SIGN_OUT, routes.DO_CHANGE_PASSWORD])
async def test_another_site_cannot_use_the_doors(portal, hanako, origin, door):
    headers = cookie(hanako) | ({"Origin": origin} if origin else {})
    form = {"card": "1000001", "password": PASSWORD}
    async with httpx.AsyncClient(base_url=portal.origin, headers=headers) as browser:
        answer = await browser.post(door, data=form)

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    async with portal.tab(hanako) as tab:
        await tab.send(desk("look"))
        assert tab.var("desk_state", "borrowed") == ["CANARY-BOOK of 1"]


async def test_the_doors_open_to_no_other_method(portal):
    async with httpx.AsyncClient(base_url=portal.origin) as browser:
        for door in (routes.DO_SIGN_IN, routes.DO_SIGN_OUT, routes.DO_CHANGE_PASSWORD):
            answer = await browser.get(door)
            assert answer.status_code == 404
            assert "set-cookie" not in answer.headers


async def test_a_form_is_of_modest_size(portal):
    answer = await portal.post(routes.DO_SIGN_IN, card="1" * 70_000)
    assert answer.status_code == 413

    async def endless():
        yield b"card=1"

    headers = {"Origin": portal.origin}
    async with httpx.AsyncClient(base_url=portal.origin, headers=headers) as browser:
        answer = await browser.post(routes.DO_SIGN_IN, content=endless())
    assert answer.status_code == 411


async def test_a_patron_goes_on_to_where_they_were_going(portal):
    at = f"/sign-in?{urlencode({'next': SEARCH})}"

    answer = await portal.post(routes.DO_SIGN_IN, at=at, card="1000001", password=PASSWORD)

    assert answer.headers["location"] == SEARCH


@pytest.mark.parametrize("referrer", [None, "", "about:client", "https://[", "?next=%ff&wish=%ff"])
async def test_who_does_not_say_where_the_form_stood_goes_on_to_the_account(portal, referrer):
    headers = {"Origin": portal.origin} | ({} if referrer is None else {"Referer": referrer})
    form = {"card": "1000001", "password": PASSWORD, "next": "/search"}
    async with httpx.AsyncClient(base_url=portal.origin, headers=headers) as browser:
        answer = await browser.post(routes.DO_SIGN_IN, data=form)

    assert answer.headers["location"] == "/account"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/no-page-of-ours",
        "/sign-in",
        "/auth/sign-out",
        "account",
        "/search?" + "q" * 3000,
    ],
)
async def test_nobody_is_sent_away_from_the_portal(portal, address):
    at = f"/sign-in?{urlencode({'next': address})}"

    answer = await portal.post(routes.DO_SIGN_IN, at=at, card="1000001", password=PASSWORD)

    assert answer.headers["location"] == "/account"


async def test_a_wish_survives_a_wrong_password(portal):
    at = "/sign-in?next=/search%3Fq%3Da&wish=1,2,x,-3"

    answer = await portal.post(routes.DO_SIGN_IN, at=at, card="1000001", password="wrong")

    assert answer.headers["location"] == "/sign-in?problem=wrong&next=%2Fsearch%3Fq%3Da&wish=1%2C2"


async def test_a_first_password_leads_to_the_choice_of_another(portal):
    at = "/sign-in?next=/loans&wish=7"

    answer = await portal.post(routes.DO_SIGN_IN, at=at, card="1000003", password="19800101")

    assert answer.headers["location"] == "/password?next=%2Floans&wish=7"


async def test_signing_out_ends_the_session_in_every_tab(portal, hanako):
    async with portal.tab(hanako) as tab, portal.tab(hanako) as another:
        await tab.send(desk("look"))
        await another.send(desk("look"))

        answer = await portal.post(routes.DO_SIGN_OUT, hanako)

        for left in (tab, another):
            await left.until(lambda left=left: left.sent_to == [SIGNED_OUT])
            assert left.var("desk_state", "borrowed") == []
            assert left.var("session_state", "name") == ""
    assert answer.headers["location"] == SIGNED_OUT
    assert answer.headers["clear-site-data"] == '"cache"'
    assert f'{COOKIE}=""' in answer.headers["set-cookie"]
    assert "Max-Age=0" in answer.headers["set-cookie"]


async def test_signing_out_ends_the_notices_to_that_device_even_when_the_session_is_over(
    portal, hanako
):
    with Session(portal.engine) as tx, tx.begin():
        patron_id = tx.get_one(tables.PatronSession, id_hash_of(hanako)).patron_id
        for name in ("lost", "kept"):
            tx.add(
                tables.PushSubscription(
                    patron_id=patron_id,
                    endpoint=f"https://push.example/{name}",
                    public_key="",
                    secret="",
                    language="ja",
                    made_at=clock.now(),
                )
            )
    portal.ago(hanako, seconds=7200)

    await portal.post(routes.DO_SIGN_OUT, hanako, endpoint="https://push.example/lost")
    await portal.post(routes.DO_SIGN_OUT, endpoint="")

    with Session(portal.engine) as tx:
        endpoints = tx.exec(select(tables.PushSubscription.endpoint)).all()
    assert endpoints == ["https://push.example/kept"]


async def test_k11_g41_a_new_password_ends_the_other_sessions(portal, hanako, newcomer):
    async with portal.tab(newcomer.secret) as tab:
        elsewhere = await portal.sign_in(newcomer.card, PASSWORD)

        answer = await _change(portal, elsewhere, current=PASSWORD, new=NEW)
        fresh = secret_of(answer)
        await tab.until(lambda: tab.sent_to == ["/sign-in?problem=needed"])

    assert answer.headers["location"] == "/account?done=password"
    for secret in (newcomer.secret, elsewhere):
        async with portal.tab(secret) as old:
            assert "CANARY" not in old.told
    async with portal.tab(fresh) as tab:
        assert tab.var("session_state", "is_signed_in") is True
    assert not await portal.sign_in(newcomer.card, PASSWORD)
    assert await portal.sign_in(newcomer.card, NEW)


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ("short", "too_short"),
        ("x" * 201, "too_long"),
        (PASSWORD, "same_as_before"),
        ("19800101 is mine", "birth_date"),
        ("１９８０－０１－０１", "birth_date"),
        ("1000009 is mine", "card_number"),
        ("1234567890", "too_common"),
        ("aaaaaaaaaaaa", "too_common"),
    ],
)
async def test_a_weak_password_is_refused_by_name(portal, newcomer, new, problem):
    answer = await _change(portal, newcomer.secret, current=PASSWORD, new=new)

    assert answer.headers["location"] == f"/password?problem={problem}"
    assert "set-cookie" not in answer.headers


async def test_a_new_password_is_typed_twice(portal, newcomer):
    answer = await _change(portal, newcomer.secret, current=PASSWORD, new=NEW, repeated="another")

    assert answer.headers["location"] == "/password?problem=not_repeated"


async def test_the_current_password_is_asked_for_and_guesses_at_it_count(portal, newcomer):
    for _ in range(5):
        answer = await _change(portal, newcomer.secret, current="wrong", new=NEW)
        assert answer.headers["location"] == "/password?problem=current"

    answer = await _change(portal, newcomer.secret, current=PASSWORD, new=NEW)
    assert answer.headers["location"] == "/password?problem=current"


async def test_a_stranger_changes_no_password(portal):
    answer = await _change(portal, "", current=PASSWORD, new=NEW)

    assert answer.headers["location"] == "/sign-in?problem=needed"


async def test_a_newcomer_chooses_a_password_and_is_in(portal, newcomer):
    newcomer.has_first_password("19800101")
    secret = await portal.sign_in(newcomer.card, "19800101")

    answer = await _change(
        portal, secret, current="19800101", new=NEW, at="/password?next=/loans&wish=1"
    )

    assert answer.headers["location"] == "/loans"
    async with portal.tab(secret_of(answer)) as tab:
        await tab.send(desk("look"))
        assert "CANARY-BOOK" in tab.told


async def _change(portal, secret, *, new, repeated=None, **fields):
    repeated = new if repeated is None else repeated
    return await portal.post(
        routes.DO_CHANGE_PASSWORD, secret, new=new, repeated=repeated, **fields
    )
