"""A shelf as a way through the stacks: what stands where, and what was found already.

The Python face of portal_app/browser/shelves/walking.js and found.js.
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.vars import VarData

from portal_app import libraries
from portal_app.components.local import USED, Local, local
from portal_app.components.modules import computed, function, use
from portal_app.components.offline import ShownRecord
from portal_app.components.rows import Row
from portal_app.components.shelves import Kept, number_here

BRANCH: Local = local("walking.branch", default="")
IS_HERE: Local = local("walking.is_here", default=False)
IS_UNREAD: Local = local("walking.is_unread", default=False)

_FOUND = "shelves/found"
_WALK = VarData.merge(use("shelves/walking", "walkOf"), USED)
_TICKED = VarData.merge(
    use(_FOUND, "countFound"),
    use("offline/view", "useOffline", hook="const offline = useOffline()"),
    USED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A book where one of its copies belongs."""

    record: ShownRecord
    author: str
    call_number: str
    is_here: bool
    is_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What stands in one room, by call number."""

    name: str
    stops: list[Stop]


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """What stands in one branch, by room."""

    code: str
    rooms: list[Room]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """A book that stands nowhere, as far as is known, and why."""

    record: ShownRecord
    why: str  # names its text: walking_list.why.<value>


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """The way, in the order in which it is walked."""

    branches: list[Branch]
    unplaced: list[Unplaced]
    record_ids: list[int]


class FoundBox(rx.Component):
    """A box that is ticked when a book was found. This device remembers it."""

    library = f"$/utils/{_FOUND}"
    tag = "FoundBox"

    record_id: rx.Var[int]


class Recollection(rx.Component):
    """Shows nothing: it looks for what was ticked earlier."""

    library = f"$/utils/{_FOUND}"
    tag = "Recollection"


def walk(kept: Kept) -> Row:
    """Return the way through the stacks, narrowed as the patron has asked."""
    contents, shelves, shelf_id = kept.contents, kept.shelves, number_here()
    # In the order of the library's file, as one text: so it is the same each time it is drawn.
    codes = rx.Var.create(" ".join(branch.code for branch in libraries.current().branches))
    given = f"local, {contents!s}, {shelves!s}, {shelf_id!s}, {codes!s}"
    return computed(f"walkOf({given})", Walk, _WALK, contents, shelves, shelf_id)


def count_found(kept: Kept) -> rx.Var[int]:
    """Return how many books of the list are ticked."""
    record_ids = walk(kept).record_ids
    return computed(f"countFound(local, offline, {record_ids!s})", int, _TICKED, record_ids)


def find_none(kept: Kept) -> rx.Var[Any]:
    """Return an event that takes every tick of the list away."""
    return function("tickNone", _FOUND).partial(walk(kept).record_ids)


def found_box(record: Row) -> rx.Component:
    """Ask whether a book was found."""
    return FoundBox.create(record_id=record.record_id, custom_attrs={"name": "found"})
