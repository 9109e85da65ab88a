"""A new password by mail, over HTTP: one answer for everybody, a secret that leaves no trace."""

import asyncio
import datetime as dt
import re
import statistics
import time

import httpx
import pytest
from sqlmodel import Session, col, delete, select

from portal_app import clock, libraries, routes
from portal_app.data import tables
from portal_app.domain.mail import AddressKind, LetterKind
from portal_app.domain.secret_links import hash_of
from tests.web.wire import Portal, desk

PASSWORD = "correct horse 1"
NEW = "a much longer phrase"
ASKED = "/forgotten-password?problem=asked"
NOWHERE = "/forgotten-password?problem=leads_nowhere"
LINK_COOKIE = "__Host-portal_password_link"
SECONDS = 20


@pytest.fixture
def reader(portal, newcomer):
    """The newcomer, who has an address."""
    with Session(portal.engine) as tx, tx.begin():
        patron_id = tx.exec(
            select(tables.Patron.id).where(tables.Patron.card_number == newcomer.card)
        ).one()
        tx.merge(
            tables.MailAddress(
                patron_id=patron_id,
                place=1,
                address="reader@example.jp",
                kind=AddressKind.PC,
                confirmed_at=clock.now(),
            )
        )
    yield newcomer
    with Session(portal.engine) as tx, tx.begin():
        tx.exec(delete(tables.Letter))
        tx.exec(delete(tables.PasswordLink))


async def mailed(portal: Portal, card: str) -> str:
    """Ask for a link, and return the secret in the mail, once it has been written."""
    answer = await portal.post(routes.DO_ASK_FOR_PASSWORD, card=card)
    assert answer.headers["location"] == ASKED
    return await asyncio.wait_for(_in_mail(portal), SECONDS)


async def _in_mail(portal: Portal) -> str:
    while True:
        with Session(portal.engine) as tx:
            letters = select(tables.Letter.body).where(
                tables.Letter.kind == LetterKind.PASSWORD_LINK
            )
            body = tx.exec(letters.order_by(col(tables.Letter.id).desc())).first()
        if body is not None:
            [secret] = re.findall(re.escape(f"{portal.origin}/new-password/") + r"(\S+)", body)
            portal.planted.add(secret)
            return secret
        await asyncio.sleep(0)  # the letter is written after the answer


async def follow(portal: Portal, secret: str, method: str = "GET") -> httpx.Response:
    """Open the address in the mail."""
    async with httpx.AsyncClient(base_url=portal.origin) as browser:
        return await browser.request(method, routes.new_password(secret))


async def choose(portal: Portal, secret: str, new: str = NEW, **more) -> httpx.Response:
    """Choose a password with the cookie that the link has given."""
    form = {"new": new, "repeated": new, **more}
    async with httpx.AsyncClient(base_url=portal.origin) as browser:
        headers = {"origin": portal.origin, "cookie": f"{LINK_COOKIE}={secret}"}
        return await browser.post(routes.DO_SET_PASSWORD, data=form, headers=headers)


async def test_g02_the_way_from_the_card_number_to_a_new_password(portal, reader):
    secret = await mailed(portal, reader.card)

    followed = await follow(portal, secret)
    chosen = await choose(portal, secret)

    assert followed.headers["location"] == routes.NEW_PASSWORD
    assert chosen.headers["location"] == "/sign-in?problem=password_changed"
    assert f'{LINK_COOKIE}=""' in chosen.headers["set-cookie"]
    assert await portal.sign_in(reader.card, NEW)
    assert not await portal.sign_in(reader.card, PASSWORD)


async def test_what_was_open_before_is_empty_afterwards(portal, reader):
    secret = await mailed(portal, reader.card)

    async with portal.tab(reader.secret) as tab:
        await tab.send(desk("look"))
        await choose(portal, secret)
        await tab.until(lambda: tab.sent_to == ["/sign-in?problem=needed"])

    async with portal.tab(reader.secret) as old:
        assert "CANARY" not in old.told


async def test_the_secret_goes_into_a_cookie_that_no_script_reads_and_is_kept_nowhere_else(
    portal, reader
):
    secret = await mailed(portal, reader.card)

    answer = await follow(portal, secret)

    given = answer.headers["set-cookie"]
    assert given.startswith(f"{LINK_COOKIE}={secret};")
    minutes = libraries.load("kagoshima").sign_in.link_minutes
    for attribute in ("HttpOnly", "Secure", "SameSite=strict", f"Max-Age={minutes * 60}"):
        assert attribute in given
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert secret not in answer.headers["location"]
    assert not answer.content


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_program_that_looks_at_links_uses_none_up(portal, reader, method):
    secret = await mailed(portal, reader.card)

    for _ in range(3):
        await follow(portal, secret, method)

    with Session(portal.engine) as tx:
        assert tx.get_one(tables.PasswordLink, hash_of(secret)).used_at is None


