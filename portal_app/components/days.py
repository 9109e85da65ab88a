"""What day it is where the page is read, so that overdue is overdue without a connection too."""

import reflex as rx
from reflex.vars import VarData
from reflex_base.utils.imports import ImportVar

from portal_app.components.rows import Row

_TODAY = VarData(
    imports={
        "$/utils/days": [ImportVar(tag=tag) for tag in ("countBefore", "laterOf", "useToday")]
    },
    hooks={"const today = useToday()": None},
)


def is_past(day: Row, *, as_of: Row) -> Row:
    """Return whether a day is over."""
    return _var(f"({day!s} < {_now(as_of)})", bool, day, as_of)


def is_today(day: Row, *, as_of: Row) -> Row:
    """Return whether it is this day."""
    return _var(f"({day!s} === {_now(as_of)})", bool, day, as_of)


def count_past(days: Row, *, as_of: Row) -> Row:
    """Return how many of the days are over."""
    counted = f"countBefore({days!s}, {_now(as_of)})"
    return _var(counted, int, days, as_of)


def today(*, as_of: Row) -> Row:
    """Return the day, as an ISO date. ``as_of`` is when the library was last asked."""
    return _var(_now(as_of), str, as_of)


def _now(as_of: Row) -> str:
    return f"laterOf(today, {as_of!s})"


def _var(expression: str, kind: type, *given: rx.Var) -> Row:
    merged = VarData.merge(_TODAY, *(one._get_all_var_data() for one in given))  # noqa: SLF001  Var has no public way
    return rx.Var(expression, _var_type=kind, _var_data=merged).guess_type()
