"""What a patron has borrowed, over HTTP: for them alone (K-08, K-18)."""

import datetime as dt
import json
from typing import Any

import httpx
import pytest
from sqlmodel import Session, col, delete, func, select
from starlette.applications import Starlette

from portal_app import clock, libraries, routes
from portal_app.data import reading_history, tables
from portal_app.data.database import within
from portal_app.domain import recovery_codes
from portal_app.domain.history import Read
from portal_app.domain.passwords import normal_password
from portal_app.portal_app import app
from portal_app.services import sessions
from portal_app.web.identity import id_hash_of
from tests.web.wire import cookie, desk, secret_of

CARD, PASSWORD, NEW = "1000009", "correct horse 1", "a much longer phrase"
TITLE = "CANARY 銀河鉄道の夜"
DOORS = [
    routes.DO_READ_HISTORY,
    routes.DO_BEGIN_HISTORY,
    routes.DO_KEEP_HISTORY,
    routes.DO_UNLOCK_HISTORY,
    routes.DO_RENEW_HISTORY_CODE,
    routes.DO_FORGET_HISTORY,
    routes.DO_END_HISTORY,
]
WRONG_CODE = recovery_codes.written(bytes(16))


@pytest.fixture
def ask(portal):
    """Ask at a door, as the page does, and return what it answers."""

    async def ask(door: str, secret: str, **fields: str) -> dict:
        answer = await portal.post(door, secret, **fields)
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers
        told = answer.json()
        portal.planted |= {told["code"]} if "code" in told else set()
        return told

    return ask


@pytest.fixture
def begin(ask, newcomer):
    """Let the newcomer keep a history, and return the recovery code."""

    async def begin(password: str = PASSWORD) -> str:
        begun = await ask(routes.DO_BEGIN_HISTORY, newcomer.secret, password=password)
        kept = await ask(routes.DO_KEEP_HISTORY, newcomer.secret, draft=begun["draft"])
        assert (begun["refusal"], kept["refusal"]) == ("", "")
        return begun["code"]

    return begin


@pytest.fixture(autouse=True)
def no_history(portal):
    """Nobody keeps a history, before and after."""

    def forget() -> None:
        with Session(portal.engine) as tx, tx.begin():
            for kind in (tables.SessionHistoryKey, tables.HistoryEntry, tables.HistoryKey):
                tx.exec(delete(kind))

    forget()
    yield
    forget()


@pytest.fixture
def bring_back(portal):
    """Let the newcomer bring something back, as far as the history hears of it."""

    def bring_back(title: str = TITLE, *, days_ago: int = 0) -> None:
        today = clock.now().date() - dt.timedelta(days=days_ago)
        read = Read(
            record_id=71,
            title=title,
            volume="",
            line="宮沢賢治∥著",
            material="book",
            branch_code="main",
            lent_on=today - dt.timedelta(days=14),
            returned_on=today,
        )
        with Session(portal.engine) as tx, tx.begin():
            reading_history.write_down(tx, patron_id=_newcomer(tx), read=read)

    return bring_back


async def test_k08_it_is_off_until_the_patron_has_kept_the_code(ask, newcomer, bring_back):
    assert await ask(routes.DO_READ_HISTORY, newcomer.secret) == {
        "refusal": "",
        "is_kept": False,
        "is_open": False,
        "entries": [],
    }

    begun = await ask(routes.DO_BEGIN_HISTORY, newcomer.secret, password=PASSWORD)
    bring_back("something else")

    assert begun["refusal"] == ""
    assert recovery_codes.read(begun["code"]) is not None
    assert not (await ask(routes.DO_READ_HISTORY, newcomer.secret))["is_kept"]
    assert await ask(routes.DO_KEEP_HISTORY, newcomer.secret, draft=begun["draft"]) == {
        "refusal": ""
    }
    read = await ask(routes.DO_READ_HISTORY, newcomer.secret)
    assert (read["is_kept"], read["is_open"], read["entries"]) == (True, True, [])


