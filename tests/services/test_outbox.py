import datetime as dt
import re
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pkgutil import iter_modules

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, func, select

from portal_app import libraries, services
from portal_app.data.tables import CartLine, DeliveredOperation, Hold, Loan
from portal_app.domain.holds import HoldState
from portal_app.domain.outbox import REASONS, Answer, Operation
from portal_app.services import holds, outbox
from portal_app.text import written
from tests.conftest import NOW, TODAY, add_record, lend

KAGOSHIMA = libraries.load("kagoshima")
YESTERDAY = TODAY - dt.timedelta(days=1)
PICKUP = {"pickup_branch": "main", "contact_method": "none", "expires_on": ""}
ONE, OTHER = (str(uuid.UUID(int=number, version=4)) for number in (1, 2))


class Cut(Exception):
    """The process ends here."""


@contextmanager
def cut(engine, moment):
    """End whatever is being done when it comes to this moment."""

    def end(*said) -> None:
        if moment == "commit" or "INSERT INTO delivered_operation" in said[2]:
            raise Cut

    event = "commit" if moment == "commit" else "before_cursor_execute"
    sa.event.listen(engine, event, end)
    try:
        yield
    finally:
        sa.event.remove(engine, event, end)


@pytest.fixture
def our_library() -> libraries.Library:
    """Kagoshima's rules with the two branches of the tests, and a cart for two."""
    main, west = KAGOSHIMA.branches[:2]
    return KAGOSHIMA.model_copy(
        update={
            "branches": (
                main.model_copy(update={"code": "main"}),
                west.model_copy(update={"code": "west"}),
            ),
            "cart": KAGOSHIMA.cart.model_copy(update={"limit": 2}),
        }
    )


@pytest.fixture
def send(our_library):
    """Send an operation from a patron's device: a new one, unless the test names it."""

    def send(patron_id, kind, *, sent=None, now=NOW, **payload) -> Answer:
        operation = Operation(id=sent or str(uuid.uuid4()), kind=kind, payload=payload)
        return outbox.deliver(
            patron_id=patron_id, operation=operation, library=our_library, now=now
        )

    return send


@pytest.fixture
def kokoro_at_home(library, hanako, kokoro) -> int:
    """Hanako has こころ at home, due in three days."""
    with Session(library) as tx, tx.begin():
        return lend(tx, item_id=21, patron_id=hanako, due_on=TODAY + dt.timedelta(days=3))


@pytest.fixture
def hanako_waits(send, hanako, ginga) -> int:
    """Hanako waits for 銀河鉄道の夜."""
    send(hanako, "cart.add", record_id=ginga)
    send(hanako, "holds.place", record_id=ginga, **PICKUP)
    (hold,) = look(hanako)
    return hold.hold_id


def look(patron_id: int) -> tuple[holds.OpenHold, ...]:
    return holds.look(patron_id=patron_id, library=KAGOSHIMA, now=NOW)


def said(answer: Answer) -> dict[str, object]:
    """Return what an answer says, without the operation that it belongs to."""
    facts = {
        "reason": answer.reason,
        "day": answer.day,
        "limit": answer.limit,
        "place": answer.place,
    }
    return {"is_done": answer.is_done} | {name: fact for name, fact in facts.items() if fact}


def in_cart(library, patron_id) -> set[int]:
    with Session(library) as tx:
        return set(tx.exec(select(CartLine.record_id).where(CartLine.patron_id == patron_id)))


def counted(library, table) -> int:
    with Session(library) as tx:
        return tx.exec(select(func.count()).select_from(table)).one()


def test_a_record_is_put_in_the_cart_and_taken_out(send, library, hanako, ginga):
    assert said(send(hanako, "cart.add", record_id=ginga)) == {"is_done": True}
    assert in_cart(library, hanako) == {ginga}

    assert said(send(hanako, "cart.remove", record_id=ginga)) == {"is_done": True}
    assert in_cart(library, hanako) == set()


def test_what_is_in_the_cart_already_is_there_as_was_wished(send, hanako, ginga):
    send(hanako, "cart.add", record_id=ginga)

    answer = send(hanako, "cart.add", record_id=ginga)

    assert said(answer) == {"is_done": True, "reason": "cart.refusal.already_in_cart"}


def test_what_is_not_in_the_cart_is_taken_out_already(send, hanako, ginga):
    assert said(send(hanako, "cart.remove", record_id=ginga)) == {"is_done": True}


