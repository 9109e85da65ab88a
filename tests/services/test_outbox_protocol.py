"""Whatever is sent, how often and in which order: each operation has one effect and one answer."""

import datetime as dt
import threading
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import Session, col, select

from portal_app import libraries
from portal_app.data.tables import CartLine, DeliveredOperation, Hold, Loan
from portal_app.domain.holds import HoldState
from portal_app.domain.outbox import Answer, Operation
from portal_app.domain.policies import RenewalBase, Renewals
from portal_app.services import outbox
from tests.conftest import NOW, TODAY, add_record, lend

HANAKO, KEN = PATRONS = (1, 3)
LINKS = 4
MOST_IN_CART, MOST_HOLDS, MOST_RENEWALS = 3, 2, 4
WANTED, BROWSED = (1, 2, 3), (4, 5, 6)
AT_HOME = {HANAKO: 7, KEN: 8}
WEEK = dt.timedelta(days=7)
PICKUP = {"pickup_branch": "main", "contact_method": "none", "expires_on": ""}
# Both patrons' devices draw from the same few, so that they meet.
IDS = tuple(str(uuid.UUID(int=number, version=4)) for number in range(12))


class Cut(Exception):
    """The process ends here."""


@dataclass
class Account:
    """What a patron has, by the library's book or by the test's."""

    in_cart: set[int] = field(default_factory=set)
    on_hold: set[int] = field(default_factory=set)
    given_up: int = 0
    renewals: int = 0
    due_on: dt.date = TODAY


def _our_library() -> libraries.Library:
    kagoshima = libraries.load("kagoshima")
    main = kagoshima.branches[0].model_copy(update={"code": "main"})
    limits = kagoshima.holds.limits.model_copy(update={"total": MOST_HOLDS, "by_class": {}})
    renewals = Renewals(base=RenewalBase.DUE_DATE, days=WEEK.days, limit=MOST_RENEWALS)
    return kagoshima.model_copy(
        update={
            "branches": (main,),
            "cart": kagoshima.cart.model_copy(update={"limit": MOST_IN_CART}),
            "holds": kagoshima.holds.model_copy(update={"limits": limits}),
            "loans": kagoshima.loans.model_copy(update={"renewals": renewals}),
        }
    )


OUR_LIBRARY = _our_library()


@pytest.fixture
def stacks(library, hanako, ken):
    """Six records that others have at home, and one that each patron has at home."""
    for record_id in WANTED + BROWSED:
        add_record(record_id, f"巻{record_id}")
    for record_id in AT_HOME.values():
        add_record(record_id, f"巻{record_id}", lent=False)
    return library


def begin_anew(library) -> None:
    """Empty carts, holds and answers, and lend each patron their book anew."""
    with Session(library) as tx, tx.begin():
        for table in (DeliveredOperation, CartLine, Hold):
            tx.execute(sa.delete(table))
        tx.execute(sa.delete(Loan).where(col(Loan.patron_id).in_(PATRONS)))
        for patron_id, record_id in AT_HOME.items():
            lend(tx, item_id=record_id * 10 + 1, patron_id=patron_id, due_on=TODAY)


def accounts(library) -> dict[int, Account]:
    """Return what the library has written down, without asking the code under test."""
    written = {patron_id: Account() for patron_id in PATRONS}
    with Session(library) as tx:
        for line in tx.exec(select(CartLine)):
            written[line.patron_id].in_cart.add(line.record_id)
        for hold in tx.exec(select(Hold)):
            account = written[hold.patron_id]
            if hold.ended_at is not None:
                account.given_up += 1
                continue
            assert hold.record_id not in account.on_hold
            account.on_hold.add(hold.record_id)
        for loan in tx.exec(select(Loan).where(col(Loan.patron_id).in_(PATRONS))):
            account = written[loan.patron_id]
            account.renewals, account.due_on = loan.renewals, loan.due_on
    return written


def answered(library) -> set[tuple[int, str]]:
    """Return which operations have an answer."""
    with Session(library) as tx:
        return {(kept.patron_id, kept.id) for kept in tx.exec(select(DeliveredOperation))}


def hold_of(library, patron_id: int, record_id: int) -> int | None:
    """Return the hold of a patron on a record: the open one, or the latest."""
    with Session(library) as tx:
        return tx.exec(
            select(Hold.id)
            .where(Hold.patron_id == patron_id, Hold.record_id == record_id)
            .order_by(col(Hold.id).desc())
        ).first()


def loan_of(library, patron_id: int) -> int:
    """Return the loan of a patron's."""
    with Session(library) as tx:
        return tx.exec(select(Loan.id).where(Loan.patron_id == patron_id)).one()


