"""The real portal: nobody reaches what is another's, by any handler there is."""

import uuid

import pytest
from reflex_base.registry import RegistrationContext
from sqlmodel import SQLModel

from portal_app import portal_app  # noqa: F401  so that every handler is registered
from portal_app.services.outbox import KINDS
from portal_app.state.access import Audience, access_of
from portal_app.state.outbox import OutboxState
from portal_app.web.identity import owner_of
from tests.web.examples import payload_for

PASSWORD = "correct horse 1"
PRIVATE = ("CANARY-LOAN", "CANARY-HOLD", "CANARY-CART", "花子", "1000001")
HER_LOAN, HER_HOLD, HER_RECORD = 7001, 8001, 73
REGISTERED = RegistrationContext.get().event_handlers
DELIVER = f"{OutboxState.get_full_name()}.deliver"
HERSELF = ("patron", ("id", 1))
HERS = (HER_LOAN, HER_HOLD, HER_RECORD)


def _handlers(*audiences: Audience):
    for name, registered in REGISTERED.items():
        access = access_of(registered.handler.fn)
        if access is not None and access.audience in audiences:
            yield pytest.param(name, access, id=name.rpartition("____")[2])


@pytest.mark.parametrize(("name", "access"), [*_handlers(Audience.PATRON, Audience.FRESH_PATRON)])
async def test_a_stranger_reaches_nothing(real_portal, name, access):
    before = rows(real_portal)

    async with real_portal.tab() as stranger:
        for number in HERS:
            await stranger.send(name, **payload_for(access, number=number))

        assert stranger.sent_to == ["/sign-in?problem=needed&next=%2F"] * len(HERS)
        assert not _private_in(stranger.told)
    assert rows(real_portal) == before


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


@pytest.mark.parametrize("kind", KINDS)
async def test_what_another_patron_sends_touches_nothing_of_hers(real_portal, kens_tab, kind):
    before = _hers(real_portal)

    for number in HERS:
        await _deliver(kens_tab, kind, number, owner=kens_tab.var("session_state", "owner"))
        assert len(kens_tab.var("outbox_state", "answers")) == 1
        assert not _private_in(str(kens_tab.var("outbox_state", "answers")))

    assert _hers(real_portal) == before


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_hers_is_never_done_as_another_patron(real_portal, kens_tab, kind):
    key = (real_portal.folder / "key").read_bytes()
    before = rows(real_portal)

    for number in HERS:
        await _deliver(kens_tab, kind, number, owner=owner_of(key, patron_id=1))

    assert kens_tab.var("outbox_state", "answers") == []
    assert rows(real_portal) == before


@pytest.mark.parametrize("kind", KINDS)
async def test_what_a_stranger_sends_in_her_name_does_nothing(real_portal, kind):
    key = (real_portal.folder / "key").read_bytes()
    before = rows(real_portal)

    async with real_portal.tab() as stranger:
        for number in HERS:
            await _deliver(stranger, kind, number, owner=owner_of(key, patron_id=1))

        assert stranger.var("outbox_state", "answers") == []
    assert rows(real_portal) == before


async def test_nobody_is_told_the_answer_to_her_operation(real_portal, kens_tab):
    secret = await real_portal.sign_in("1000001", PASSWORD)
    operation = {"id": str(uuid.uuid4()), "kind": "cart.add", "payload": {"record_id": 71}}
    async with real_portal.tab(secret) as hers:
        owner = hers.var("session_state", "owner")
        await hers.send(DELIVER, owner=owner, operations=[operation])
        assert hers.var("outbox_state", "answers")[0]["is_done"] is True

    asked = {**operation, "payload": {"record_id": 987}}
    owner = kens_tab.var("session_state", "owner")
    await kens_tab.send(DELIVER, owner=owner, operations=[asked])

    [answer] = kens_tab.var("outbox_state", "answers")
    assert (answer["is_done"], answer["reason"]) == (False, "cart.refusal.not_in_catalogue")
    _forget_delivered(real_portal)


@pytest.mark.parametrize("method", ["setvar", "reset", "_look", "get_state", "__init__"])
async def test_no_other_method_is_a_handler(real_portal, kens_tab, method):
    before = rows(real_portal)

    for state in {name.rpartition(".")[0] for name in REGISTERED}:
        await kens_tab.send_raw({"name": f"{state}.{method}", "payload": {"value": 9}})
    await kens_tab.settle()

    assert rows(real_portal) == before


async def _deliver(tab, kind: str, number: int, *, owner: str) -> None:
    payload = {name: number for name in KINDS[kind].payload.model_fields if name.endswith("_id")}
    if kind == "holds.place":
        payload |= {"pickup_branch": "honkan", "contact_method": "none", "expires_on": ""}
    operation = {"id": str(uuid.uuid4()), "kind": kind, "payload": payload}
    await tab.send(DELIVER, owner=owner, operations=[operation])


def _forget_delivered(portal) -> None:
    with portal.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM delivered_operation")
        connection.exec_driver_sql("DELETE FROM cart_line WHERE record_id = 71")


def _private_in(told: str) -> list[str]:
    return [private for private in PRIVATE if private in told]


def _hers(portal) -> list[tuple[object, ...]]:
    """Return every row that belongs to Hanako, who is patron 1."""
    return [row for row in rows(portal) if ("patron_id", 1) in row or row[:2] == HERSELF]


def rows(portal) -> list[tuple[object, ...]]:
    """Return every row there is, but those that come and go by themselves."""
    come_and_go = {"patron_session", "session_tab", "staff_session", "staff_tab", "job"}
    with portal.engine.connect() as connection:
        return [
            (table.name, *row._mapping.items())
            for table in SQLModel.metadata.sorted_tables
            if table.name not in come_and_go
            for row in connection.execute(table.select())
        ]
