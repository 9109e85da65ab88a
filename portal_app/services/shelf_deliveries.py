"""What devices send about shelves. How two of them meet is told in docs/shelves.md."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints
from sqlmodel import Session

from portal_app.data.database import within
from portal_app.domain.outbox import Answer, is_identifier
from portal_app.domain.shelves import (
    LARGEST_PAGE,
    MOST_IN_JOINED_NOTES,
    Chosen,
    Meeting,
    Place,
    Refusal,
    ShelfKey,
)
from portal_app.services import shelf_books, shelf_filling, shelves
from portal_app.services.deliveries import Delivery, Kind, Number, Payload
from portal_app.services.shelf_filling import Put
from portal_app.services.shelves import Outcome


def _made_by_a_device(text: str) -> str:
    if not is_identifier(text):
        problem = "a shelf's number is a UUID"
        raise ValueError(problem)
    return text


ShelfNumber = Annotated[str, AfterValidator(_made_by_a_device)]
# What is too long is refused with the number that would do, but not read without end.
Name = Annotated[str, StringConstraints(max_length=2_000)]
Note = Annotated[str, StringConstraints(max_length=2 * MOST_IN_JOINED_NOTES)]


class OneShelf(Payload):
    """A shelf of the patron's."""

    shelf_id: ShelfNumber


class NewShelf(OneShelf):
    """A shelf that the device has made."""

    name: Name


class OtherName(OneShelf):
    """A name for a shelf, and the one that the device saw."""

    name: Name
    seen_name: Name


class Deletion(OneShelf):
    """A shelf to delete, and how many books the device saw on it."""

    seen_count: Annotated[int, Field(ge=0)]


class ShelfPlace(OneShelf):
    """Where a shelf goes among the others."""

    where: Literal["top", "bottom", "after"]
    after: ShelfNumber | None = None


class Books(OneShelf):
    """Records, for a shelf or on it, in an order that matters."""

    record_ids: Annotated[list[Number], Field(min_length=1, max_length=LARGEST_PAGE)]


class Carried(Books):
    """Books of a shelf, and the shelf that they go to."""

    target_id: ShelfNumber


class BookPlace(Books):
    """Where books of a shelf go in the patron's own order."""

    where: Literal["top", "bottom", "after"]
    after: Number | None = None


class BookNote(OneShelf):
    """What is written about a book, and what the device saw there."""

    record_id: Number
    note: Note
    seen_note: Note


class ReadMark(Books):
    """Whether books have been read."""

    is_read: bool


def _create(tx: Session, sent: Delivery[NewShelf]) -> Answer:
    return _told(
        sent,
        within(tx, shelves.create)(
            key=_key(sent), name=sent.payload.name, policy=sent.library.shelf, now=sent.now
        ),
    )


def _rename(tx: Session, sent: Delivery[OtherName]) -> Answer:
    wanted = sent.payload
    return _told(
        sent,
        within(tx, shelves.rename)(
            key=_key(sent),
            name=wanted.name,
            seen_name=wanted.seen_name,
            policy=sent.library.shelf,
        ),
    )


def _delete(tx: Session, sent: Delivery[Deletion]) -> Answer:
    return _told(
        sent,
        within(tx, shelves.delete)(
            key=_key(sent), seen_count=sent.payload.seen_count, now=sent.now
        ),
    )


def _restore(tx: Session, sent: Delivery[OneShelf]) -> Answer:
    return _told(
        sent,
        within(tx, shelves.restore)(key=_key(sent), policy=sent.library.shelf, now=sent.now),
    )


def _arrange(tx: Session, sent: Delivery[ShelfPlace]) -> Answer:
    wanted = sent.payload
    return _told(
        sent,
        within(tx, shelves.place)(key=_key(sent), where=Place(wanted.where), after=wanted.after),
    )


