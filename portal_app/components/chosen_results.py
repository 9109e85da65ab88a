"""What is ticked among the results of a search, through all its pages.

The Python face of portal_app/browser/chosen_results.js.
"""

from typing import Any

import reflex as rx
from reflex.vars import VarData

from portal_app.components.choosing_shelves import AskedRecord
from portal_app.components.errand import errand
from portal_app.components.local import USED, local
from portal_app.components.modules import computed, function, use
from portal_app.components.rows import Row
from portal_app.components.together import is_together, together
from portal_app.domain.catalogue import Availability
from portal_app.domain.holds import refused_for_everyone
from portal_app.domain.policies import Holds

_MODULE = "chosen_results"
# Where it is remembered, for whoever makes an end of it.
CHOSEN = "results.chosen"
_PUT = local("page.put", default=None, kind=object)
_CHOICE = VarData.merge(
    use(_MODULE, "isResultChosen", "leftOut", "resultsChosen"),
    USED,
)


def is_chosen(address: Row, record: Row) -> rx.Var[bool]:
    """Return whether a record is ticked in the search that an address asks for."""
    return _asked(f"isResultChosen(local, {address!s}, {record!s})", bool, address, record)


def chosen_at(address: Row) -> Row:
    """Return the records that are ticked in the search that an address asks for."""
    return _asked(f"resultsChosen(local, {address!s})", list[AskedRecord], address)


def choose(address: Row, record: Row) -> rx.Var[Any]:
    """Return an event that ticks a record, or no longer."""
    return _event("tickResult", address, record)


def choose_page(address: Row, rows: Row) -> rx.Var[Any]:
    """Return an event that ticks every row of the page, too."""
    return _event("tickPage", address, rows)


def choose_none(address: Row) -> rx.Var[Any]:
    """Return an event that ticks nothing any more, on whichever page."""
    return _event("tickNoResult", address)


def taken_up(address: Row, records: Row) -> rx.Component:
    """Tick again what a stranger had ticked, who has signed in meanwhile."""
    return errand("chosen", records, then=_event("tickResults", address))


def put_in_cart(address: Row, *, policy: Holds) -> rx.Var[Any]:
    """Return an event that puts in the cart what is ticked, and may be placed on hold."""
    return _event("putChosenInCart", address, chosen_at(address), _refused(policy))


def put_all_in_cart(records: Row, *, policy: Holds) -> rx.Var[Any]:
    """Return an event that puts records in the cart that may be placed on hold (K-59)."""
    return _event("putAllInCart", records, _refused(policy))


def is_put_together() -> rx.Var[bool]:
    """Return whether putting several in the cart is what this page did last."""
    return is_together(_PUT)


def put_together(state: str) -> Row:
    """Return what of it is done, told (done, with something to know), waiting or refused."""
    return together(_PUT, state)


def left_out() -> Row:
    """Return how many nobody may place on hold just now."""
    return _asked("leftOut(local)", int)


def forget_answer() -> rx.Var[Any]:
    """Return an event that says no more what became of it."""
    return _PUT.set(None)


def _refused(policy: Holds) -> list[str]:
    return [one.value for one in Availability if refused_for_everyone(one, policy) is not None]


def _event(name: str, *given: Any) -> Row:  # noqa: ANN401  Vars and texts
    return function(name, _MODULE).partial(*(rx.Var.create(one) for one in given))


def _asked(expression: str, kind: Any, *given: rx.Var) -> Row:  # noqa: ANN401  any type
    return computed(expression, kind, _CHOICE, *given)
