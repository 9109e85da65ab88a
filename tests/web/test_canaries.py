"""What is planted in a patron's life must be found nowhere else afterwards."""

import httpx
from reflex_base.registry import RegistrationContext

from portal_app import portal_app, routes  # noqa: F401  so that every handler is registered
from portal_app.state.access import access_of
from tests.web.examples import payload_for
from tests.web.wire import cookie, id_hash_of

CARD, PASSWORD = "1000001", "correct horse 1"
GUESS = "wrong horse CANARY"


async def test_nothing_private_stands_in_an_address(real_portal):
    answers = [
        await real_portal.post(routes.DO_SIGN_IN, card=CARD, password=GUESS, wish="71"),
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
            await tab.send(name, **payload_for(access, number=7001))
            await tab.send(name, **{"typed": GUESS, **payload_for(access, number=7001)})
        assert "CANARY-LOAN" in tab.told
        assert CARD not in tab.told
        assert secret not in tab.told
    async with httpx.AsyncClient(
        base_url=real_portal.origin, headers=cookie(secret), follow_redirects=True
    ) as browser:
        for page in (routes.HOME, routes.ACCOUNT, routes.LOANS, "/_health"):
            assert "CANARY" not in (await browser.get(page)).text
    await real_portal.post(routes.DO_SIGN_OUT, secret)

    assert real_portal.left_behind() == []


def _opening():
    return [
        (name, registered)
        for name, registered in RegistrationContext.get().event_handlers.items()
        if name.endswith(".open")
    ]
