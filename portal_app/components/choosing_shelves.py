"""On which shelves records are to be put, as the page itself knows it (K-56, G-24, G-40).

The Python face of portal_app/browser/shelves/choice.js.
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.vars import VarData

from portal_app import libraries
from portal_app.components.errand import errand
from portal_app.components.local import USED
from portal_app.components.modules import computed, function, use
from portal_app.components.offline import Operation
from portal_app.components.rows import Row, shown
from portal_app.components.shelves import is_one_list
from portal_app.domain.shelves import UNSORTED
from portal_app.state.shelves import ShelvesState

_MODULE = "shelves/choice"
_OF_SHELVES = VarData.merge(
    use(_MODULE, "askedWhere", "isSettled", "outcomesOf", "chosenShelves"),
    use(_MODULE, "shelvesToChoose", "shelvesWith"),
    USED,
)
_OFFLINE = use("offline/view", "useOffline", hook="const offline = useOffline()")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRecord:
    """A record that is to be put on shelves."""

    record_id: int
    title: str
    volume: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the patron is asked, how far they have come, and what they have said so far."""

    step: str  # choose, check or done; empty as long as nothing is asked
    records: list[AskedRecord]
    problem: str
    limit: int
    said: str  # of a name: that it is made, or is there; empty for nothing
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A shelf that can be chosen, or was: what of the records it has, lacks and has room for."""

    shelf_id: str
    name: str
    count: int
    is_new: bool
    is_chosen: bool
    already: int
    missing: int
    fitting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of the records on a shelf."""

    shelf_id: str
    name: str
    state: str
    already: int
    fitting: int
    left_out: int
    operation: Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A shelf on which a record stands."""

    shelf_id: str
    name: str


def is_loaded() -> Row:
    """Return whether this page knows which shelves there are."""
    return shown(ShelvesState.is_loaded)


def model() -> str:
    """Return where the library's own way of saying it stands among the texts."""
    return f"shelf_choice.{libraries.current().shelf.model}"


def ask(records: Row, *, forget: str = "") -> rx.Var[Any]:
    """Return an event that asks on which shelves to put some records.

    ``forget`` names what was ticked for it, which is over once they are there.
    """
    return _asking("askWhere", forget).partial(records)


def ask_to_add_all(records: Row) -> rx.Var[Any]:
    """Return an event that asks the same, where one list is meant only whether (G-24)."""
    return _asking("askToAddAll", "").partial(records)


def taken_up(records: Row) -> rx.Component:
    """Ask on with what a stranger wished for, who has signed in meanwhile."""
    return errand("shelve", records, then=_asking("askWhere", ""))


def question() -> Row:
    """Return what is asked now."""
    return computed("askedWhere(local)", Question, _OF_SHELVES)


def offered() -> Row:
    """Return the shelves to choose from, by name."""
    return _of_shelves("shelvesToChoose", list[Offered])


def chosen() -> Row:
    """Return the shelves that are chosen and can take something."""
    return _of_shelves("chosenShelves", list[Offered])


def standing_on(record: Row) -> Row:
    """Return the shelves on which a record stands, as far as this device knows."""
    given = (shown(ShelvesState.shelves), shown(ShelvesState.contents), rx.Var.create(record))
    return _asked(f"shelvesWith({', '.join(map(str, given))})", list[Standing], *given)


def outcomes() -> Row:
    """Return what became of the records on each of the shelves."""
    contents = shown(ShelvesState.contents)
    using = VarData.merge(_OF_SHELVES, _OFFLINE)
    return computed(f"outcomesOf(local, offline, {contents!s})", list[Outcome], using, contents)


def are_all(found: Row, state: str) -> rx.Var[bool]:
    """Return whether every outcome is done, or every one waiting."""
    return _asked(f"isSettled({found!s}, {rx.Var.create(state)!s})", bool, found)


def choose(shelf_id: Row) -> rx.Var[Any]:
    """Return an event that chooses a shelf, or no longer."""
    return _event("chooseWhere", _rules(), shelf_id)


def make() -> rx.Var:
    """Return what the form does that names a new shelf."""
    return _event("makeShelf", _rules(), shown(ShelvesState.shelves))


def check() -> rx.Var[Any]:
    """Return an event that goes on to see it all once more."""
    return _event("checkShelves", chosen())


def choose_again() -> rx.Var[Any]:
    """Return an event that goes back to the choice."""
    return _event("chooseShelvesAgain")


def confirm() -> rx.Var[Any]:
    """Return an event that puts the records on the chosen shelves, once."""
    return _event("putOnShelves", chosen())


def dismiss() -> rx.Var[Any]:
    """Return an event that asks no more."""
    return _event("askNoLonger")


def _asking(name: str, forget: str) -> Row:
    shelves = (is_loaded(), shown(ShelvesState.shelves))
    return _event(name, _rules(), *shelves, forget)


def _rules() -> rx.Var:
    policy = libraries.current().shelf
    return rx.Var.create(
        {
            "is_one_list": is_one_list(),
            "unsorted": UNSORTED,
            "name_max": policy.name_max,
            "items_max": policy.items_max,
            "shelves_max": policy.shelves_max,
            "load": f"{ShelvesState.get_full_name()}.open",
        }
    )


def _of_shelves(name: str, kind: Any) -> Row:  # noqa: ANN401  any type
    given = (shown(ShelvesState.shelves), shown(ShelvesState.contents))
    asked = f"{name}({_rules()!s}, local, {', '.join(map(str, given))})"
    return _asked(asked, kind, *given)


def _event(name: str, *given: Any) -> Row:  # noqa: ANN401  Vars and texts
    return function(name, _MODULE).partial(*(rx.Var.create(one) for one in given))


def _asked(expression: str, kind: Any, *given: rx.Var) -> Row:  # noqa: ANN401  any type
    return computed(expression, kind, _OF_SHELVES, *given)
