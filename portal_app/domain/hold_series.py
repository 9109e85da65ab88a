"""Holds that belong together: asked for one after another, or any one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal_app.domain.holds import SET_ASIDE, HoldState
from portal_app.domain.policies import Series


class SeriesKind(StrEnum):
    """How the holds of a series belong together (K-28, G-33; いずれか予約)."""

    IN_ORDER = "in_order"
    ANY_ONE = "any_one"


class When(StrEnum):
    """When a patron says that holds belong together."""

    PLACING = "placing"  # まとめて予約 (K-28)
    LATER = "later"  # シリーズ予約組替 (G-33)


class Refusal(StrEnum):
    """Why a series is not made or changed: ``hold_series.refusal.<value>``."""

    NOT_OFFERED_WHEN_PLACING = "not_offered_when_placing"
    NOT_OFFERED_LATER = "not_offered_later"
    ANY_ONE_NOT_OFFERED = "any_one_not_offered"
    SERIES_IS_GONE = "series_is_gone"
    NOT_ON_HOLD = "not_on_hold"
    SET_ASIDE = "set_aside"
    FEWER_THAN_TWO = "fewer_than_two"


class Note(StrEnum):
    """What to know about a series that was made: ``hold_series.note.<value>``."""

    SOME_LEFT_OUT = "some_left_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which of a patron's waiting holds should belong together, in which order.

    Without a ``series_id`` they are a new series; without records it is dissolved.
    """

    series_id: int | None
    kind: SeriesKind
    record_ids: tuple[int, ...]
    when: When

    @property
    def is_placed_together(self) -> bool:
        """Whether they are placed now, in an order. A series there is already is changed later."""
        return self.series_id is None and self.when is When.PLACING


def not_offered(wish: Wish, policy: Series) -> Refusal | None:
    """Return why the library does not let anybody ask for this, or None."""
    if wish.is_placed_together:
        if not policy.when_placing:
            return Refusal.NOT_OFFERED_WHEN_PLACING
    elif not policy.later:
        return Refusal.NOT_OFFERED_LATER
    if wish.record_ids and wish.kind is SeriesKind.ANY_ONE and not policy.any_one:
        return Refusal.ANY_ONE_NOT_OFFERED
    return None


def members(wish: Wish, open_holds: Mapping[int, HoldState]) -> tuple[int, ...] | Refusal:
    """Return the records whose holds can make up the series, or why they cannot.

    Whoever places several holds at once has been told about each that was refused,
    and wants the others in their order nevertheless.
    """
    wanted = tuple(dict.fromkeys(wish.record_ids))
    waiting = tuple(one for one in wanted if open_holds.get(one) is HoldState.WAITING)
    if not wish.is_placed_together and waiting != wanted:
        is_missing = any(one not in open_holds for one in wanted)
        return Refusal.NOT_ON_HOLD if is_missing else Refusal.SET_ASIDE
    if wish.series_id is None and len(waiting) < 2:  # noqa: PLR2004  one book is no series
        return Refusal.FEWER_THAN_TWO
    return waiting


def holds_together(states: Sequence[HoldState], *, is_one_on_loan: bool) -> bool:
    """Return whether a series still says something: not of one hold alone that only waits."""
    return len(states) > 1 or is_one_on_loan or not SET_ASIDE.isdisjoint(states)
