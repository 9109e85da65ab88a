import datetime as dt
import inspect
import uuid

import pytest
import reflex as rx
from sqlmodel import Session, func, select

from portal_app.data.tables import CartLine, DeliveredOperation, Hold, Loan
from portal_app.services.sessions import SignedIn
from portal_app.state.access import UnwelcomeArguments, access_of
from portal_app.state.account import AccountState
from portal_app.state.cart import CartState
from portal_app.state.holds import HoldsState
from portal_app.state.loans import LoansState
from portal_app.state.outbox import MOST_AT_ONCE, OutboxState, Sent
from portal_app.state.session import NotSignedIn, SessionState
from tests.conftest import NOW, TODAY, lend


@pytest.fixture
async def outbox(tab) -> OutboxState:
    """What Hanako's tab delivers to."""
    return await tab.get_state(OutboxState)


@pytest.fixture
def kokoro_at_home(library, hanako, kokoro) -> int:
    """Hanako has こころ at home, due in three days."""
    with Session(library) as tx, tx.begin():
        return lend(tx, item_id=21, patron_id=hanako, due_on=TODAY + dt.timedelta(days=3))


def sent(kind: str, **payload) -> Sent:
    return Sent(id=str(uuid.uuid4()), kind=kind, payload=payload)


def effects_in(library) -> tuple[int, ...]:
    with Session(library) as tx:
        renewals = tx.exec(select(func.coalesce(func.sum(Loan.renewals), 0))).one()
        counts = (
            tx.exec(select(func.count()).select_from(table)).one()
            for table in (CartLine, Hold, DeliveredOperation)
        )
        return (renewals, *counts)


async def test_what_is_delivered_is_done_and_answered_in_its_order(
    outbox, library, ginga, kokoro_at_home, pickup_branch
):
    wanted = {"pickup_branch": pickup_branch, "contact_method": "mail", "expires_on": ""}
    operations = [
        sent("cart.add", record_id=ginga),
        sent("loans.renew", loan_id=kokoro_at_home),
        sent("holds.place", record_id=ginga, **wanted),
        sent("loans.renew", loan_id=kokoro_at_home),
    ]

    await outbox.deliver("hanako", operations)

    assert [answer.id for answer in outbox.answers] == [one["id"] for one in operations]
    assert [answer.is_done for answer in outbox.answers] == [True, True, True, False]
    assert outbox.answers[1].day == TODAY + dt.timedelta(days=14)
    assert outbox.answers[2].place == 1
    assert outbox.answers[3].reason == "loans.refusal.renewal_limit_reached"
    assert effects_in(library) == (1, 0, 1, 4)


async def test_what_is_delivered_again_has_the_same_answer_and_no_other_effect(
    outbox, library, kokoro_at_home
):
    operations = [sent("loans.renew", loan_id=kokoro_at_home)]
    await outbox.deliver("hanako", operations)
    first = outbox.answers

    await outbox.deliver("hanako", operations)

    assert outbox.answers == first
    assert effects_in(library) == (1, 0, 0, 1)


async def test_answers_come_in_one_update_with_what_they_have_changed(
    outbox, tab, ginga, kokoro_at_home
):
    tab._clean()
    adds, renews = sent("cart.add", record_id=ginga), sent("loans.renew", loan_id=kokoro_at_home)

    # What steps in between would send is more than one update.
    assert not inspect.isasyncgenfunction(OutboxState.deliver.fn)
    await outbox.deliver("hanako", [adds, renews])

    update = tab.get_delta()
    named = {
        state.__name__: {
            name.removesuffix("_rx_state_"): value
            for name, value in update[state.get_full_name()].items()
        }
        for state in (OutboxState, CartState, LoansState, HoldsState, AccountState, SessionState)
    }
    assert [answer.is_done for answer in named["OutboxState"]["answers"]] == [True, True]
    assert [line.record.record_id for line in named["CartState"]["lines"]] == [ginga]
    assert named["LoansState"]["loans"][0].renewals == 1
    assert named["AccountState"]["overview"].in_cart == 1
    assert named["HoldsState"]["is_loaded"]
    assert named["SessionState"]["cart_count"] == 1


@pytest.mark.parametrize("owner", ["ken", "", "HANAKO", "hanako "])
async def test_nothing_is_done_for_whoever_has_signed_in_instead(
    outbox, tab, library, ginga, owner
):
    tab._clean()

    await outbox.deliver(owner, [sent("cart.add", record_id=ginga)])

    assert outbox.answers == []
    assert effects_in(library) == (0, 0, 0, 0)
    assert tab.get_delta() == {}


async def test_nothing_is_done_for_a_stranger(library, ginga):
    outbox = await rx.State().get_state(OutboxState)

    for owner in ("", "hanako"):
        with pytest.raises(NotSignedIn):
            await outbox.deliver(owner, [sent("cart.add", record_id=ginga)])

    assert effects_in(library) == (0, 0, 0, 0)


async def test_nothing_is_done_while_the_first_password_holds(library, hanako, ginga):
    root = rx.State()
    session = await root.get_state(SessionState)
    session._welcome(
        SignedIn(
            id_hash="hash",
            patron_id=hanako,
            name="花子",
            card_masked="****001",
            card_expires_on=TODAY,
            must_change_password=True,
            cart_count=0,
            unread_count=0,
            display={},
            created_at=NOW,
            seen_at=NOW,
        ),
        owner="hanako",
    )
    outbox = await root.get_state(OutboxState)

    for owner in ("", "hanako"):
        with pytest.raises(NotSignedIn):
            await outbox.deliver(owner, [sent("cart.add", record_id=ginga)])

    assert effects_in(library) == (0, 0, 0, 0)


def test_no_more_is_taken_at_once_than_a_device_sends():
    assert len(admitted([sent("cart.add", record_id=1)] * MOST_AT_ONCE)) == MOST_AT_ONCE

    with pytest.raises(UnwelcomeArguments):
        admitted([sent("cart.add", record_id=1)] * (MOST_AT_ONCE + 1))


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "x" * 37},
        {"id": 1},
        {"kind": "x" * 41},
        {"kind": None},
        {"payload": [1]},
        {"payload": {"record_id": 2**31}},
        {"payload": {"x": {"x": {"x": {}}}}},
    ],
    ids=str,
)
def test_what_no_device_sends_is_turned_away(wrong):
    with pytest.raises(UnwelcomeArguments):
        admitted([{**sent("cart.add", record_id=1), **wrong}])


def test_what_is_said_beside_an_operation_is_not_heard():
    operation = sent("cart.add", record_id=1)

    assert admitted([{**operation, "owner": "ken", "patron_id": 2}]) == [operation]


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("cart.empty", {}),
        ("", {}),
        ("cart.add", {}),
        ("cart.add", {"record_id": "1"}),
        ("cart.add", {"record_id": 1, "patron_id": 2}),
    ],
)
async def test_what_is_not_understood_is_answered_so(outbox, library, ginga, kind, payload):
    await outbox.deliver("hanako", [sent(kind, **payload), sent("cart.add", record_id=ginga)])

    refused, done = outbox.answers
    assert (refused.is_done, refused.reason) == (False, "outbox.refusal.not_understood")
    assert done.is_done
    assert effects_in(library)[1] == 1


def admitted(operations: object) -> list[Sent]:
    """Return what comes through the guard."""
    access = access_of(OutboxState.deliver.fn)
    assert access is not None
    return access.admit({"owner": "hanako", "operations": operations})["operations"]
