"""What is planted in a patron's life must be found nowhere else afterwards."""

import json
import uuid

import httpx
import reflex as rx
from reflex_base.registry import RegistrationContext

from portal_app import portal_app, routes  # noqa: F401  so that every handler is registered
from portal_app.state.access import access_of
from portal_app.state.card import CardState
from portal_app.state.outbox import OutboxState
from portal_app.state.patron_information import PatronInformationState
from tests.web.conftest import TELEPHONE
from tests.web.examples import payload_for
from tests.web.wire import cookie, id_hash_of

CARD, PASSWORD = "1000001", "correct horse 1"
INFORMATION = PatronInformationState.get_full_name()
DELIVER = f"{OutboxState.get_full_name()}.deliver"
GUESS = "wrong horse CANARY"


async def test_nothing_private_stands_in_an_address(real_portal):
    answers = [
        await real_portal.post(routes.DO_SIGN_IN, at="/sign-in?wish=71", card=CARD, password=GUESS),
        await real_portal.post(routes.DO_SIGN_IN, card=CARD, password=PASSWORD),
    ]
    secret = await real_portal.sign_in(CARD, PASSWORD)
    answers += [
        await real_portal.post(routes.DO_CHANGE_PASSWORD, secret, current=GUESS, new=GUESS),
        await real_portal.post(routes.DO_CHANGE_PASSWORD, secret, current=PASSWORD, new=GUESS),
        await real_portal.post(routes.DO_SIGN_OUT, secret),
    ]

    for answer in answers:
        address = answer.headers["location"]
        for private in (CARD, PASSWORD, GUESS, "CANARY", secret, id_hash_of(secret)):
            assert private not in address


async def test_nothing_private_stands_in_a_page_or_in_what_is_left_behind(real_portal):
    secret = await real_portal.sign_in(CARD, PASSWORD)
    real_portal.planted.add(GUESS)
    async with real_portal.tab(secret) as tab:
        for name, registered in _opening():
            access = access_of(registered.handler.fn)
            assert access is not None
            async with real_portal.tab(secret) as another:  # no tab may say all of it at once
                await another.send(name, **payload_for(access, number=7001))
                await another.send(name, **{"typed": GUESS, **payload_for(access, number=7001)})
            tab.updates += another.updates
        await tab.send(DELIVER, **_delivering(GUESS, owner=tab.var("session_state", "owner")))
        assert len(tab.var("outbox_state", "answers")) == 3
        assert "CANARY-LOAN" in tab.told
        assert CARD not in _told_apart_from(tab, CardState)
        # Addresses and telephone numbers are masked, whichever page shows them.
        assert "x***@example.jp" in tab.told
        assert "CANARY-MAIL" not in tab.told
        assert TELEPHONE not in tab.told
        # An answer goes back under the number it was asked by.
        assert GUESS not in tab.told.replace(f'"id": "{GUESS}"', "")
        assert secret not in tab.told
    async with httpx.AsyncClient(
        base_url=real_portal.origin, headers=cookie(secret), follow_redirects=True
    ) as browser:
        for page in (routes.HOME, routes.ACCOUNT, routes.LOANS, "/_health"):
            assert "CANARY" not in (await browser.get(page)).text
    await real_portal.post(routes.DO_SIGN_OUT, secret)

    assert real_portal.left_behind() == []


def _delivering(text: str, *, owner: str) -> dict[str, object]:
    """Return a delivery with a text wherever one can stand."""
    real, empty = str(uuid.uuid4()), str(uuid.uuid4())
    operations = [
        {"id": text, "kind": "cart.add", "payload": {"record_id": 71}},
        {"id": real, "kind": text, "payload": {"record_id": 71}},
        {"id": empty, "kind": "cart.add", "payload": {"record_id": text, text: 71}},
    ]
    return {"owner": owner, "operations": operations}


def _told_apart_from(tab, state: type[rx.State]) -> str:
    """Return what a tab has been told, but by one state: only the card shows its number."""
    changes = [
        changes
        for update in tab.updates
        for name, changes in (update.get("delta") or {}).items()
        if name != state.get_full_name()
    ]
    return json.dumps(changes, ensure_ascii=False)


def _opening():
    return [
        (name, registered)
        for name, registered in RegistrationContext.get().event_handlers.items()
        if name.endswith((".open", ".fill"))
    ]


async def test_what_is_typed_of_oneself_is_not_told_again_and_not_left_behind(real_portal):
    """K-10: an address that was typed goes into the database, and nowhere else."""
    typed = {
        "address_1": "typed-CANARY@example.jp",
        "repeated_1": "typed-CANARY@example.jp",
        "telephone": "09911112222",
        "due_date_days": "1",
        "registration_to_1": "on",
        "due_date_to_1": "on",
        "loan_is_sent": "no",
    }
    secret = await real_portal.sign_in("1000002", PASSWORD)
    async with real_portal.tab(secret) as tab:
        await tab.send(f"{INFORMATION}.check", typed=typed | {"repeated_1": "other-CANARY"})
        await tab.send(f"{INFORMATION}.check", typed=typed)
        await tab.send(f"{INFORMATION}.save", typed=typed, lang="ja")
        await tab.send(f"{INFORMATION}.save", typed=["typed-CANARY"], lang="ja")
        told = tab.var("patron_information_state", "information")

        assert told["addresses"][0]["waiting"] == "t***@example.jp"
        assert told["telephone"] == "*******2222"
        assert "typed-CANARY" not in tab.told
        assert "09911112222" not in tab.told
    assert real_portal.left_behind() == []
