"""A patron's shelves: making, naming, ordering, deleting them and bringing them back."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal_app.data.database import reading, transactional
from portal_app.data.shelf_books import BOOKS_ON_IT, count_of, open_shelf
from portal_app.data.standings import lock_patron
from portal_app.data.tables import Shelf, ShelfBook
from portal_app.domain import policies
from portal_app.domain import shelves as rules
from portal_app.domain.shelves import UNSORTED, Meeting, Place, Refusal, ShelfKey

_MOST_DELETED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfRow:
    """A shelf with the number of its books. What has no category has no name (G-40)."""

    shelf_id: str
    name: str
    count: int
    created_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedShelf:
    """A shelf that can be brought back, through that day."""

    shelf_id: str
    name: str
    count: int
    restorable_until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """All shelves of a patron, and those that can be brought back, the latest first."""

    shelves: tuple[ShelfRow, ...]
    deleted: tuple[DeletedShelf, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a deed: why it is not done, or what to know though it is.

    ``limit`` is the number in that text; ``count`` how many books the shelf has now.
    """

    refused: Refusal | None = None
    meeting: Meeting | None = None
    limit: int | None = None
    count: int = 0


@reading
def look(
    tx: Session,
    *,
    patron_id: int,
    policy: policies.Shelf,
    now: dt.datetime,
) -> Shelves:
    """Return a patron's shelves in their own order (K-53)."""
    shelves = tx.exec(
        select(Shelf, BOOKS_ON_IT)
        .where(Shelf.patron_id == patron_id, col(Shelf.deleted_at).is_(None))
        .order_by(col(Shelf.rank), col(Shelf.id))
        .limit(policy.shelves_max + 1)  # and what has no category
    )
    rows = [_row(shelf, count) for shelf, count in shelves]
    return Shelves(shelves=tuple(rows), deleted=tuple(_deleted(tx, patron_id, policy, now)))


@transactional
def create(
    tx: Session,
    *,
    key: ShelfKey,
    name: str,
    policy: policies.Shelf,
    now: dt.datetime,
) -> Outcome:
    """Make a shelf, last in the patron's own order (K-51). Another may be called the same."""
    lock_patron(tx, patron_id=key.patron_id)
    name = rules.tidy_name(name)
    if key.shelf_id == UNSORTED:
        return Outcome(refused=Refusal.PART_OF_THE_LIST)
    if problem := rules.problem_of_name(name, policy):
        return Outcome(refused=problem, limit=policy.name_max)
    there = tx.get(Shelf, (key.patron_id, key.shelf_id))
    if there is not None and there.deleted_at is not None:
        return Outcome(refused=Refusal.SHELF_IS_DELETED)
    if there is not None:
        return Outcome(meeting=None if there.name == name else Meeting.NAMED_OTHERWISE)
    if _number(tx, key.patron_id) >= policy.shelves_max:
        return Outcome(refused=Refusal.TOO_MANY_SHELVES, limit=policy.shelves_max)
    last = max((shelf.rank for shelf in _open_shelves(tx, key.patron_id)), default=0)
    tx.add(
        Shelf(
            patron_id=key.patron_id,
            id=key.shelf_id,
            name=name,
            rank=last + rules.STEP,
            created_at=now,
        )
    )
    return Outcome()


@transactional
def rename(
    tx: Session,
    *,
    key: ShelfKey,
    name: str,
    seen_name: str,
    policy: policies.Shelf,
) -> Outcome:
    """Call a shelf otherwise (K-54). ``seen_name`` is what it was called where this was asked."""
    lock_patron(tx, patron_id=key.patron_id)
    name = rules.tidy_name(name)
    if problem := rules.problem_of_name(name, policy):
        return Outcome(refused=problem, limit=policy.name_max)
    if key.shelf_id == UNSORTED:
        return Outcome(refused=Refusal.PART_OF_THE_LIST)
    shelf = open_shelf(tx, key=key)
    if isinstance(shelf, Refusal):
        return Outcome(refused=shelf)
    is_as_seen = shelf.name in {rules.tidy_name(seen_name), name}
    shelf.name = name
    return Outcome(meeting=None if is_as_seen else Meeting.NAMED_OTHERWISE)


