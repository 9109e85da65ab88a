"""Whatever patrons and the desk do in whatever order: what must hold does, after each deed."""

import datetime as dt
from collections.abc import Collection

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine

from portal_app.domain.catalogue import ItemState
from portal_app.domain.holds import SET_ASIDE, HoldState
from portal_app.domain.policies import NextInSeries
from portal_app.services import holds
from tests.circulation import invariants, journal, world
from tests.circulation.deeds import OPEN, WAITING, Deed, Deeds
from tests.circulation.world import BRANCHES, ITEMS, MEI, PATRONS, RECORDS, YUKI
from tests.conftest import NOW

# As many lives as there is time for in CI, and the same each time. To search for longer,
# multiply them, take ``derandomize`` away, and let ``Phase.shrink`` shorten what is found.
LIVES = {"sqlite": 24, "postgresql": 10}
DEEDS_IN_A_LIFE = 40


class Circulation(RuleBasedStateMachine):
    """A few patrons who want the same few copies, a desk in each branch, and a clock."""

    patrons = st.sampled_from(PATRONS)
    records = st.sampled_from(RECORDS)
    items = st.sampled_from(tuple(ITEMS))
    branches = st.sampled_from(BRANCHES)
    kinds = st.sampled_from(("in_order", "in_order", "any_one"))

    def __init__(self, engine: Engine, empty: world.Snapshot) -> None:
        super().__init__()
        world.put_back(engine, empty)
        self.engine, self.now = engine, NOW
        self.next_when = NextInSeries.LENT
        self.page = journal.read(engine, self.next_when)

    @initialize(next_when=st.sampled_from(NextInSeries))
    def open_the_library(self, next_when):
        self.next_when = next_when
        self.page = journal.read(self.engine, next_when)
        for patron_id, item_id in ((YUKI, 11), (YUKI, 21), (MEI, 22), (MEI, 31)):
            self.do(self.deeds.lend(patron_id, item_id))

    @rule(patron_id=patrons, record_id=records, branch=branches, days=st.sampled_from((0, 0, 4)))
    def place(self, patron_id, record_id, branch, days):
        expires_on = self.now.date() + dt.timedelta(days=days) if days else None
        self.do(self.deeds.place(patron_id, record_id, branch=branch, expires_on=expires_on))

    @rule(record_id=records)
    def everybody_wants_the_same(self, record_id):
        for patron_id in PATRONS:
            self.do(self.deeds.place(patron_id, record_id))

    @rule(patron_id=patrons, kind=kinds, order=st.permutations(RECORDS[:3]))
    def place_together(self, patron_id, kind, order):
        free = set(PATRONS) - {patron for patron, _ in self.deeds.on_hold(*PATRONS)}
        patron_id = min(free, default=patron_id)
        for record_id in order:
            self.do(self.deeds.place(patron_id, record_id))
        self.do(self.deeds.arrange(patron_id, kind, order))

    @rule(hold=st.integers(0), what=st.sampled_from(("cancel", "resume", "step_back")))
    def be_less_eager(self, hold, what):
        patron_id, record_id = self.one_of(hold)
        self.do(getattr(self.deeds, what)(patron_id, record_id))

    @rule(hold=st.integers(0))
    def ask_to_cancel(self, hold):
        self.do(self.deeds.ask_to_cancel(*self.one_of(hold, SET_ASIDE)))

    @rule(hold=st.integers(0), branch=branches)
    def change(self, hold, branch):
        self.do(self.deeds.change(*self.one_of(hold), branch=branch))

    @rule(hold=st.integers(0), days=st.integers(0, 6))
    def suspend(self, hold, days):
        self.do(self.deeds.suspend(*self.one_of(hold, WAITING), days=days))

    @rule(
        hold=st.integers(0),
        kind=kinds,
        order=st.permutations(RECORDS),
        many=st.integers(0, 3),
        is_new=st.booleans(),
    )
    def arrange(self, hold, kind, order, many, is_new):
        patron_id, record_id = self.one_of(hold, WAITING)
        mine = [one for one in order if (patron_id, one) in self.deeds.on_hold(patron_id)]
        with_ = None if is_new else record_id
        self.do(self.deeds.arrange(patron_id, kind, mine[:many], with_=with_))

    @rule(patron_id=patrons, item_id=items, branch=branches)
    def lend(self, patron_id, item_id, branch):
        self.do(self.deeds.lend(patron_id, item_id, branch=branch))

    @rule()
    def whoever_has_something_ready_comes(self):
        ready = [hold for hold in self.page.holds.values() if hold["state"] == "ready"]
        for hold in ready:
            self.do(self.deeds.lend(hold["patron_id"], hold["item_id"]))

    @rule(item_id=items, branch=branches)
    def check_in(self, item_id, branch):
        self.do(self.deeds.check_in(item_id, branch=branch))

    @rule(branch=branches)
    def everything_comes_back(self, branch):
        for item_id in self.page.out():
            self.do(self.deeds.check_in(item_id, branch=branch))

    @rule(loan=st.integers(0), often=st.integers(1, world.MOST_RENEWALS + 1))
    def renew(self, loan, often):
        for borrower, record_id in self.a_loan(loan) * often:
            self.do(self.deeds.renew(borrower, record_id))

    @rule(hold=st.integers(0), states=st.sampled_from((OPEN, SET_ASIDE)))
    def cancel_by_library(self, hold, states):
        self.do(self.deeds.cancel_by_library(*self.one_of(hold, states)))

    @rule(
        item_id=items,
        state=st.sampled_from((ItemState.ON_SHELF, ItemState.MISSING, ItemState.IN_REPAIR)),
    )
    def mark(self, item_id, state):
        self.do(self.deeds.mark(item_id, state))

    # What follows is seldom met by chance, and where mistakes hide.

    @rule(patron_id=patrons, loan=st.integers(0))
    def somebody_asks_for_what_is_then_renewed(self, patron_id, loan):
        for borrower, record_id in self.a_loan(loan):
            self.do(self.deeds.place(patron_id, record_id))
            self.do(self.deeds.renew(borrower, record_id))

    @rule(hold=st.integers(0))
    def the_next_in_line_is_away_when_it_comes(self, hold):
        patron_id, record_id = self.one_of(hold, WAITING)
        self.do(self.deeds.suspend(patron_id, record_id, days=2))
        self.find(record_id)

    @rule(patron_id=patrons, kind=kinds)
    def all_of_a_series_comes_from_its_end(self, patron_id, kind):
        for other, record_id in self.deeds.on_hold(*PATRONS):
            self.do(self.deeds.cancel_by_library(other, record_id))
        for record_id in RECORDS[:3]:
            self.do(self.deeds.place(patron_id, record_id))
        mine = [record_id for _, record_id in self.deeds.on_hold(patron_id, states=WAITING)]
        self.do(self.deeds.arrange(patron_id, kind, mine))
        for record_id in reversed(mine):
            self.find(record_id)

    @rule(hold=st.integers(0), state=st.sampled_from((ItemState.MISSING, ItemState.IN_REPAIR)))
    def what_was_set_aside_is_lost(self, hold, state):
        _, record_id = self.one_of(hold, WAITING)
        self.find(record_id)
        for item_id in sorted(self.page.kept())[:1]:
            self.do(self.deeds.mark(item_id, state))

    @rule(days=st.integers(1, 4))
    def days_pass(self, days):
        self.now += dt.timedelta(days=days)
        self.do(self.deeds.lapse())

    @rule()
    def look(self):
        places = invariants.places(self.engine)
        for patron_id in PATRONS:
            for hold in holds.look(patron_id=patron_id, library=self.deeds.library, now=self.now):
                place, length = places.get(hold.hold_id, (None, hold.queue_length))
                assert (hold.place, hold.queue_length) == (place, length)

    @invariant()
    def what_must_never_be_is_not(self):
        assert invariants.broken(self.engine) == []
        assert invariants.out_of_order(self.engine) == []

    @property
    def deeds(self) -> Deeds:
        return Deeds(engine=self.engine, library=world.library_of(self.next_when), now=self.now)

    def one_of(self, hold: int, states: Collection[HoldState] = OPEN) -> tuple[int, int]:
        """Return whose hold on what: one that there is, where there is one."""
        found = self.deeds.on_hold(*PATRONS, states=states)
        return found[hold % len(found)] if found else (PATRONS[0], RECORDS[0])

    def a_loan(self, loan: int) -> list[tuple[int, int]]:
        """Return who has what at home: one, if there is any."""
        found = self.deeds.at_home(*PATRONS)
        return [found[loan % len(found)]] if found else []

    def find(self, record_id: int) -> None:
        """Bring all copies of a record to the desk, wherever they were."""
        for item_id in (item for item, record in ITEMS.items() if record == record_id):
            self.do(self.deeds.check_in(item_id))

    def do(self, deed: Deed) -> None:
        """Do a deed, and see that it has changed only what it may."""
        before = self.page
        deed()
        self.page = journal.read(self.engine, self.next_when)
        assert journal.wrong(before, self.page, self.now.date()) == []


def test_whatever_is_done_in_whatever_order_all_that_must_hold_does(library):
    world.build(library)
    empty = world.remember(library)

    run_state_machine_as_test(
        lambda: Circulation(library, empty),
        settings=settings(
            max_examples=LIVES[library.dialect.name],
            stateful_step_count=DEEDS_IN_A_LIFE,
            deadline=None,
            derandomize=True,
            phases=(Phase.generate,),
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