def deliver(patron_id: int, operation: Operation) -> Answer:
    return outbox.deliver(patron_id=patron_id, operation=operation, library=OUR_LIBRARY, now=NOW)


def deliver_until_answered(patron_id: int, operation: Operation) -> Answer:
    while True:
        with suppress(Cut):
            return deliver(patron_id, operation)


def at_once(*links: Sequence[tuple[int, Operation]]) -> Iterator[tuple[tuple[int, str], Answer]]:
    """Deliver over several links at the same moment, and return what each was told."""
    start = threading.Barrier(len(links))

    def send(link) -> list[Answer]:
        start.wait(timeout=30)
        return [deliver_until_answered(*one) for one in link]

    with ThreadPoolExecutor(len(links)) as threads:
        for link, answers in zip(links, threads.map(send, links), strict=True):
            for (patron_id, operation), answer in zip(link, answers, strict=True):
                yield (patron_id, operation.id), answer


@contextmanager
def cut_before(library, *commits: int):
    """End whatever is being done when all but its commit has been done, for these commits."""
    numbers = count()

    def end(_connection) -> None:
        if next(numbers) in commits:
            raise Cut

    sa.event.listen(library, "commit", end)
    try:
        yield
    finally:
        sa.event.remove(library, "commit", end)


class Deliveries(RuleBasedStateMachine):
    """Two patrons' devices that send in any order, and again, and are cut off."""

    patrons = st.sampled_from(PATRONS)
    records = st.sampled_from(WANTED)
    ids = st.sampled_from(IDS)

    def __init__(self, library) -> None:
        super().__init__()
        begin_anew(library)
        self.library = library
        self.expected = {patron_id: Account() for patron_id in PATRONS}
        self.answers: dict[tuple[int, str], Answer] = {}
        self.sent: list[tuple[int, Operation]] = []

    @rule(patron_id=patrons, made=ids, record_id=records)
    def put_in_the_cart(self, patron_id, made, record_id):
        def effect(mine: Account) -> Answer:
            if record_id in mine.in_cart:
                return Answer(id=made, is_done=True, reason="cart.refusal.already_in_cart")
            if len(mine.in_cart) == MOST_IN_CART:
                return refused(made, "cart.refusal.cart_is_full", limit=MOST_IN_CART)
            mine.in_cart.add(record_id)
            return Answer(id=made, is_done=True)

        self.send(patron_id, made, "cart.add", {"record_id": record_id}, effect)

    @rule(patron_id=patrons, made=ids, record_id=records)
    def take_out_of_the_cart(self, patron_id, made, record_id):
        def effect(mine: Account) -> Answer:
            mine.in_cart.discard(record_id)
            return Answer(id=made, is_done=True)

        self.send(patron_id, made, "cart.remove", {"record_id": record_id}, effect)

    @rule(patron_id=patrons, made=ids)
    def renew(self, patron_id, made):
        def effect(mine: Account) -> Answer:
            if mine.renewals == MOST_RENEWALS:
                return refused(made, "loans.refusal.renewal_limit_reached", limit=MOST_RENEWALS)
            mine.renewals += 1
            mine.due_on += WEEK
            return Answer(id=made, is_done=True, day=mine.due_on)

        loan_id = loan_of(self.library, patron_id)
        self.send(patron_id, made, "loans.renew", {"loan_id": loan_id}, effect)

    @rule(patron_id=patrons, made=ids, record_id=records)
    def place_a_hold(self, patron_id, made, record_id):
        def effect(mine: Account) -> Answer:
            if record_id in mine.on_hold:
                mine.in_cart.discard(record_id)
                return refused(made, "holds.refusal.already_on_hold", day=TODAY)
            if record_id not in mine.in_cart:
                return refused(made, "outbox.refusal.no_longer_in_cart")
            if len(mine.on_hold) == MOST_HOLDS:
                return refused(made, "holds.refusal.hold_limit_reached", limit=MOST_HOLDS)
            mine.in_cart.remove(record_id)
            mine.on_hold.add(record_id)
            queue = sum(record_id in account.on_hold for account in self.expected.values())
            return Answer(id=made, is_done=True, place=queue)

        self.send(patron_id, made, "holds.place", {"record_id": record_id, **PICKUP}, effect)

    @rule(patron_id=patrons, made=ids, owner=patrons, record_id=records)
    def give_up_a_hold(self, patron_id, made, owner, record_id):
        def effect(mine: Account) -> Answer:
            if patron_id != owner or record_id not in mine.on_hold:
                return refused(made, "holds.not_cancelled.not_on_hold")
            mine.on_hold.remove(record_id)
            mine.given_up += 1
            return Answer(id=made, is_done=True)

        hold_id = hold_of(self.library, owner, record_id) or 999
        self.send(patron_id, made, "holds.cancel", {"hold_id": hold_id}, effect)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_again_after_the_answer_was_lost(self, data):
        patron_id, operation = data.draw(st.sampled_from(self.sent))

        assert deliver(patron_id, operation) == self.answers[patron_id, operation.id]

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_all_again_over_several_links(self, data):
        order = data.draw(st.permutations(self.sent))

        for key, answer in at_once(order, order[::-1]):
            assert answer == self.answers[key]

    @rule(patron_id=patrons, made=ids)
    def be_cut_off(self, patron_id, made):
        loan_id = loan_of(self.library, patron_id)
        operation = Operation(id=made, kind="loans.renew", payload={"loan_id": loan_id})

        with cut_before(self.library, 0), pytest.raises(Cut):
            deliver(patron_id, operation)

    @invariant()
    def the_library_has_written_down_each_effect_once(self):
        assert accounts(self.library) == self.expected
        assert answered(self.library) == set(self.answers)

    def send(self, patron_id, made, kind, payload, effect) -> None:
        """Send an operation. An id that has been used before has its answer already."""
        operation = Operation(id=made, kind=kind, payload=payload)
        if (patron_id, made) not in self.answers:
            self.answers[patron_id, made] = effect(self.expected[patron_id])
            self.sent.append((patron_id, operation))

        assert deliver(patron_id, operation) == self.answers[patron_id, made]