def _add(tx: Session, sent: Delivery[Books]) -> Answer:
    [put] = within(tx, shelf_filling.add)(
        keys=[_key(sent)],
        record_ids=sent.payload.record_ids,
        policy=sent.library.shelf,
        now=sent.now,
    )
    return _told_of(sent, put)


def _copy(tx: Session, sent: Delivery[Carried]) -> Answer:
    return _carry(sent, within(tx, shelf_filling.copy))


def _move(tx: Session, sent: Delivery[Carried]) -> Answer:
    return _carry(sent, within(tx, shelf_filling.move))


def _carry(sent: Delivery[Carried], carry: Callable[..., Put]) -> Answer:
    put = carry(
        chosen=_chosen(sent),
        target_id=sent.payload.target_id,
        policy=sent.library.shelf,
        now=sent.now,
    )
    return _told_of(sent, put)


def _remove(tx: Session, sent: Delivery[Books]) -> Answer:
    return _told(sent, within(tx, shelf_books.remove)(chosen=_chosen(sent), now=sent.now))


def _order(tx: Session, sent: Delivery[BookPlace]) -> Answer:
    wanted = sent.payload
    return _told(
        sent,
        within(tx, shelf_books.place)(
            chosen=_chosen(sent), where=Place(wanted.where), after=wanted.after
        ),
    )


def _note(tx: Session, sent: Delivery[BookNote]) -> Answer:
    wanted = sent.payload
    return _told(
        sent,
        within(tx, shelf_books.note)(
            key=_key(sent),
            record_id=wanted.record_id,
            note=wanted.note,
            seen_note=wanted.seen_note,
        ),
    )


def _mark(tx: Session, sent: Delivery[ReadMark]) -> Answer:
    return _told(
        sent,
        within(tx, shelf_books.mark)(chosen=_chosen(sent), is_read=sent.payload.is_read),
    )


def _key(sent: Delivery[Any]) -> ShelfKey:
    return ShelfKey(patron_id=sent.patron_id, shelf_id=sent.payload.shelf_id)


def _chosen(sent: Delivery[Any]) -> Chosen:
    return Chosen(shelf=_key(sent), record_ids=tuple(sent.payload.record_ids))


def _told(sent: Delivery[Any], outcome: Outcome) -> Answer:
    if outcome.refused is not None:
        return sent.refused(outcome.refused, limit=outcome.limit)
    return sent.done(note=outcome.meeting, limit=outcome.limit)


def _told_of(sent: Delivery[Any], put: Put) -> Answer:
    """Tell of several records together. The device knows which: those that are not there now."""
    if put.refused is not None:
        return sent.refused(put.refused)
    if Refusal.SHELF_IS_FULL in put.left_out.values():
        return sent.refused(Refusal.SHELF_IS_FULL, limit=sent.library.shelf.items_max)
    if put.left_out:
        return sent.refused(Refusal.NOT_IN_CATALOGUE)
    if put.taken_off:
        return sent.done(note=Meeting.WAS_TAKEN_OFF)
    return sent.done(note=Meeting.ALREADY_THERE if put.already_there else None)


# A part of outbox.KINDS.
SHELF_KINDS: Mapping[str, Kind[Any]] = {
    "shelves.create": Kind(payload=NewShelf, act=_create),
    "shelves.rename": Kind(payload=OtherName, act=_rename),
    "shelves.delete": Kind(payload=Deletion, act=_delete),
    "shelves.restore": Kind(payload=OneShelf, act=_restore),
    "shelves.arrange": Kind(payload=ShelfPlace, act=_arrange),
    "shelves.add": Kind(payload=Books, act=_add),
    "shelves.copy": Kind(payload=Carried, act=_copy),
    "shelves.move": Kind(payload=Carried, act=_move),
    "shelves.remove": Kind(payload=Books, act=_remove),
    "shelves.order": Kind(payload=BookPlace, act=_order),
    "shelves.note": Kind(payload=BookNote, act=_note),
    "shelves.mark": Kind(payload=ReadMark, act=_mark),
}
