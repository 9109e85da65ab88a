"""The address that stops mail: it asks first, and mail programs may press its button."""

import httpx
import pytest
from sqlmodel import Session, delete, select

from portal_app import libraries, routes
from portal_app.data import stop_links
from portal_app.data.tables import NoticeChoice, StopLink
from portal_app.domain.mail import LetterKind
from portal_app.text import Lang, say
from tests.web.wire import Portal

HANAKO = 1


@pytest.fixture
def address(portal: Portal):
    """The address in a reminder to Hanako."""
    key = (portal.folder / "key").read_bytes()
    with Session(portal.engine) as tx, tx.begin():
        secret = stop_links.secret_for(
            tx, patron_id=HANAKO, letter=LetterKind.DUE_SOON, signing_key=key
        )
    portal.planted.add(secret)
    yield routes.stop_mail(secret)
    with Session(portal.engine) as tx, tx.begin():
        tx.exec(delete(NoticeChoice))
        tx.exec(delete(StopLink))


async def ask(portal: Portal, address: str, method: str = "GET", **how) -> httpx.Response:
    """Ask as somebody without a cookie does."""
    async with httpx.AsyncClient(base_url=portal.origin) as anybody:
        return await anybody.request(method, address, **how)


def is_stopped(portal: Portal) -> bool:
    """Return whether Hanako's reminders are stopped."""
    with Session(portal.engine) as tx:
        return any(not chosen.is_sent for chosen in tx.exec(select(NoticeChoice)))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_opening_the_address_stops_nothing(portal, address, method):
    answer = await ask(portal, address, method)

    assert answer.status_code == httpx.codes.OK
    assert not is_stopped(portal)


async def test_the_page_has_one_button_and_tells_nothing_about_its_patron(portal, address):
    answer = await ask(portal, address)

    assert answer.text.count("<button") == 1
    assert say("stop.submit", Lang.JA) in answer.text
    assert say("stop.kind.due_date", Lang.JA) in answer.text
    for private in ("花子", "1000001", "CANARY", "<script"):
        assert private not in answer.text


async def test_the_page_names_the_library_and_can_be_read_in_another_language(portal, address):
    in_english = await ask(portal, f"{address}?lang=en")
    in_none_of_ours = await ask(portal, f"{address}?lang=%22%3E%3Cb%3E")

    kind = say("stop.kind.due_date", Lang.EN)
    assert say("stop.question", Lang.EN, kind=kind) in in_english.text
    assert '<html lang="en"' in in_english.text
    assert 'href="?lang=en" lang="en" aria-current="true"' in in_english.text
    assert f">{libraries.load('kagoshima').name['en']}</span>" in in_english.text
    assert '<html lang="ja"' in in_none_of_ours.text
    assert "<b>" not in in_none_of_ours.text


async def test_what_was_chosen_holds_for_the_answer(portal, address):
    answer = await ask(portal, f"{address}?lang=en", "POST", data={})

    kind = say("stop.kind.due_date", Lang.EN)
    assert say("stop.done", Lang.EN, kind=kind) in answer.text


async def test_the_page_is_kept_by_nobody_listed_nowhere_and_leads_nobody_on(portal, address):
    answer = await ask(portal, address)

    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "form-action 'self'" in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers


async def test_its_button_stops_the_mail(portal, address):
    answer = await ask(portal, address, "POST", headers={"origin": portal.origin})

    assert say("stop.done", Lang.JA, kind=say("stop.kind.due_date", Lang.JA)) in answer.text
    assert is_stopped(portal)


async def test_a_mail_program_stops_it_with_one_click_without_origin_or_cookie(portal, address):
    """RFC 8058: POST with this body, and nothing that a browser would add."""
    answer = await ask(portal, address, "POST", data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == httpx.codes.OK
    assert is_stopped(portal)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_an_address_that_leads_nowhere_stops_nothing(portal, address, method):
    answer = await ask(portal, routes.stop_mail("A" * 24), method, data={})

    assert answer.status_code == httpx.codes.NOT_FOUND
    assert say("stop.unknown", Lang.JA) in answer.text
    assert not is_stopped(portal)


async def test_no_other_door_opens_to_another_origin(portal):
    answer = await ask(portal, routes.DO_SIGN_OUT, "POST", data={})

    assert answer.status_code == httpx.codes.FORBIDDEN