def refused(
    made: str, reason: str, *, limit: int | None = None, day: dt.date | None = None
) -> Answer:
    return Answer(id=made, is_done=False, reason=reason, limit=limit, day=day)


def test_in_any_order_and_however_often_an_operation_has_one_effect(stacks):
    run_state_machine_as_test(
        lambda: Deliveries(stacks),
        settings=settings(max_examples=20, stateful_step_count=25, deadline=None),
    )


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # emptied by each example
)
@given(data=st.data())
def test_over_several_links_at_once_an_operation_has_one_effect(stacks, data):
    begin_anew(stacks)
    holds = put_aside(stacks)
    sent = data.draw(
        st.dictionaries(
            st.tuples(st.sampled_from(PATRONS), st.sampled_from(IDS)),
            st.one_of(
                st.just(("loans.renew", 0)),
                st.tuples(st.just("cart.add"), st.sampled_from(BROWSED)),
                st.tuples(st.just("holds.place"), st.sampled_from(WANTED)),
                st.just(("holds.cancel", 0)),
            ),
            min_size=2,
        )
    )
    operations = {key: _operation(stacks, key, act, holds) for key, act in sent.items()}
    links = [
        [(key[0], operations[key]) for key in data.draw(st.permutations(list(sent)))]
        for _ in range(LINKS)
    ]
    cuts = data.draw(st.sets(st.integers(0, len(sent) * LINKS)))

    told = defaultdict(set)
    with cut_before(stacks, *cuts):
        for key, answer in at_once(*links):
            told[key].add(answer)

    assert all(len(answers) == 1 for answers in told.values())
    assert answered(stacks) == set(sent)
    done = Counter(
        (key[0], sent[key][0])
        for key, [answer] in told.items()
        if answer.is_done and not answer.reason
    )
    for patron_id, account in accounts(stacks).items():
        renewed, added, placed, cancelled = (
            done[patron_id, kind]
            for kind in ("loans.renew", "cart.add", "holds.place", "holds.cancel")
        )
        assert (account.renewals, account.due_on) == (renewed, TODAY + renewed * WEEK)
        assert account.given_up == cancelled
        assert len(account.on_hold) == 1 - cancelled + placed
        assert len(account.in_cart) == 2 - placed + added


def put_aside(library) -> dict[int, int]:
    """Put two records in each cart and one on hold, and return the holds."""
    placed = {}
    with Session(library) as tx, tx.begin():
        for number, patron_id in enumerate(PATRONS, start=1):
            for record_id in WANTED[:2]:
                tx.add(CartLine(patron_id=patron_id, record_id=record_id, added_at=NOW))
            hold = Hold(
                patron_id=patron_id,
                record_id=WANTED[2],
                state=HoldState.WAITING,
                slot=1,
                queue_number=number,
                pickup_branch="main",
                contact_method="none",
                placed_at=NOW,
            )
            tx.add(hold)
            tx.flush()  # the holds get their numbers
            placed[patron_id] = hold.id
    return placed


def _operation(library, key, act, holds) -> Operation:
    (patron_id, made), (kind, record_id) = key, act
    payload = {
        "loans.renew": {"loan_id": loan_of(library, patron_id)},
        "cart.add": {"record_id": record_id},
        "holds.place": {"record_id": record_id, **PICKUP},
        "holds.cancel": {"hold_id": holds[patron_id]},
    }[kind]
    return Operation(id=made, kind=kind, payload=payload)
