"""The real portal: nobody reaches what is another's, by any handler there is."""

import pytest
from reflex_base.registry import RegistrationContext
from sqlmodel import SQLModel

from portal_app import portal_app  # noqa: F401  so that every handler is registered
from portal_app.state.access import Audience, access_of
from tests.web.examples import payload_for

PASSWORD = "correct horse 1"
PRIVATE = ("CANARY-LOAN", "CANARY-HOLD", "CANARY-CART", "花子", "1000001")
HER_LOAN, HER_HOLD, HER_RECORD = 7001, 8001, 73
REGISTERED = RegistrationContext.get().event_handlers
HERSELF = ("patron", ("id", 1))
HERS = (HER_LOAN, HER_HOLD, HER_RECORD)


def _handlers(*audiences: Audience):
    for name, registered in REGISTERED.items():
        access = access_of(registered.handler.fn)
        if access is not None and access.audience in audiences:
            yield pytest.param(name, access, id=name.rpartition("____")[2])


@pytest.mark.parametrize(("name", "access"), [*_handlers(Audience.PATRON, Audience.FRESH_PATRON)])
async def test_a_stranger_reaches_nothing(real_portal, name, access):
    before = _rows(real_portal)

    async with real_portal.tab() as stranger:
        for number in HERS:
            await stranger.send(name, **payload_for(access, number=number))

        assert stranger.sent_to == ["/sign-in?problem=needed&next=%2F"] * len(HERS)
        assert not _private_in(stranger.told)
    assert _rows(real_portal) == before


@pytest.mark.parametrize(
    ("name", "access"),
    [*_handlers(Audience.PATRON, Audience.FRESH_PATRON, Audience.ANYONE)],
)
async def test_another_patron_reaches_nothing_of_hers(real_portal, kens_tab, name, access):
    before = _hers(real_portal)

    for number in (HER_LOAN, HER_HOLD):
        await kens_tab.send(name, **payload_for(access, number=number))
    assert not _private_in(kens_tab.told)

    # Her record is in the catalogue for anyone to see, but not that it is in her cart.
    await kens_tab.send(name, **payload_for(access, number=HER_RECORD))
    assert _hers(real_portal) == before


async def test_no_other_method_is_a_handler(real_portal, kens_tab):
    before = _rows(real_portal)

    for state in {name.rpartition(".")[0] for name in REGISTERED}:
        for method in ("setvar", "reset", "_look", "get_state", "__init__"):
            await kens_tab.send_raw({"name": f"{state}.{method}", "payload": {"value": 9}})
    await kens_tab.settle()

    assert _rows(real_portal) == before


def _private_in(told: str) -> list[str]:
    return [private for private in PRIVATE if private in told]


def _hers(portal) -> list[tuple[object, ...]]:
    """Return every row that belongs to Hanako, who is patron 1."""
    return [row for row in _rows(portal) if ("patron_id", 1) in row or row[:2] == HERSELF]


def _rows(portal) -> list[tuple[object, ...]]:
    """Return every row there is, but those of sessions and tabs that come and go."""
    come_and_go = {"patron_session", "session_tab"}
    with portal.engine.connect() as connection:
        return [
            (table.name, *row._mapping.items())
            for table in SQLModel.metadata.sorted_tables
            if table.name not in come_and_go
            for row in connection.execute(table.select())
        ]