async def test_k18_what_comes_back_is_shown_to_its_patron(ask, begin, newcomer, bring_back):
    await begin()
    bring_back()

    [entry] = (await ask(routes.DO_READ_HISTORY, newcomer.secret))["entries"]

    today = clock.now().date()
    assert entry["record"] == {
        "record_id": 71,
        "title": TITLE,
        "volume": "",
        "line": "宮沢賢治∥著",
        "material": "book",
    }
    assert entry["returned_on"] == today.isoformat()
    assert entry["lent_on"] == (today - dt.timedelta(days=14)).isoformat()
    assert entry["branch_code"] == "main"


@pytest.mark.parametrize("door", DOORS)
async def test_k18_strangers_are_told_nothing(portal, begin, mei, bring_back, door):
    await begin()
    bring_back()

    for secret in ("", "A" * 43, mei):  # Mei has not chosen a password yet
        answer = await portal.post(door, secret, password=PASSWORD)

        assert answer.status_code == 401
        assert answer.json() == {"refusal": "history.problem.signed_out"}


@pytest.mark.parametrize("door", DOORS)
async def test_k18_another_site_reaches_nothing(portal, begin, newcomer, door):
    await begin()

    headers = {"Origin": "https://evil.example", **cookie(newcomer.secret)}
    async with httpx.AsyncClient(base_url=portal.origin, headers=headers) as browser:
        assert (await browser.post(door, data={"password": PASSWORD})).status_code == 403
        assert (await browser.get(door)).status_code == 404
    assert _rows(portal, tables.HistoryKey) == 1


async def test_k18_another_patron_reaches_nothing(ask, begin, newcomer, ken, bring_back):
    await begin()
    bring_back()
    [entry] = (await ask(routes.DO_READ_HISTORY, newcomer.secret))["entries"]

    assert (await ask(routes.DO_READ_HISTORY, ken))["entries"] == []
    await ask(routes.DO_FORGET_HISTORY, ken, ids=entry["id"])
    await ask(routes.DO_END_HISTORY, ken)
    begun = await ask(routes.DO_BEGIN_HISTORY, newcomer.secret, password=PASSWORD)
    stolen = await ask(routes.DO_KEEP_HISTORY, ken, draft=begun["draft"])

    assert stolen == {"refusal": "history.problem.outdated"}
    assert (await ask(routes.DO_READ_HISTORY, newcomer.secret))["entries"] == [entry]


async def test_k18_the_password_is_asked_and_limited_before_anything_is_locked(
    portal, ask, newcomer
):
    refusals = [
        (await ask(routes.DO_BEGIN_HISTORY, newcomer.secret, password="wrong horse"))["refusal"]
        for _ in range(5)
    ]
    right = await ask(routes.DO_BEGIN_HISTORY, newcomer.secret, password=PASSWORD)

    assert set(refusals) == {"history.problem.wrong_password"}
    assert right == {"refusal": "history.problem.wrong_password"}
    portal.forget_guesses()


async def test_k18_a_new_session_reads_it_and_an_old_one_no_more(
    portal, ask, begin, newcomer, bring_back
):
    await begin()
    bring_back()

    again = await portal.sign_in(CARD, PASSWORD, secret=newcomer.secret)

    assert len((await ask(routes.DO_READ_HISTORY, again))["entries"]) == 1
    answer = await portal.post(routes.DO_READ_HISTORY, newcomer.secret)
    assert answer.status_code == 401
    assert _rows(portal, tables.SessionHistoryKey) == 1


async def test_k18_signing_out_leaves_nothing_that_opens_it(portal, ask, begin, newcomer):
    await begin()

    await portal.post(routes.DO_SIGN_OUT, newcomer.secret)

    assert _rows(portal, tables.SessionHistoryKey) == 0


async def test_k18_an_idle_session_loses_the_key(portal, begin, newcomer):
    await begin()

    async with portal.tab(newcomer.secret) as tab:
        await tab.send(desk("look"))
        portal.ago(newcomer.secret, seconds=61)
        await tab.until(lambda: tab.sent_to)  # the sweeper has been here

    assert _rows(portal, tables.SessionHistoryKey) == 0
    assert _rows(portal, tables.HistoryKey) == 1


async def test_k18_a_new_password_opens_it_and_the_old_one_no_more(
    portal, ask, begin, newcomer, bring_back
):
    await begin()
    bring_back()
    form = {"current": PASSWORD, "new": NEW, "repeated": NEW}

    changed = secret_of(await portal.post(routes.DO_CHANGE_PASSWORD, newcomer.secret, **form))

    assert len((await ask(routes.DO_READ_HISTORY, changed))["entries"]) == 1
    again = await portal.sign_in(CARD, NEW)
    assert len((await ask(routes.DO_READ_HISTORY, again))["entries"]) == 1


