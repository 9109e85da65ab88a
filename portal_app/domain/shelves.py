"""Shelves: what a patron keeps to find again, and what becomes of it when two devices meet.

The rules of meeting are told in docs/shelves.md.
"""

import unicodedata
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

import regex

from portal_app.domain.policies import Shelf as Policy

K = TypeVar("K", bound=Hashable)

# The part of the one list that has no category (G-40). Each patron has one of their own.
UNSORTED = "00000000-0000-4000-8000-000000000000"

# In the place of a shelf's number in an address: whatever is on any shelf.
ALL = "all"

MOST_IN_NOTE = 2_000
# What two devices have written is joined, and joined again; some day it must end.
MOST_IN_JOINED_NOTES = 20_000

# So many code points can a name have whose every character is a family of emoji.
LONGEST_NAME = 400

LARGEST_PAGE = 1_000  # a whole shelf, for the copy on the device

STEP = 1_024  # between two ranks, so that most moves change one rank only
_FARTHEST = 2**30

_CHARACTER = regex.compile(r"\X")
# They turn the writing around for whatever comes after the name.
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# What cannot be stored, or is not text.
_NO_TEXT = frozenset(("Cc", "Cs"))


class Refusal(StrEnum):
    """Why something is not done. Each value names its text: ``shelves.refusal.<value>``."""

    NO_NAME = "no_name"
    NAME_TOO_LONG = "name_too_long"
    TOO_MANY_SHELVES = "too_many_shelves"
    NO_SUCH_SHELF = "no_such_shelf"
    SHELF_IS_DELETED = "shelf_is_deleted"
    SHELF_IS_FULL = "shelf_is_full"
    PART_OF_THE_LIST = "part_of_the_list"
    NOT_IN_CATALOGUE = "not_in_catalogue"
    NOT_ON_SHELF = "not_on_shelf"
    NEIGHBOUR_IS_GONE = "neighbour_is_gone"
    NOTE_TOO_LONG = "note_too_long"


class Meeting(StrEnum):
    """What to know about what is done, because something else was done meanwhile.

    Each value names its text: ``shelves.meeting.<value>``.
    """

    ALREADY_THERE = "already_there"
    ALREADY_GONE = "already_gone"
    NAMED_OTHERWISE = "named_otherwise"
    OTHER_BOOKS_TOO = "other_books_too"
    WAS_TAKEN_OFF = "was_taken_off"
    BOTH_NOTES_KEPT = "both_notes_kept"
    NEWER_NOTE_KEPT = "newer_note_kept"


class Sort(StrEnum):
    """In which order the books of a shelf stand (K-57)."""

    ADDED = "added"
    TITLE = "title"
    AUTHOR = "author"
    CALL_NUMBER = "call_number"
    PUBLISHED = "published"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """How the books of a shelf are sorted: the earliest put there first, unless asked otherwise."""

    by: Sort = Sort.ADDED
    is_descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What of a shelf is looked at: a page of it, in some order."""

    sorting: Sorting = field(default_factory=Sorting)
    page: int = 1
    page_size: int = 20

    def __post_init__(self) -> None:
        """Refuse pages that nobody can have asked for."""
        if not 1 <= self.page_size <= LARGEST_PAGE:
            raise ValueError(self.page_size)


class Place(StrEnum):
    """Where books go in the patron's own order."""

    TOP = "top"
    BOTTOM = "bottom"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfKey:
    """Which shelf, and whose: a number of a shelf alone leads nowhere."""

    patron_id: int
    shelf_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Some books of a shelf, in the order in which they were chosen."""

    shelf: ShelfKey
    record_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What a note is now, and what to know about it."""

    note: str
    meeting: Meeting | None = None


def length_of(name: str) -> int:
    """Return how many characters people see in a name: 👨‍👩‍👧 is one, and so is が in two parts."""
    return sum(1 for _ in _CHARACTER.finditer(name))


def tidy_name(typed: str) -> str:
    """Return a name as it is kept: without what is not text, and one space between words."""
    visible = (
        " " if one.isspace() else one
        for one in unicodedata.normalize("NFC", typed)
        if one not in _TURNS and (one.isspace() or unicodedata.category(one) not in _NO_TEXT)
    )
    return " ".join("".join(visible).split())


def tidy_note(typed: str) -> str:
    """Return a note as it is kept: its lines, without what is not text."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        one for one in lines if one in "\n\t" or unicodedata.category(one) not in _NO_TEXT
    ).strip()


def problem_of_name(name: str, policy: Policy) -> Refusal | None:
    """Return why a shelf cannot be called so (K-52), if it cannot."""
    if not name:
        return Refusal.NO_NAME
    if length_of(name) > policy.name_max or len(name) > LONGEST_NAME:
        return Refusal.NAME_TOO_LONG
    return None


def joined(*, there: str, seen: str, written: str) -> Noted:
    """Return what becomes of a note: ``there`` now, ``seen`` by the device that has ``written``.

    Where both have changed it, both texts are kept, the later below the earlier. What the
    device has seen is its own to replace, also where another text stands beside it now.
    """
    if there in {"", seen, written}:
        return Noted(note=written)
    if there.endswith(f"\n{written}") and written:
        return Noted(note=there)
    if seen and there.endswith(f"\n{seen}"):
        parts = (there.removesuffix(f"\n{seen}"), written)
    elif seen and there.startswith(f"{seen}\n"):
        parts = (written, there.removeprefix(f"{seen}\n"))
    else:
        parts = (there, written)
    meeting = Meeting.BOTH_NOTES_KEPT if written else Meeting.NEWER_NOTE_KEPT
    return Noted(note="\n".join(filter(None, parts)), meeting=meeting)


def placed(
    order: Mapping[K, int], moving: Sequence[K], *, where: Place, after: K | None = None
) -> Mapping[K, int] | None:
    """Return the ranks that change when some books of an order are placed elsewhere in it.

    ``order`` has the rank of each book, from the top. None: the one that they
    should come after is not there.
    """
    moved = [one for one in dict.fromkeys(moving) if one in order]
    rest = [one for one in order if one not in set(moved)]
    match where:
        case Place.TOP:
            at = 0
        case Place.BOTTOM:
            at = len(rest)
        case Place.AFTER:
            if after not in rest:
                return None
            at = rest.index(after) + 1
    before = order[rest[at - 1]] if at > 0 else None
    behind = order[rest[at]] if at < len(rest) else None
    ranks = ranks_between(before, behind, len(moved))
    if ranks is not None:
        return dict(zip(moved, ranks, strict=True))
    everything = [*rest[:at], *moved, *rest[at:]]
    return dict(zip(everything, fresh_ranks(len(everything)), strict=True))


def ranks_between(before: int | None, after: int | None, count: int) -> Sequence[int] | None:
    """Return ranks for so many books between two ranks, where None is the end of the shelf.

    None: there is no room between them, and all the books must be ranked anew.
    """
    if before is not None and after is not None:
        step = (after - before) // (count + 1)
        if step < 1:
            return None
        ranks = range(before + step, before + step * count + 1, step)
    elif after is not None:
        ranks = range(after - STEP * count, after, STEP)
    else:
        last = before or 0
        ranks = range(last + STEP, last + STEP * count + 1, STEP)
    if ranks and max(abs(ranks[0]), abs(ranks[-1])) > _FARTHEST:
        return None
    return ranks


def fresh_ranks(count: int) -> Sequence[int]:
    """Return ranks for all the books of a shelf."""
    return range(STEP, STEP * (count + 1), STEP)
