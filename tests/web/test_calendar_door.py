"""Hanako's due dates in her own calendar: what its address tells, and whom."""

import datetime as dt

import httpx
import icalendar
import pytest
import pytest_asyncio
from sqlmodel import Session, delete

from portal_app import clock, routes
from portal_app.data import tables
from portal_app.state.calendar_link import CalendarLinkState
from tests.web.wire import Portal, Tab

PASSWORD = "correct horse 1"
LOOK, MAKE, RESET, WITHDRAW = (
    f"{CalendarLinkState.get_full_name()}.{act}"
    for act in ("look", "make", "reset_address", "withdraw")
)


@pytest_asyncio.fixture
async def hers(real_portal: Portal):
    """Hanako's tab."""
    secret = await real_portal.sign_in("1000001", PASSWORD)
    async with real_portal.tab(secret) as tab:
        yield tab
    with Session(real_portal.engine) as tx, tx.begin():
        tx.exec(delete(tables.CalendarLink))


@pytest_asyncio.fixture
async def address(real_portal: Portal, hers: Tab) -> str:
    """The address that Hanako has made. Its secret may be found nowhere but with her."""
    await hers.send(MAKE)
    return known_by(real_portal, hers)


def known_by(portal: Portal, tab: Tab) -> str:
    """Return the address that a tab knows, without the portal's own."""
    whole = tab.var("calendar_link_state", "known")["address"]
    assert whole.startswith(f"{portal.origin}/files/calendar/")
    portal.planted.add(whole.rpartition("/")[2].removesuffix(".ics"))
    return whole.removeprefix(portal.origin)


async def read(portal: Portal, address: str, **how) -> httpx.Response:
    """Read a calendar as a calendar does: without a cookie."""
    async with httpx.AsyncClient(base_url=portal.origin) as calendar:
        return await calendar.request(how.pop("method", "GET"), address, **how)


async def test_whoever_has_the_address_reads_the_days_and_nothing_about_their_patron(
    real_portal, address
):
    answer = await read(real_portal, address)

    (event, *_) = icalendar.Calendar.from_ical(answer.content).events
    assert event["summary"] == "返却期限：CANARY-LOAN"
    assert clock.now().date() + dt.timedelta(days=3) == event.DTSTART
    for private in ("花子", "1000001", "patron", "barcode"):
        assert private not in answer.text


async def test_what_is_read_is_kept_by_nobody_and_listed_nowhere(real_portal, address):
    for method in ("GET", "HEAD"):
        answer = await read(real_portal, address, method=method)

        assert answer.status_code == httpx.codes.OK
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?lang=en", "Due: "),
        ("?lang=ja", "返却期限："),
        ("?lang=xx", "返却期限："),
        ("", "返却期限："),
    ],
)
async def test_the_address_says_in_which_language(real_portal, address, query, said):
    answer = await read(real_portal, address + query)

    (event, *_) = icalendar.Calendar.from_ical(answer.content).events
    assert str(event["summary"]).startswith(said)


async def test_a_withdrawn_address_answers_as_one_that_never_was(real_portal, hers, address):
    await hers.send(WITHDRAW)

    answers = [
        await read(real_portal, where)
        for where in (
            address,
            routes.calendar("A" * 24),
            routes.calendar("nonsense"),
            routes.calendar("%00"),
            routes.calendar("A" * 3_000),
        )
    ]

    told = {(one.status_code, one.content, one.headers["x-robots-tag"]) for one in answers}
    assert told == {(httpx.codes.NOT_FOUND, b"", "noindex, nofollow")}
    assert {one.headers["cache-control"] for one in answers} == {"no-store"}


async def test_a_new_address_ends_the_one_before(real_portal, hers, address):
    await hers.send(RESET)
    anew = known_by(real_portal, hers)

    assert anew != address
    assert (await read(real_portal, address)).status_code == httpx.codes.NOT_FOUND
    assert (await read(real_portal, anew)).status_code == httpx.codes.OK


async def test_another_patron_neither_sees_nor_ends_the_address(real_portal, kens_tab, address):
    await kens_tab.send(LOOK)
    assert kens_tab.var("calendar_link_state", "known")["address"] == ""
    await kens_tab.send(RESET)
    known_by(real_portal, kens_tab)
    await kens_tab.send(WITHDRAW)

    assert (await read(real_portal, address)).status_code == httpx.codes.OK


@pytest.mark.parametrize("act", [LOOK, MAKE, RESET, WITHDRAW])
async def test_a_stranger_cannot_ask_about_an_address(real_portal, address, act):
    async with real_portal.tab() as stranger:
        await stranger.send(act)

        assert stranger.var("calendar_link_state", "known") is None
    assert (await read(real_portal, address)).status_code == httpx.codes.OK


async def test_the_address_is_only_read(real_portal, address):
    origin = {"origin": real_portal.origin}
    for method in ("POST", "PUT", "DELETE", "PROPFIND"):
        answer = await read(real_portal, address, method=method, headers=origin, content=b"x")

        assert answer.status_code != httpx.codes.OK
    assert (await read(real_portal, address)).status_code == httpx.codes.OK


async def test_the_secret_is_in_no_log_and_not_in_the_database(real_portal, address):
    await read(real_portal, address)
    await read(real_portal, address + "?lang=<script>")
    await read(real_portal, routes.HOME, headers={"Referer": real_portal.origin + address})

    assert real_portal.left_behind() == []