async def test_k18_another_session_opens_it_by_the_password(portal, ask, begin, newcomer):
    elsewhere = await portal.sign_in(CARD, PASSWORD)  # before there was a history
    await begin()

    assert not (await ask(routes.DO_READ_HISTORY, elsewhere))["is_open"]
    wrong = await ask(routes.DO_UNLOCK_HISTORY, elsewhere, password="wrong horse")
    right = await ask(routes.DO_UNLOCK_HISTORY, elsewhere, password=PASSWORD)

    assert wrong == {"refusal": "history.problem.wrong_password"}
    assert right == {"refusal": ""}
    assert (await ask(routes.DO_READ_HISTORY, elsewhere))["is_open"]


@pytest.fixture
def reset(portal):
    """Give the newcomer a first password at the desk, and let them choose another."""

    async def reset() -> str:
        with Session(portal.engine) as tx:
            patron_id = _newcomer(tx)
        issued = "issued at the desk 1"
        with Session(portal.engine) as tx, tx.begin():
            within(tx, sessions.issue_password)(
                patron_id=patron_id,
                password=issued,
                library=libraries.load("kagoshima"),
                now=clock.now(),
            )
        first = await portal.sign_in(CARD, issued)
        form = {"current": issued, "new": NEW, "repeated": NEW}
        return secret_of(await portal.post(routes.DO_CHANGE_PASSWORD, first, **form))

    return reset


async def test_k18_after_a_reset_only_the_code_opens_it(
    portal, ask, begin, newcomer, bring_back, reset
):
    code = await begin()
    bring_back()
    secret = await reset()

    assert not (await ask(routes.DO_READ_HISTORY, secret))["is_open"]
    without = await ask(routes.DO_UNLOCK_HISTORY, secret, password=NEW)
    wrong = await ask(routes.DO_UNLOCK_HISTORY, secret, password=NEW, code=WRONG_CODE)
    slip = await ask(routes.DO_UNLOCK_HISTORY, secret, password=NEW, code=code[:-1])
    typed = normal_password(code.lower().replace("-", " "))
    right = await ask(routes.DO_UNLOCK_HISTORY, secret, password=NEW, code=typed)

    assert without == {"refusal": "history.problem.code_needed"}
    assert wrong == {"refusal": "history.problem.code_wrong"}
    assert slip == {"refusal": "history.problem.code_mistyped"}
    assert right == {"refusal": ""}
    assert len((await ask(routes.DO_READ_HISTORY, secret))["entries"]) == 1
    again = await portal.sign_in(CARD, NEW)  # from now on the new password is enough
    assert len((await ask(routes.DO_READ_HISTORY, again))["entries"]) == 1


async def test_k18_the_code_without_the_password_is_worth_nothing(ask, begin, newcomer, reset):
    code = await begin()
    secret = await reset()

    answer = await ask(routes.DO_UNLOCK_HISTORY, secret, password="wrong horse", code=code)

    assert answer == {"refusal": "history.problem.wrong_password"}


async def test_k18_wrong_codes_are_limited_as_wrong_passwords_are(
    portal, ask, begin, newcomer, reset
):
    code = await begin()
    secret = await reset()
    portal.forget_guesses()

    for _ in range(5):
        await ask(routes.DO_UNLOCK_HISTORY, secret, password=NEW, code=WRONG_CODE)
    sixth = await ask(routes.DO_UNLOCK_HISTORY, secret, password=NEW, code=code)

    assert sixth == {"refusal": "history.problem.wrong_password"}
    portal.forget_guesses()
    assert (await ask(routes.DO_UNLOCK_HISTORY, secret, password=NEW, code=code)) == {"refusal": ""}


async def test_k18_a_new_code_replaces_the_one_before(ask, begin, newcomer, reset):
    old = await begin()
    new = (await ask(routes.DO_RENEW_HISTORY_CODE, newcomer.secret, password=PASSWORD))["code"]
    secret = await reset()

    by_old = await ask(routes.DO_UNLOCK_HISTORY, secret, password=NEW, code=old)
    by_new = await ask(routes.DO_UNLOCK_HISTORY, secret, password=NEW, code=new)

    assert by_old == {"refusal": "history.problem.code_wrong"}
    assert by_new == {"refusal": ""}


