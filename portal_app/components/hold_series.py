"""Holds that belong together, as a page arranges them before anything is sent (G-33).

The Python face of portal_app/browser/hold_series.js.
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.vars import VarData

from portal_app.components.local import USED
from portal_app.components.modules import computed, function, use
from portal_app.components.rows import Row, kind_of_rows

_MODULE = "hold_series"
_USED = VarData.merge(
    use(_MODULE, "draftFixed", "draftKeys", "draftOf", "draftOthers", "draftRows"),
    use(_MODULE, "holdsTicked", "isDraftTooShort", "isHoldTicked"),
    use(_MODULE, "looseAmong", "membersOf", "seriesAmong"),
    USED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSeries:
    """A series as its patron knows it."""

    series_id: int
    number: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a patron arranges: a new series, or one that has a number."""

    is_open: bool
    series_id: int | None
    number: int | None
    kind: str


class DraftHeading(rx.Component):
    """The heading of a draft, at which whoever has opened it goes on."""

    library = f"$/utils/{_MODULE}"
    tag = "DraftHeading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranging:
    """What a page does with the holds of a state's field."""

    holds: Row

    def series(self) -> Row:
        """Return the series among the holds, by their numbers."""
        return self._told("seriesAmong({holds})", list[ShownSeries])

    def members(self, series: Row) -> Row:
        """Return the holds of a series, in its order."""
        return self._rows(f"membersOf({{holds}}, {series.series_id!s})", series.series_id)

    def loose(self) -> Row:
        """Return the waiting holds that are in no series."""
        return self._rows("looseAmong({holds})")

    def ticked(self) -> Row:
        """Return those of them that are ticked."""
        return self._rows("holdsTicked(local, {holds})")

    def draft_rows(self) -> Row:
        """Return what the draft holds, in its order."""
        return self._rows("draftRows(local, {holds})")

    def draft_keys(self) -> Row:
        """Return what tells the rows of the draft from each other."""
        return self._told("draftKeys(local, {holds})", list[int])

    def draft_fixed(self) -> Row:
        """Return what stands in front, since the library has set it aside."""
        return self._rows("draftFixed(local, {holds})")

    def draft_others(self) -> Row:
        """Return what could be added to the draft."""
        return self._rows("draftOthers(local, {holds})")

    def is_too_short(self) -> rx.Var[bool]:
        """Return whether the draft has too few holds for a series."""
        return self._told("isDraftTooShort(local, {holds})", bool)

    def begin(self) -> rx.Var[Any]:
        """Return an event that opens a draft of what is ticked."""
        return _deed("beginSeries", self.holds)

    def regroup(self, series: Row) -> rx.Var[Any]:
        """Return an event that opens a draft of a series."""
        return _deed("regroupSeries", self.holds, series)

    def dissolve(self, series: Row) -> rx.Var[Any]:
        """Return an event that lets the holds of a series go their own ways."""
        return _deed("dissolveSeries", self.holds, series)

    def send(self) -> rx.Var[Any]:
        """Return an event that asks the library for what was arranged, once."""
        return _deed("sendDraft", self.holds)

    def _rows(self, expression: str, *given: rx.Var) -> Row:
        return self._told(expression, list[kind_of_rows(self.holds)], *given)

    def _told(self, expression: str, kind: Any, *given: rx.Var) -> Row:  # noqa: ANN401  any type
        written = expression.format(holds=str(self.holds))
        return computed(written, kind, _USED, self.holds, *given)


def draft() -> Row:
    """Return the draft that is open, if one is."""
    return computed("draftOf(local)", Draft, _USED)


def is_ticked(hold: Row) -> rx.Var[bool]:
    """Return whether a hold is ticked."""
    return computed(f"isHoldTicked(local, {hold!s})", bool, _USED, hold)


def tick(hold: Row) -> rx.Var[Any]:
    """Return an event that ticks a hold, or no longer."""
    return _deed("tickHold", hold)


def set_kind(kind: str) -> rx.Var[Any]:
    """Return an event that makes the draft a series of another kind."""
    return _deed("setDraftKind", kind)


def take_in(hold: Row) -> rx.Var[Any]:
    """Return an event that adds a hold to the draft."""
    return _deed("takeIn", hold)


def take_out(hold: Row) -> rx.Var[Any]:
    """Return an event that takes a hold out of the draft."""
    return _deed("takeOut", hold)


def leave() -> rx.Var[Any]:
    """Return an event that forgets the draft."""
    return _deed("leaveDraft")


def place() -> rx.Var[Any]:
    """Return what is done when a row of the draft is put elsewhere."""
    return function("placeInDraft", _MODULE)


def _deed(name: str, *given: object) -> rx.Var[Any]:
    return function(name, _MODULE).partial(*(rx.Var.create(one) for one in given))
