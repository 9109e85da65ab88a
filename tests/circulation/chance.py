"""A deed by chance, as likely as makes everybody meet."""

from collections.abc import Collection
from dataclasses import dataclass
from random import Random

from portal_app.domain.catalogue import ItemState
from portal_app.domain.holds import SET_ASIDE, HoldState
from tests.circulation.deeds import OPEN, WAITING, Deed, Deeds
from tests.circulation.world import BRANCHES, ITEMS

_OFTEN = {
    "place": 34,
    "cancel": 6,
    "change": 6,
    "suspend": 6,
    "resume": 6,
    "step_back": 8,
    "ask_to_cancel": 6,
    "arrange": 14,
    "renew": 14,
    "lend": 16,
    "check_in": 14,
    "cancel_by_library": 3,
    "mark": 4,
}
KINDS = frozenset(_OFTEN)
_MARKS = (ItemState.MISSING, ItemState.IN_REPAIR, ItemState.ON_SHELF, ItemState.ON_SHELF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """Draws deeds of some patrons about some records."""

    random: Random
    patrons: Collection[int]
    records: Collection[int]

    def deed(self, deeds: Deeds) -> tuple[str, Deed]:
        """Return what happens next, and what it is called."""
        [kind] = self.random.choices(list(_OFTEN), list(_OFTEN.values()))
        return kind, getattr(self, f"_{kind}")(deeds)

    def _place(self, deeds: Deeds) -> Deed:
        return deeds.place(self._patron(), self._wanted(), branch=self._branch())

    def _cancel(self, deeds: Deeds) -> Deed:
        return deeds.cancel(*self._hold(deeds))

    def _change(self, deeds: Deeds) -> Deed:
        return deeds.change(*self._hold(deeds), branch=self._branch())

    def _suspend(self, deeds: Deeds) -> Deed:
        return deeds.suspend(*self._hold(deeds, WAITING), days=self.random.randint(0, 5))

    def _resume(self, deeds: Deeds) -> Deed:
        return deeds.resume(*self._hold(deeds))

    def _step_back(self, deeds: Deeds) -> Deed:
        return deeds.step_back(*self._hold(deeds, WAITING))

    def _ask_to_cancel(self, deeds: Deeds) -> Deed:
        return deeds.ask_to_cancel(*self._hold(deeds, SET_ASIDE))

    def _arrange(self, deeds: Deeds) -> Deed:
        patron_id, record_id = self._hold(deeds, WAITING)
        mine = [record for _, record in deeds.on_hold(patron_id, states=WAITING)]
        many = self.random.choice([0, *range(2, len(mine) + 1)])
        chosen = self.random.sample(mine, many)
        kind = self.random.choice(["in_order", "in_order", "any_one"])
        return deeds.arrange(patron_id, kind, chosen, with_=self.random.choice([None, record_id]))

    def _renew(self, deeds: Deeds) -> Deed:
        return deeds.renew(*self._loan(deeds))

    def _lend(self, deeds: Deeds) -> Deed:
        return deeds.lend(self._patron(), self._item(), branch=self._branch())

    def _check_in(self, deeds: Deeds) -> Deed:
        return deeds.check_in(self._item(), branch=self._branch())

    def _cancel_by_library(self, deeds: Deeds) -> Deed:
        return deeds.cancel_by_library(*self._hold(deeds))

    def _mark(self, deeds: Deeds) -> Deed:
        return deeds.mark(self._item(), self.random.choice(_MARKS))

    def _hold(self, deeds: Deeds, states: Collection[HoldState] = OPEN) -> tuple[int, int]:
        """Return whose hold on what: almost always one that there is."""
        found = deeds.on_hold(*self.patrons, states=states)
        return self.random.choice([*found, (self._patron(), self._record())])

    def _loan(self, deeds: Deeds) -> tuple[int, int]:
        found = deeds.at_home(*self.patrons)
        return self.random.choice([*found, (self._patron(), self._record())])

    def _patron(self) -> int:
        return self.random.choice(list(self.patrons))

    def _record(self) -> int:
        return self.random.choice(list(self.records))

    def _wanted(self) -> int:
        """Return a record: the first is wanted most, and for the last hardly anybody waits."""
        wanted = list(self.records)
        return self.random.choices(wanted, [8, 4, 2, 1][: len(wanted)])[0]

    def _item(self) -> int:
        of_ours = [item for item, record in ITEMS.items() if record in self.records]
        return self.random.choice(of_ours)

    def _branch(self) -> str:
        return self.random.choice(BRANCHES)