async def test_k18_without_the_code_the_patron_deletes_it_and_begins_anew(
    portal, ask, begin, newcomer, bring_back, reset
):
    await begin()
    bring_back()
    secret = await reset()

    assert await ask(routes.DO_END_HISTORY, secret) == {"refusal": ""}

    assert _rows(portal, tables.HistoryEntry) == 0
    begun = await ask(routes.DO_BEGIN_HISTORY, secret, password=NEW)
    assert await ask(routes.DO_KEEP_HISTORY, secret, draft=begun["draft"]) == {"refusal": ""}


async def test_k18_some_entries_are_deleted_and_the_others_stay(ask, begin, newcomer, bring_back):
    await begin()
    for days_ago in range(3):
        bring_back(f"CANARY {days_ago}", days_ago=days_ago)
    entries = (await ask(routes.DO_READ_HISTORY, newcomer.secret))["entries"]
    ids = {entry["record"]["title"]: entry["id"] for entry in entries}

    gone = f"{ids['CANARY 0']},{ids['CANARY 2']},'; DROP TABLE history_entry,{'f' * 32}"
    await ask(routes.DO_FORGET_HISTORY, newcomer.secret, ids=gone)

    [left] = (await ask(routes.DO_READ_HISTORY, newcomer.secret))["entries"]
    assert left["record"]["title"] == "CANARY 1"


@pytest.mark.parametrize("draft", ["", "A", "=", "ä", "QUJD" * 40])
async def test_k08_a_draft_that_is_not_ours_switches_nothing_on(portal, ask, newcomer, draft):
    answer = await ask(routes.DO_KEEP_HISTORY, newcomer.secret, draft=draft)

    assert answer == {"refusal": "history.problem.outdated"}
    assert _rows(portal, tables.HistoryKey) == 0


async def test_k18_nothing_of_it_is_in_a_state_or_a_log(portal, ask, begin, newcomer, bring_back):
    code = await begin()
    bring_back()

    async with portal.tab(newcomer.secret) as tab:
        read = await ask(routes.DO_READ_HISTORY, newcomer.secret)
        await ask(routes.DO_UNLOCK_HISTORY, newcomer.secret, password=NEW, code=WRONG_CODE)
        await tab.settle()
        assert TITLE not in tab.told

    assert TITLE in json.dumps(read, ensure_ascii=False)
    said = portal.log.read_text("utf-8")
    for private in (TITLE, code, WRONG_CODE, PASSWORD, NEW):
        assert private not in said


async def test_k18_only_the_hash_of_the_cookie_is_in_the_database(portal, begin, newcomer):
    await begin()

    with Session(portal.engine) as tx:
        [key] = tx.exec(select(tables.SessionHistoryKey)).all()
    assert key.id_hash == id_hash_of(newcomer.secret)
    database = b"".join(file.read_bytes() for file in portal.folder.glob("portal.db*"))
    assert newcomer.secret.encode() not in database


@pytest.mark.parametrize(("library", "is_offered"), [("kagoshima", True), ("koganei", False)])
def test_k08_a_library_that_offers_no_history_has_no_door_to_it(
    library, is_offered, monkeypatch, tmp_path
):
    monkeypatch.setenv("PORTAL_LIBRARY", library)
    monkeypatch.setenv("PORTAL_FOLDER", str(tmp_path))
    libraries.current.cache_clear()
    transformers: Any = app.api_transformer
    with_doors, _ = transformers

    doors = {getattr(route, "path", "") for route in with_doors(Starlette()).routes}
    libraries.current.cache_clear()

    assert set(DOORS) <= doors if is_offered else not set(DOORS) & doors
    assert routes.DO_SIGN_IN in doors


def _newcomer(tx: Session) -> int:
    cards = select(tables.Patron.id).where(col(tables.Patron.card_number) == CARD)
    return tx.exec(cards).one() or 0


def _rows(portal, kind) -> int:
    with Session(portal.engine) as tx:
        return tx.exec(select(func.count()).select_from(kind)).one()
