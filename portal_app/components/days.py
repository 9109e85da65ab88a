"""What day it is where the page is read, so that overdue is overdue without a connection too."""

from portal_app.components.modules import computed, use
from portal_app.components.rows import Row

_TODAY = use("days", "countBefore", "laterOf", "useToday", hook="const today = useToday()")


def is_past(day: Row, *, as_of: Row) -> Row:
    """Return whether a day is over."""
    return computed(f"({day!s} < {_now(as_of)})", bool, _TODAY, day, as_of)


def is_today(day: Row, *, as_of: Row) -> Row:
    """Return whether it is this day."""
    return computed(f"({day!s} === {_now(as_of)})", bool, _TODAY, day, as_of)


def count_past(days: Row, *, as_of: Row) -> Row:
    """Return how many of the days are over."""
    counted = f"countBefore({days!s}, {_now(as_of)})"
    return computed(counted, int, _TODAY, days, as_of)


def today(*, as_of: Row) -> Row:
    """Return the day, as an ISO date. ``as_of`` is when the library was last asked."""
    return computed(_now(as_of), str, _TODAY, as_of)


def _now(as_of: Row) -> str:
    return f"laterOf(today, {as_of!s})"
