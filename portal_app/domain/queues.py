"""Queues: whose turn it is, and how long the wait may be."""

import datetime as dt
import math
import statistics
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from portal_app.domain.hold_series import SeriesKind
from portal_app.domain.holds import HoldState
from portal_app.domain.policies import NextInSeries

# Fewer loans than these are no basis for an estimate; older ones tell of other times.
LOANS_OF_RECORD = 5
LOANS_OF_CLASS = 30
LOANS_COUNT_FOR = dt.timedelta(days=730)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An open hold of a series, and where it stands there."""

    hold_id: int
    place: int
    state: HoldState


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What decides whose turn it is in a series. ``is_one_out``: a loan from it is not back."""

    kind: SeriesKind
    members: tuple[Member, ...]
    is_one_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A waiting hold, as far as it concerns who is served next."""

    hold_id: int
    patron_id: int
    pickup_branch: str
    queue_number: int
    suspended_until: dt.date | None = None
    expires_on: dt.date | None = None
    series_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfCopy:
    """A copy that stands on the shelf of a branch and can be lent."""

    item_id: int
    branch_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnover:
    """How many days loans last: a quarter ends by ``quick``, three quarters by ``slow``."""

    quick: int
    slow: int

    @classmethod
    def of(cls, days: Sequence[int]) -> Self:
        """Return the quartiles of at least three loans, rounded away from each other."""
        quick, _, slow = statistics.quantiles(days, n=4)
        return cls(quick=math.floor(quick), slow=max(1, math.ceil(slow)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Between how many and how many days somebody may wait yet."""

    days_min: int
    days_max: int


def is_suspended(suspended_until: dt.date | None, today: dt.date) -> bool:
    """Return whether a hold is passed over today. The last day of a suspension is one of it."""
    return suspended_until is not None and today <= suspended_until


def is_turn_in_series(hold_id: int, series: Series, next_when: NextInSeries) -> bool:
    """Return whether a waiting member of a series may be served now (K-28, G-33).

    In order, it depends on those before it; of any one, on whether another one
    is set aside already.
    """
    mine = next(member for member in series.members if member.hold_id == hold_id)
    others = [member for member in series.members if member.hold_id != hold_id]
    if series.kind is SeriesKind.ANY_ONE:
        return all(other.state is HoldState.WAITING for other in others)
    before = [other.state for other in others if other.place < mine.place]
    if next_when is NextInSeries.READY:
        return all(state is HoldState.READY for state in before)
    if next_when is NextInSeries.RETURNED and series.is_one_out:
        return False
    return not before


def wait(*, place: int, copies: int, turnover: Turnover | None, pickup_days: int) -> Wait | None:
    """Return how long whoever has this place in line may wait, or None without a basis.

    With so many copies the line moves in rounds: in each round every copy comes
    back once, so place n is served in round r = ⌈n / copies⌉.

    At the soonest the copies of the first round come back today, and all before
    that round last as the quicker quarter of loans: (r - 1) * quick. At the
    latest each of the r rounds lasts as all but the slowest quarter, and in those
    before it the copy lay on the hold shelf to the last day: r * slow +
    (r - 1) * pickup_days. A range, because nobody knows more: no mean is
    given, and a place that nothing was ever learnt about gets none.
    """
    if turnover is None or copies < 1:
        return None
    rounds = math.ceil(place / copies)
    return Wait(
        days_min=(rounds - 1) * turnover.quick,
        days_max=rounds * turnover.slow + (rounds - 1) * pickup_days,
    )


def turnover(of_record: Collection[int], of_class: Collection[int]) -> Turnover | None:
    """Return what an estimate rests on, from how many days loans have lasted.

    A record's own loans tell most, a few of them already; where there are fewer,
    those of its class do, if there are enough that one odd loan does not matter.
    """
    if len(of_record) >= LOANS_OF_RECORD:
        return Turnover.of([*of_record])
    if len(of_class) >= LOANS_OF_CLASS:
        return Turnover.of([*of_class])
    return None


def in_turn(
    waiting: Iterable[Waiting],
    series: Mapping[int, Series],
    *,
    next_when: NextInSeries,
    today: dt.date,
) -> Iterator[Waiting]:
    """Return those of a queue, in its order, who would be served if a copy came back now.

    The others keep their place and are passed over: suspended, not their turn in
    a series, or no longer wanted though nobody has ended it yet.
    """
    for one in waiting:
        if is_suspended(one.suspended_until, today):
            continue
        if one.expires_on is not None and one.expires_on < today:
            continue
        if one.series_id is not None and not is_turn_in_series(
            one.hold_id, series[one.series_id], next_when
        ):
            continue
        yield one


def to_fetch(
    turns: Mapping[int, Sequence[Waiting]],
    copies: Mapping[int, Sequence[ShelfCopy]],
    series: Mapping[int, Series],
) -> Mapping[int, Waiting]:
    """Return which copies should be fetched from the shelf, and for whom in turn.

    Both are given by record. Who comes first is served first, from the branch where they
    pick up if it has a copy. Of what somebody wants any one of, one is enough.
    """
    fetched: dict[int, Waiting] = {}
    served: set[int] = set()
    for record_id, line in turns.items():
        left = list(copies.get(record_id, ()))
        for one in line:
            if not left:
                break
            if one.series_id in served:
                continue
            fetched[_nearest(left, one.pickup_branch).item_id] = one
            if one.series_id is not None and series[one.series_id].kind is SeriesKind.ANY_ONE:
                served.add(one.series_id)
    return fetched


def _nearest(left: list[ShelfCopy], pickup_branch: str) -> ShelfCopy:
    """Take the copy at a branch out of those that are left, or the first where it has none."""
    there = (number for number, one in enumerate(left) if one.branch_code == pickup_branch)
    return left.pop(next(there, 0))
