"""Several things that one press asks for, and what became of each.

The Python face of portal_app/browser/together.js.
"""

from typing import Any

import reflex as rx
from reflex.vars import VarData

from portal_app.components.local import USED, Local
from portal_app.components.modules import computed, use
from portal_app.components.offline import Operation
from portal_app.components.rows import Row

_TOGETHER = VarData.merge(
    use("together", "askedTogether", "isTogether", "together"),
    use("offline/view", "useOffline", hook="const offline = useOffline()"),
    USED,
)


def is_together(asked: Local) -> rx.Var[bool]:
    """Return whether what the page remembers there is what it did last."""
    return _seen(f"isTogether(local, offline, {rx.Var.create(asked.name)!s})", bool)


def count_together(asked: Local) -> Row:
    """Return how many were asked for."""
    return _seen(f"askedTogether(local, {rx.Var.create(asked.name)!s}).ids.length", int)


def together(asked: Local, state: str) -> Row:
    """Return what of it is done, told (done, with something to know), waiting or refused."""
    names = f"{rx.Var.create(asked.name)!s}, {rx.Var.create(state)!s}"
    return _seen(f"together(local, offline, {names})", list[Operation])


def _seen(expression: str, kind: Any) -> Row:  # noqa: ANN401  any type
    return computed(expression, kind, _TOGETHER)
