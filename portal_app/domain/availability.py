"""Whether a patron can take an item or a record home now (the badge of K-22)."""

from collections.abc import Sequence

from portal_app.domain.catalogue import Availability, ItemState

# From the best news to the worst.
_BEST_FIRST = tuple(Availability)

_OF_STATE = {
    ItemState.ON_SHELF: Availability.AVAILABLE,
    ItemState.IN_TRANSIT: Availability.IN_TRANSIT,
    ItemState.ON_HOLD_SHELF: Availability.ON_HOLD_SHELF,
    ItemState.IN_REPAIR: Availability.UNAVAILABLE,
    ItemState.MISSING: Availability.UNAVAILABLE,
}


def of_item(*, state: ItemState, for_loan: bool, is_on_loan: bool) -> Availability:
    """Return what a patron can expect of one item."""
    if is_on_loan:
        return Availability.ON_LOAN
    if not for_loan and state is ItemState.ON_SHELF:
        return Availability.IN_LIBRARY_USE
    return _OF_STATE[state]


def of_record(items: Sequence[Availability], *, waiting: int) -> Availability:
    """Return the best news about any item of a record.

    An item on the shelf that a waiting hold will take is not available to the
    next who comes: there must be more items on the shelf than holds waiting.
    """
    if not items:
        return Availability.NO_ITEMS
    if 0 < items.count(Availability.AVAILABLE) <= waiting:
        return Availability.ON_LOAN
    return next(news for news in _BEST_FIRST if news in items)