def test_a_full_cart_takes_nothing_more_and_says_how_many_it_takes(
    send, library, hanako, ginga, kokoro
):
    send(hanako, "cart.add", record_id=ginga)
    send(hanako, "cart.add", record_id=kokoro)

    answer = send(hanako, "cart.add", record_id=add_record(3, "坊っちゃん"))

    assert said(answer) == {"is_done": False, "reason": "cart.refusal.cart_is_full", "limit": 2}
    assert in_cart(library, hanako) == {ginga, kokoro}


def test_what_has_left_the_catalogue_is_not_put_in_the_cart(send, hanako):
    answer = send(hanako, "cart.add", record_id=404)

    assert said(answer) == {"is_done": False, "reason": "cart.refusal.not_in_catalogue"}


def test_a_renewed_loan_is_told_with_its_new_due_date(send, library, hanako, kokoro_at_home):
    answer = send(hanako, "loans.renew", loan_id=kokoro_at_home)

    day = TODAY + dt.timedelta(days=14)
    assert said(answer) == {"is_done": True, "day": day}
    with Session(library) as tx:
        assert tx.get_one(Loan, kokoro_at_home).due_on == day


def test_a_loan_that_is_not_renewed_says_from_when_it_will_be(send, library, hanako, kokoro):
    with Session(library) as tx, tx.begin():
        due_on = TODAY + dt.timedelta(days=14)
        loan_id = lend(tx, item_id=21, patron_id=hanako, due_on=due_on)

    answer = send(hanako, "loans.renew", loan_id=loan_id)

    assert said(answer) == {
        "is_done": False,
        "reason": "loans.refusal.would_not_move_due_date",
        "day": TODAY + dt.timedelta(days=1),
    }


def test_nobody_renews_the_loan_of_another(send, library, ken, kokoro_at_home):
    answer = send(ken, "loans.renew", loan_id=kokoro_at_home)

    assert said(answer) == {"is_done": False, "reason": "loans.refusal.not_on_loan"}
    with Session(library) as tx:
        assert tx.get_one(Loan, kokoro_at_home).renewals == 0


def test_a_hold_is_told_with_its_place_in_the_queue(
    send, library, hanako, ken, ginga, hanako_waits
):
    send(ken, "cart.add", record_id=ginga)

    answer = send(ken, "holds.place", record_id=ginga, **PICKUP | {"expires_on": str(TODAY)})

    assert said(answer) == {"is_done": True, "place": 2}
    assert in_cart(library, ken) == set()
    (hold,) = look(ken)
    assert (hold.pickup_branch, hold.contact_method, hold.expires_on) == ("main", "none", TODAY)


def test_an_expired_card_places_no_hold_and_says_when_it_expired(send, library, taro, ginga):
    send(taro, "cart.add", record_id=ginga)

    answer = send(taro, "holds.place", record_id=ginga, **PICKUP)

    assert said(answer) == {
        "is_done": False,
        "reason": "holds.refusal.card_expired",
        "day": YESTERDAY,
    }
    assert in_cart(library, taro) == {ginga}


def test_the_eleventh_hold_is_refused_with_the_limit(send, hanako, branches):
    for number in range(100, 110):
        send(hanako, "cart.add", record_id=add_record(number, f"巻{number}"))
        send(hanako, "holds.place", record_id=number, **PICKUP)
    send(hanako, "cart.add", record_id=add_record(110, "巻110"))

    answer = send(hanako, "holds.place", record_id=110, **PICKUP)

    assert said(answer) == {
        "is_done": False,
        "reason": "holds.refusal.hold_limit_reached",
        "limit": 10,
    }


def test_what_another_device_has_taken_out_of_the_cart_is_not_held(send, hanako, ginga):
    answer = send(hanako, "holds.place", record_id=ginga, **PICKUP)

    assert said(answer) == {"is_done": False, "reason": "outbox.refusal.no_longer_in_cart"}
    assert look(hanako) == ()


def test_what_another_device_has_placed_on_hold_is_not_held_twice(
    send, hanako, ginga, hanako_waits
):
    answer = send(hanako, "holds.place", record_id=ginga, **PICKUP)

    assert said(answer) == {
        "is_done": False,
        "reason": "holds.refusal.already_on_hold",
        "day": TODAY,
    }
    assert len(look(hanako)) == 1


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"pickup_branch": "moon"}, "not_a_pickup_branch"),
        ({"contact_method": "pigeon"}, "not_a_contact_method"),
        ({"expires_on": str(YESTERDAY)}, "expiry_has_passed"),
    ],
)
def test_a_hold_that_can_no_longer_be_served_as_asked_is_refused(
    send, library, hanako, ginga, changes, problem
):
    send(hanako, "cart.add", record_id=ginga)

    answer = send(hanako, "holds.place", record_id=ginga, **PICKUP | changes)

    assert said(answer) == {"is_done": False, "reason": f"holds.problem.{problem}"}
    assert in_cart(library, hanako) == {ginga}