@transactional
def delete(tx: Session, *, key: ShelfKey, seen_count: int, now: dt.datetime) -> Outcome:
    """Delete a shelf with its books; for a while it can be brought back (K-59c).

    ``seen_count`` is how many books it had where this was asked.
    """
    lock_patron(tx, patron_id=key.patron_id)
    if key.shelf_id == UNSORTED:
        return Outcome(refused=Refusal.PART_OF_THE_LIST)
    shelf = open_shelf(tx, key=key)
    if shelf is Refusal.SHELF_IS_DELETED:
        return Outcome(meeting=Meeting.ALREADY_GONE)
    if isinstance(shelf, Refusal):
        return Outcome(refused=shelf)
    count = count_of(tx, key=key)
    shelf.deleted_at = now
    return Outcome(
        meeting=Meeting.OTHER_BOOKS_TOO if count > seen_count else None, limit=count, count=count
    )


@transactional
def restore(tx: Session, *, key: ShelfKey, policy: policies.Shelf, now: dt.datetime) -> Outcome:
    """Bring back a deleted shelf with all its books."""
    lock_patron(tx, patron_id=key.patron_id)
    shelf = tx.get(Shelf, (key.patron_id, key.shelf_id))
    if shelf is None:
        return Outcome(refused=Refusal.NO_SUCH_SHELF)
    if shelf.deleted_at is not None:
        if shelf.deleted_at < now - _for_how_long(policy):
            return Outcome(refused=Refusal.NO_SUCH_SHELF)
        if _number(tx, key.patron_id) >= policy.shelves_max:
            return Outcome(refused=Refusal.TOO_MANY_SHELVES, limit=policy.shelves_max)
        shelf.deleted_at = None
    return Outcome(count=count_of(tx, key=key))


@transactional
def place(tx: Session, *, key: ShelfKey, where: Place, after: str | None = None) -> Outcome:
    """Place a shelf elsewhere in the patron's own order of shelves."""
    lock_patron(tx, patron_id=key.patron_id)
    shelf = open_shelf(tx, key=key)
    if isinstance(shelf, Refusal):
        return Outcome(refused=shelf)
    shelves = {one.id: one for one in _open_shelves(tx, key.patron_id)}
    order = {number: one.rank for number, one in shelves.items()}
    ranks = rules.placed(order, [key.shelf_id], where=where, after=after)
    if ranks is None:
        return Outcome(refused=Refusal.NEIGHBOUR_IS_GONE)
    for number, rank in ranks.items():
        shelves[number].rank = rank
    return Outcome()


@transactional
def forget_the_past(tx: Session, *, policy: policies.Shelf, now: dt.datetime) -> None:
    """Delete the shelves and books that can no longer be brought back."""
    long_ago = now - _for_how_long(policy)
    tx.execute(sa.delete(Shelf).where(col(Shelf.deleted_at) < long_ago))
    tx.execute(sa.delete(ShelfBook).where(col(ShelfBook.removed_at) < long_ago))


def _for_how_long(policy: policies.Shelf) -> dt.timedelta:
    return dt.timedelta(days=policy.restore_days)


def _row(shelf: Shelf, count: int) -> ShelfRow:
    return ShelfRow(shelf_id=shelf.id, name=shelf.name, count=count, created_at=shelf.created_at)


def _deleted(
    tx: Session, patron_id: int, policy: policies.Shelf, now: dt.datetime
) -> Iterator[DeletedShelf]:
    kept_for = _for_how_long(policy)
    gone = tx.exec(
        select(Shelf, Shelf.deleted_at, BOOKS_ON_IT)
        .where(Shelf.patron_id == patron_id, col(Shelf.deleted_at) >= now - kept_for)
        .order_by(col(Shelf.deleted_at).desc(), col(Shelf.id))
        .limit(_MOST_DELETED)
    )
    for shelf, deleted_at, count in gone:
        if deleted_at is not None:
            yield DeletedShelf(
                shelf_id=shelf.id,
                name=shelf.name,
                count=count,
                restorable_until=(deleted_at + kept_for).date(),
            )


def _open_shelves(tx: Session, patron_id: int) -> Sequence[Shelf]:
    """Return the shelves that are not deleted, in the patron's own order."""
    return tx.exec(
        select(Shelf)
        .where(Shelf.patron_id == patron_id, col(Shelf.deleted_at).is_(None))
        .order_by(col(Shelf.rank), col(Shelf.id))
    ).all()


def _number(tx: Session, patron_id: int) -> int:
    """Return how many shelves the patron has, not counting what has no category."""
    return sum(1 for shelf in _open_shelves(tx, patron_id) if shelf.id != UNSORTED)
