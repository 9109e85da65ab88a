"""What tests of holds do: place them, look at them, set items aside, and all that at once."""

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from typing import Any

from sqlmodel import Session

from portal_app import libraries
from portal_app.data.database import current_engine
from portal_app.data.tables import Hold
from portal_app.domain.holds import HoldKey, HoldState, Request
from portal_app.domain.policies import Holds, Library
from portal_app.services import cart, holds
from portal_app.services.holds import OpenHold
from tests.conftest import NOW, TODAY


def library_of(preset: str, **holds_policy: object) -> Library:
    """Return a library's rules with the two branches of the tests, and what else is said."""
    library = libraries.load(preset)
    main, west = library.branches[:2]
    branches = tuple(
        branch.model_copy(update={"code": code, "is_pickup_branch": True})
        for branch, code in ((main, "main"), (west, "west"))
    )
    rules = Holds.model_validate(library.holds.model_dump() | holds_policy)
    return library.model_copy(update={"branches": branches, "holds": rules})


OUR_LIBRARY = library_of("kagoshima", available_items=True)


def wait_for(patron_id: int, *record_ids: int, now: dt.datetime = NOW, **wish: Any) -> list[int]:
    """Place holds, and return their numbers in the same order."""
    cart.add(patron_id=patron_id, record_ids=record_ids, limit=100, now=now)
    request = {"record_ids": record_ids, "pickup_branch": "main", "contact_method": "none"}
    placed = holds.place(
        patron_id=patron_id, request=Request(**request | wish), library=OUR_LIBRARY, now=now
    )
    assert [one.refused for one in placed.outcomes] == [None] * len(record_ids)
    held = {hold.record.record_id: hold.hold_id for hold in look(patron_id)}
    return [held[record_id] for record_id in record_ids]


def look(
    patron_id: int, *, library: Library = OUR_LIBRARY, now: dt.datetime = NOW
) -> tuple[OpenHold, ...]:
    """Return a patron's open holds."""
    return holds.look(patron_id=patron_id, library=library, now=now)


def key(patron_id: int, hold_id: int) -> HoldKey:
    """Return which hold, and whose."""
    return HoldKey(patron_id=patron_id, hold_id=hold_id)


def set_aside(hold_id: int, *, state: HoldState = HoldState.READY, item_id: int) -> None:
    """Let an item have come for a hold, as the desk does."""
    with Session(current_engine()) as tx, tx.begin():
        hold = tx.get_one(Hold, hold_id)
        hold.state, hold.item_id = state, item_id
        hold.pickup_by = TODAY + dt.timedelta(days=7) if state is HoldState.READY else None


def written(hold_id: int) -> Hold:
    """Return a hold as the database has it."""
    with Session(current_engine()) as tx:
        return tx.get_one(Hold, hold_id)


def at_once(*deeds: Callable[[], Any]) -> Sequence[Any]:
    """Let several tabs do something in the same moment, and return what each was told."""
    start = threading.Barrier(len(deeds))
    told: dict[int, Any] = {}

    def act(number: int, deed: Callable[[], Any]) -> None:
        start.wait(timeout=10)
        told[number] = deed()

    tabs = [threading.Thread(target=act, args=pair) for pair in enumerate(deeds)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join(timeout=30)
    return [told[number] for number in range(len(deeds))]