def test_a_hold_is_given_up(send, hanako, hanako_waits):
    assert said(send(hanako, "holds.cancel", hold_id=hanako_waits)) == {"is_done": True}
    assert look(hanako) == ()


def test_a_hold_that_became_ready_meanwhile_is_not_given_up(send, library, hanako, hanako_waits):
    with Session(library) as tx, tx.begin():
        hold = tx.get_one(Hold, hanako_waits)
        hold.state, hold.item_id, hold.pickup_by = HoldState.READY, 11, TODAY

    answer = send(hanako, "holds.cancel", hold_id=hanako_waits)

    assert said(answer) == {"is_done": False, "reason": "holds.not_cancelled.ready_may_ask"}
    assert len(look(hanako)) == 1


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("cart.burn", {"record_id": 1}),
        ("cart.add", {}),
        ("cart.add", {"record_id": 1, "title": "こころ"}),
        ("cart.add", {"record_id": "1"}),
        ("cart.add", {"record_id": True}),
        ("cart.add", {"record_id": 1.0}),
        ("cart.add", {"record_id": 0}),
        ("cart.add", {"record_id": 2**31}),
        ("cart.add", {"record_id": [1]}),
        ("cart.remove", {"loan_id": 1}),
        ("loans.renew", {"loan_id": None}),
        ("holds.cancel", {"hold_id": -1}),
        ("holds.place", {"record_id": 1}),
        ("holds.place", {"record_id": 1, **PICKUP, "expires_on": "tomorrow"}),
        ("holds.place", {"record_id": 1, **PICKUP, "expires_on": 20261122}),
        ("holds.place", {"record_id": 1, **PICKUP, "pickup_branch": ["main"]}),
    ],
)
def test_what_is_not_understood_changes_nothing_and_is_told_so(
    send, library, hanako, ginga, kind, payload
):
    answer = send(hanako, kind, **payload)

    assert said(answer) == {"is_done": False, "reason": "outbox.refusal.not_understood"}
    assert (in_cart(library, hanako), counted(library, Hold)) == (set(), 0)


@pytest.mark.parametrize("payload", [None, "record_id", 1, [1], [["record_id", 1]]], ids=repr)
def test_what_carries_no_names_is_not_understood(our_library, hanako, ginga, payload):
    operation = Operation(id=ONE, kind="cart.add", payload=payload)

    answer = outbox.deliver(patron_id=hanako, operation=operation, library=our_library, now=NOW)

    assert said(answer) == {"is_done": False, "reason": "outbox.refusal.not_understood"}


def test_what_another_device_could_call_the_same_is_neither_done_nor_kept(
    send, library, hanako, ginga
):
    answer = send(hanako, "cart.add", sent="1", record_id=ginga)

    assert said(answer) == {"is_done": False, "reason": "outbox.refusal.not_understood"}
    assert in_cart(library, hanako) == set()
    assert counted(library, DeliveredOperation) == 0


def test_the_same_operation_gets_the_same_answer_and_has_no_second_effect(
    send, library, hanako, ginga
):
    first = send(hanako, "cart.add", sent=ONE, record_id=ginga)
    send(hanako, "cart.remove", sent=OTHER, record_id=ginga)

    again = send(hanako, "cart.add", sent=ONE, record_id=ginga, now=NOW + dt.timedelta(days=14))

    assert again == first == Answer(id=ONE, is_done=True)
    assert in_cart(library, hanako) == set()


@pytest.mark.parametrize("limit", [0, 1], ids=["refused", "done"])
def test_an_answer_keeps_all_that_it_said(our_library, library, hanako, kokoro_at_home, limit):
    renewals = our_library.loans.renewals.model_copy(update={"limit": limit})
    rules = our_library.loans.model_copy(update={"renewals": renewals})
    asked = {
        "patron_id": hanako,
        "operation": Operation(id=ONE, kind="loans.renew", payload={"loan_id": kokoro_at_home}),
        "library": our_library.model_copy(update={"loans": rules}),
        "now": NOW,
    }

    first = outbox.deliver(**asked)

    assert first.is_done == bool(limit)
    assert outbox.deliver(**asked) == first
    with Session(library) as tx:
        assert tx.get_one(Loan, kokoro_at_home).renewals == limit