async def test_g10_strangers_unknown_cards_and_patrons_without_an_address_get_one_answer(
    portal, reader
):
    answers = [
        await portal.post(routes.DO_ASK_FOR_PASSWORD, card=card)
        for card in (reader.card, "1000002", "9999999", "<script>", "")
    ]

    told = {
        (answer.status_code, answer.headers["location"], "set-cookie" in answer.headers)
        for answer in answers
    }
    assert told == {(303, ASKED, False)}
    assert len({len(answer.content) for answer in answers}) == 1


async def test_a_card_with_an_address_takes_as_long_as_one_that_nobody_has(portal, reader):
    took: dict[str, list[float]] = {reader.card: [], "9999999": []}
    for _ in range(25):
        for card, times in took.items():
            portal.forget_guesses()
            began = time.perf_counter()
            await portal.post(routes.DO_ASK_FOR_PASSWORD, card=card)
            times.append(time.perf_counter() - began)

    known, unknown = (statistics.median(times) for times in took.values())
    assert unknown == pytest.approx(known, rel=0.5)


async def test_too_many_wishes_get_the_same_answer_and_no_mail(portal, reader):
    await mailed(portal, reader.card)

    answers = [await portal.post(routes.DO_ASK_FOR_PASSWORD, card=reader.card) for _ in range(20)]

    assert {answer.headers["location"] for answer in answers} == {ASKED}
    with Session(portal.engine) as tx:
        links = tx.exec(select(tables.PasswordLink)).all()
    assert len(links) <= 3


@pytest.mark.parametrize(
    ("new", "more", "problem"),
    [
        ("short", {}, "too_short"),
        (NEW, {"repeated": "another"}, "not_repeated"),
        ("1000009-and-more", {}, "card_number"),
        ("my 1980-01-01 again", {}, "birth_date"),
        ("password123456", {"repeated": ""}, "not_repeated"),
    ],
)
async def test_g41_the_rule_is_the_same_and_a_refusal_leaves_the_link_as_it_was(
    portal, reader, new, more, problem
):
    secret = await mailed(portal, reader.card)

    refused = await choose(portal, secret, new, **more)

    assert refused.headers["location"] == f"/new-password?problem={problem}"
    assert await portal.sign_in(reader.card, PASSWORD)
    assert (await choose(portal, secret)).headers["location"].startswith("/sign-in")


async def test_of_two_tabs_at_once_one_wins(portal, reader):
    secret = await mailed(portal, reader.card)

    answers = await asyncio.gather(
        choose(portal, secret, "the first of two tabs"),
        choose(portal, secret, "the second of the tabs"),
    )

    led = sorted(answer.headers["location"] for answer in answers)
    assert led == [NOWHERE, "/sign-in?problem=password_changed"]


async def test_a_link_that_was_used_leads_nowhere(portal, reader):
    secret = await mailed(portal, reader.card)
    await choose(portal, secret)

    assert (await follow(portal, secret)).headers["location"] == NOWHERE
    assert (await choose(portal, secret, "yet another one")).headers["location"] == NOWHERE


async def test_a_link_that_is_too_old_leads_nowhere(portal, reader):
    secret = await mailed(portal, reader.card)
    minutes = libraries.load("kagoshima").sign_in.link_minutes
    with Session(portal.engine) as tx, tx.begin():
        link = tx.get_one(tables.PasswordLink, hash_of(secret))
        link.asked_at -= dt.timedelta(minutes=minutes)

    assert (await follow(portal, secret)).headers["location"] == NOWHERE
    assert (await choose(portal, secret)).headers["location"] == NOWHERE
    assert await portal.sign_in(reader.card, PASSWORD)


@pytest.mark.parametrize("guessed", ["x", "x" * 43, "x" * 2000, "%00"])
async def test_a_link_that_nobody_was_sent_leads_nowhere(portal, guessed):
    answer = await follow(portal, guessed)

    assert answer.headers["location"] == NOWHERE
    assert "set-cookie" not in answer.headers


async def test_without_the_cookie_of_a_link_no_password_changes(portal, reader):
    form = {"new": NEW, "repeated": NEW}

    answer = await portal.post(routes.DO_SET_PASSWORD, reader.secret, **form)

    assert answer.headers["location"] == NOWHERE
    assert await portal.sign_in(reader.card, PASSWORD)


@pytest.mark.parametrize("door", [routes.DO_ASK_FOR_PASSWORD, routes.DO_SET_PASSWORD])
async def test_no_other_site_presses_the_button(portal, door):
    async with httpx.AsyncClient(base_url=portal.origin) as browser:
        for headers in ({}, {"origin": "https://evil.example"}):
            answer = await browser.post(door, data={"card": "1"}, headers=headers)

            assert answer.status_code == httpx.codes.FORBIDDEN