def test_a_refusal_stays_one_though_it_could_be_done_by_now(send, library, hanako, ginga):
    refused = send(hanako, "holds.place", sent=ONE, record_id=ginga, **PICKUP)
    send(hanako, "cart.add", record_id=ginga)

    assert send(hanako, "holds.place", sent=ONE, record_id=ginga, **PICKUP) == refused
    assert send(hanako, "holds.place", sent=OTHER, record_id=ginga, **PICKUP).is_done
    assert counted(library, Hold) == 1


def test_two_patrons_may_call_an_operation_the_same(send, library, hanako, ken, ginga, kokoro):
    send(hanako, "cart.add", sent=ONE, record_id=ginga)
    send(ken, "cart.add", sent=ONE, record_id=kokoro)

    assert in_cart(library, hanako) == {ginga}
    assert in_cart(library, ken) == {kokoro}


@pytest.mark.parametrize("moment", ["answer", "commit"])
def test_what_is_cut_short_leaves_neither_effect_nor_answer(
    send, library, hanako, kokoro_at_home, moment
):
    with cut(library, moment), pytest.raises(Cut):
        send(hanako, "loans.renew", sent=ONE, loan_id=kokoro_at_home)

    with Session(library) as tx:
        assert tx.get_one(Loan, kokoro_at_home).renewals == 0
    assert counted(library, DeliveredOperation) == 0
    assert send(hanako, "loans.renew", sent=ONE, loan_id=kokoro_at_home).is_done


def test_whoever_collides_acts_anew_and_once(send, library, hanako, kokoro_at_home):
    collisions = []

    def collide(_connection) -> None:
        if not collisions:
            collisions.append(IntegrityError("commit", None, Exception("could not serialize")))
            raise collisions[0]

    sa.event.listen(library, "commit", collide)
    answer = send(hanako, "loans.renew", loan_id=kokoro_at_home)

    assert len(collisions) == 1
    assert answer.is_done
    with Session(library) as tx:
        assert tx.get_one(Loan, kokoro_at_home).renewals == 1


def test_a_half_open_link_and_a_new_one_deliver_once(our_library, library, hanako, kokoro_at_home):
    renewals = our_library.loans.renewals.model_copy(update={"limit": 9, "base": "due_date"})
    rules = our_library.loans.model_copy(update={"renewals": renewals})
    generous = our_library.model_copy(update={"loans": rules})
    operation = Operation(id=ONE, kind="loans.renew", payload={"loan_id": kokoro_at_home})
    start = threading.Barrier(4)

    def deliver(_link) -> Answer:
        start.wait(timeout=10)
        return outbox.deliver(patron_id=hanako, operation=operation, library=generous, now=NOW)

    with ThreadPoolExecutor(4) as links:
        answers = set(links.map(deliver, range(4)))

    assert [answer.is_done for answer in answers] == [True]
    with Session(library) as tx:
        assert tx.get_one(Loan, kokoro_at_home).renewals == 1


def test_nobody_can_read_from_the_answers_what_a_patron_reads(send, library, hanako):
    record_id = add_record(4711, "だれにも言わない本")
    send(hanako, "cart.add", record_id=record_id)
    send(hanako, "holds.place", record_id=record_id, **PICKUP)

    with library.connect() as connection:
        rows = connection.execute(sa.text("SELECT * FROM delivered_operation")).mappings().all()

    kept = {"patron_id", "id", "delivered_at", "is_done", "reason", "day", "limit", "place"}
    assert [set(row) for row in rows] == [kept, kept]
    assert record_id not in {fact for row in rows for fact in row.values()}


def test_an_answer_is_forgotten_when_no_device_can_ask_for_it(send, library, hanako, ginga):
    send(hanako, "cart.add", sent=ONE, record_id=ginga)
    send(hanako, "cart.add", sent=OTHER, record_id=ginga, now=NOW + dt.timedelta(days=1))

    outbox.forget_the_past(now=NOW + dt.timedelta(days=31))

    with Session(library) as tx:
        assert tx.exec(select(DeliveredOperation.id)).all() == [OTHER]


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_a_text_that_an_answer_can_fill(reason):
    # The device knows the title, and the portal its library's words.
    filled = {"day", "limit", "title", "cart", "shelf"}

    assert all(set(re.findall(r"\{(\w+)", text)) <= filled for text in written()[reason].values())


def test_every_kind_is_called_after_the_service_that_acts():
    modules = {module.name for module in iter_modules(services.__path__)}

    assert {kind.partition(".")[0] for kind in outbox.KINDS} <= modules
