"""Two devices do anything to the same shelves without a connection: nothing is lost."""

import uuid
from dataclasses import dataclass, field
from itertools import count

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import Session, select

from portal_app import libraries
from portal_app.data.tables import DeliveredOperation, Shelf, ShelfBook
from portal_app.domain.outbox import Answer, Operation
from portal_app.services import outbox
from tests.conftest import NOW, add_record

MOST_BOOKS = 3
RECORDS = (1, 2, 3, 4, 5)
SHELVES = tuple(str(uuid.UUID(int=number, version=4)) for number in (1, 2, 3))
A, B, C = SHELVES
KAGOSHIMA = libraries.load("kagoshima")
OUR_LIBRARY = KAGOSHIMA.model_copy(
    update={"shelf": KAGOSHIMA.shelf.model_copy(update={"items_max": MOST_BOOKS})}
)

DELETED, UNKNOWN = "shelves.refusal.shelf_is_deleted", "shelves.refusal.no_such_shelf"
FULL, NOT_ON_SHELF = "shelves.refusal.shelf_is_full", "shelves.refusal.not_on_shelf"
THERE, GONE = "shelves.meeting.already_there", "shelves.meeting.already_gone"
TAKEN_OFF, OTHERWISE = "shelves.meeting.was_taken_off", "shelves.meeting.named_otherwise"
OTHERS = "shelves.meeting.other_books_too"


@dataclass
class Account:
    """What the test expects to stand on the shelves."""

    names: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    books: dict[str, set[int]] = field(default_factory=dict)
    read: dict[tuple[str, int], bool] = field(default_factory=dict)


@dataclass
class Device:
    """What a device has seen when it last had a connection, and what it will send."""

    names: dict[str, str] = field(default_factory=dict)
    notes: dict[tuple[str, int], str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    waiting: list[Operation] = field(default_factory=list)


def done(reason="") -> tuple[bool, str]:
    return True, reason


def refused(reason) -> tuple[bool, str]:
    return False, reason


def deliver(patron_id: int, operation: Operation) -> Answer:
    return outbox.deliver(patron_id=patron_id, operation=operation, library=OUR_LIBRARY, now=NOW)


class TwoDevices(RuleBasedStateMachine):
    """Each device sends its own operations in order; how they mix is anybody's guess."""

    devices = st.sampled_from((0, 1))
    shelves = st.sampled_from(SHELVES)
    record = st.sampled_from(RECORDS)
    some = st.lists(record, min_size=1, max_size=3, unique=True)

    def __init__(self, library, patron_id) -> None:
        super().__init__()
        with Session(library) as tx, tx.begin():
            for table in (DeliveredOperation, ShelfBook, Shelf):
                tx.execute(sa.delete(table))
        self.library, self.patron_id = library, patron_id
        self.device = (Device(), Device())
        self.expected = Account()
        self.numbers = count()
        self.texts: dict[str, int] = {}  # what stands in a note, and about which record
        for shelf, records in ((A, [1, 2, 3]), (B, [4, 5])):  # the third is theirs to make
            self.create(0, shelf)
            self.put_or_take(0, "add", shelf, records)
            for record_id in records:
                self.write(0, shelf, record_id, erases=False)
        while self.device[0].waiting:
            self.send_next(0)
        self.see_what_the_library_has(0)
        self.see_what_the_library_has(1)

    @rule(one=devices, shelf=shelves)
    def create(self, one, shelf):
        name = f"棚{next(self.numbers)}"
        self.device[one].names.setdefault(shelf, name)
        self.ask(one, "create", shelf_id=shelf, name=name)

    @rule(one=devices, shelf=shelves)
    def rename(self, one, shelf):
        seen, name = self.device[one].names.get(shelf, ""), f"棚{next(self.numbers)}"
        self.device[one].names[shelf] = name
        self.ask(one, "rename", shelf_id=shelf, name=name, seen_name=seen)

    @rule(one=devices, shelf=shelves, deletes=st.sampled_from((False, False, True)))
    def delete_or_bring_back(self, one, shelf, deletes):
        if deletes:
            seen = self.device[one].counts.get(shelf, 0)
            self.ask(one, "delete", shelf_id=shelf, seen_count=seen)
        else:
            self.ask(one, "restore", shelf_id=shelf)

    @rule(one=devices, kind=st.sampled_from(("add", "remove")), shelf=shelves, records=some)
    def put_or_take(self, one, kind, shelf, records):
        self.ask(one, kind, shelf_id=shelf, record_ids=records)

    @rule(
        one=devices,
        kind=st.sampled_from(("copy", "move")),
        path=st.sampled_from(((A, B), (B, A), (A, B), (B, C))),
        records=some,
    )
    def carry(self, one, kind, path, records):
        self.ask(one, kind, shelf_id=path[0], record_ids=records, target_id=path[1])

    @rule(one=devices, shelf=shelves, record_id=record, erases=st.booleans())
    def write(self, one, shelf, record_id, erases):
        seen = self.device[one].notes.get((shelf, record_id), "")
        note = "" if erases else f"文{next(self.numbers)}。"
        self.device[one].notes[shelf, record_id] = note
        self.ask(one, "note", shelf_id=shelf, record_id=record_id, note=note, seen_note=seen)

    @rule(one=devices, shelf=shelves, records=some, is_read=st.booleans())
    def mark(self, one, shelf, records, is_read):
        self.ask(one, "mark", shelf_id=shelf, record_ids=records, is_read=is_read)

    @rule(one=devices, shelf=shelves, records=some, after=record)
    def order(self, one, shelf, records, after):
        self.ask(one, "order", shelf_id=shelf, record_ids=records, where="after", after=after)

    @precondition(lambda self: any(device.waiting for device in self.device))
    @rule(turns=st.lists(devices, min_size=4, max_size=16))
    def have_a_connection_for_a_while(self, turns):
        for one in turns:
            if self.device[one].waiting:
                self.send_next(one)

    def send_next(self, one):
        operation = self.device[one].waiting.pop(0)

        answer = deliver(self.patron_id, operation)

        assert deliver(self.patron_id, operation) == answer
        kind = operation.kind.removeprefix("shelves.")
        if (expect := getattr(self, f"expect_{kind}", None)) is not None:
            assert (answer.is_done, answer.reason) == expect(**operation.payload)
        if kind == "note" and answer.is_done:
            self.remember(**operation.payload)

    @rule(one=devices)
    def see_what_the_library_has(self, one):
        if self.device[one].waiting:
            return
        device = self.device[one]
        device.names = dict(self.expected.names)
        device.counts = {shelf: len(books) for shelf, books in self.expected.books.items()}
        device.notes = {(row.shelf_id, row.record_id): row.note for row in self.rows()}

    @invariant()
    def the_shelves_are_as_the_rules_say(self):
        standing = {shelf: set() for shelf in self.expected.names}
        for row in self.rows():
            if row.removed_at is None:
                standing[row.shelf_id].add(row.record_id)
        with Session(self.library) as tx:
            shelves = tx.exec(select(Shelf)).all()
        assert {shelf.id: shelf.name for shelf in shelves} == self.expected.names
        assert {shelf.id for shelf in shelves if shelf.deleted_at} == self.expected.deleted
        assert standing == self.expected.books

    @invariant()
    def no_text_is_lost_that_nobody_has_replaced(self):
        notes = [(row.record_id, row.note) for row in self.rows()]

        for text, record_id in self.texts.items():
            assert any(text in note for about, note in notes if about == record_id)

    def ask(self, one, kind, **payload) -> None:
        made = str(uuid.UUID(int=next(self.numbers), version=4))
        operation = Operation(id=made, kind=f"shelves.{kind}", payload=payload)
        self.device[one].waiting.append(operation)

    def rows(self) -> list[ShelfBook]:
        with Session(self.library) as tx:
            return list(tx.exec(select(ShelfBook)).all())

    def remember(self, *, record_id, note, seen_note, **_of) -> None:
        """Only a text that the device has seen may be replaced by what it has written."""
        for text in [text for text in self.texts if text in seen_note]:
            del self.texts[text]
        if note:
            self.texts[note] = record_id

    def closed(self, *shelves) -> tuple[bool, str] | None:
        for shelf in shelves:
            if shelf not in self.expected.names:
                return refused(UNKNOWN)
            if shelf in self.expected.deleted:
                return refused(DELETED)
        return None

    def expect_create(self, *, shelf_id, name):
        if shelf_id in self.expected.deleted:
            return refused(DELETED)
        if shelf_id in self.expected.names:
            return done(OTHERWISE)
        self.expected.names[shelf_id], self.expected.books[shelf_id] = name, set()
        return done()

    def expect_rename(self, *, shelf_id, name, seen_name):
        if closed := self.closed(shelf_id):
            return closed
        is_as_seen = self.expected.names[shelf_id] == seen_name
        self.expected.names[shelf_id] = name
        return done("" if is_as_seen else OTHERWISE)

    def expect_delete(self, *, shelf_id, seen_count):
        if shelf_id in self.expected.deleted:
            return done(GONE)
        if closed := self.closed(shelf_id):
            return closed
        self.expected.deleted.add(shelf_id)
        return done(OTHERS if len(self.expected.books[shelf_id]) > seen_count else "")

    def expect_restore(self, *, shelf_id):
        if shelf_id not in self.expected.names:
            return refused(UNKNOWN)
        self.expected.deleted.discard(shelf_id)
        return done()

    def expect_add(self, *, shelf_id, record_ids):
        if closed := self.closed(shelf_id):
            return closed
        there, left_out = self.fill(shelf_id, record_ids)
        return refused(FULL) if left_out else done(THERE if there else "")

    def expect_copy(self, *, shelf_id, record_ids, target_id):
        if closed := self.closed(shelf_id, target_id):
            return closed
        there, left_out = self.fill(target_id, record_ids)
        if left_out:
            return refused(FULL)
        if set(record_ids) - self.expected.books[shelf_id]:
            return done(TAKEN_OFF)
        return done(THERE if there else "")

    def expect_move(self, *, shelf_id, record_ids, target_id):
        told = self.expect_copy(shelf_id=shelf_id, record_ids=record_ids, target_id=target_id)
        if not self.closed(shelf_id, target_id):
            carried = set(record_ids) & self.expected.books[target_id]
            self.expected.books[shelf_id] -= carried
        return told

    def expect_remove(self, *, shelf_id, record_ids):
        if closed := self.closed(shelf_id):
            return closed
        missing = set(record_ids) - self.expected.books[shelf_id]
        self.expected.books[shelf_id] -= set(record_ids)
        return done(GONE if missing else "")

    def expect_mark(self, *, shelf_id, record_ids, is_read):
        if closed := self.closed(shelf_id):
            return closed
        missing = set(record_ids) - self.expected.books[shelf_id]
        if missing == set(record_ids):
            return refused(NOT_ON_SHELF)
        return done(GONE if missing else "")

    def fill(self, shelf, record_ids) -> tuple[list[int], list[int]]:
        """Put records on a shelf, and return what is there already and what does not fit."""
        books = self.expected.books[shelf]
        there, left_out = [], []
        for record_id in record_ids:
            if record_id in books:
                there.append(record_id)
            elif len(books) == MOST_BOOKS:
                left_out.append(record_id)
            else:
                books.add(record_id)
        return there, left_out


@pytest.fixture
def stacks(library, hanako):
    """Five records that can be put on shelves."""
    for record_id in RECORDS:
        add_record(record_id, f"巻{record_id}", lent=False)
    return library


def test_whatever_two_devices_do_in_any_order_nothing_is_lost(stacks, hanako):
    run_state_machine_as_test(
        lambda: TwoDevices(stacks, hanako),
        settings=settings(max_examples=25, stateful_step_count=40, deadline=None),
    )


@pytest.fixture
def send(stacks, hanako):
    """Send an operation from one of Hanako's devices."""

    def send(kind, **payload) -> tuple[bool, str, int | None]:
        operation = Operation(id=str(uuid.uuid4()), kind=f"shelves.{kind}", payload=payload)
        answer = deliver(hanako, operation)
        return answer.is_done, answer.reason, answer.limit

    send("create", shelf_id=A, name="一")
    send("create", shelf_id=B, name="二")
    send("add", shelf_id=A, record_ids=[1, 2])
    return send


def notes(library) -> dict[tuple[str, int], str]:
    with Session(library) as tx:
        rows = tx.exec(select(ShelfBook)).all()
        return {(row.shelf_id, row.record_id): row.note for row in rows if not row.removed_at}


def test_the_last_name_to_arrive_wins_and_says_so(send, library):
    assert send("rename", shelf_id=A, name="海", seen_name="一") == (True, "", None)
    assert send("rename", shelf_id=A, name="山", seen_name="一") == (True, OTHERWISE, None)

    with Session(library) as tx:
        names = set(tx.exec(select(Shelf.name)))
    assert names == {"山", "二"}


@pytest.mark.parametrize("first", ["move", "remove"])
def test_what_one_device_moves_and_the_other_takes_off_is_where_it_was_moved(send, library, first):
    send("note", shelf_id=A, record_id=1, note="買う", seen_note="")
    moving = {"shelf_id": A, "record_ids": [1], "target_id": B}
    taking = {"shelf_id": A, "record_ids": [1]}

    told = [
        send("move", **moving) if kind == "move" else send("remove", **taking)
        for kind in (("move", "remove") if first == "move" else ("remove", "move"))
    ]

    assert told == [(True, "", None), (True, GONE if first == "move" else TAKEN_OFF, None)]
    assert notes(library) == {(A, 2): "", (B, 1): "買う"}


def test_what_is_moved_to_two_shelves_is_on_both(send, library):
    send("create", shelf_id=C, name="三")
    send("move", shelf_id=A, record_ids=[1], target_id=B)

    assert send("move", shelf_id=A, record_ids=[1], target_id=C) == (True, TAKEN_OFF, None)
    assert set(notes(library)) == {(A, 2), (B, 1), (C, 1)}


def test_two_notes_are_both_kept_the_later_below(send, library):
    send("note", shelf_id=A, record_id=1, note="海で読む", seen_note="")

    told = send("note", shelf_id=A, record_id=1, note="山で読む", seen_note="")

    assert told == (True, "shelves.meeting.both_notes_kept", None)
    assert notes(library)[A, 1] == "海で読む\n山で読む"


def test_a_note_changed_on_one_device_is_not_erased_from_the_other(send, library):
    send("note", shelf_id=A, record_id=1, note="旧", seen_note="")
    send("note", shelf_id=A, record_id=1, note="新", seen_note="旧")

    told = send("note", shelf_id=A, record_id=1, note="", seen_note="旧")

    assert told == (True, "shelves.meeting.newer_note_kept", None)
    assert notes(library)[A, 1] == "新"


def test_what_is_done_to_a_deleted_shelf_is_refused_until_it_is_back(send, library):
    assert send("delete", shelf_id=A, seen_count=1) == (True, OTHERS, 2)
    adding = {"shelf_id": A, "record_ids": [3]}

    assert send("add", **adding) == (False, DELETED, None)
    send("restore", shelf_id=A)
    assert send("add", **adding) == (True, "", None)
    assert set(notes(library)) == {(A, 1), (A, 2), (A, 3)}


def test_a_shelf_filled_meanwhile_takes_what_fits_and_names_the_limit(send, library):
    assert send("add", shelf_id=A, record_ids=[3, 4]) == (False, FULL, MOST_BOOKS)
    assert set(notes(library)) == {(A, 1), (A, 2), (A, 3)}


def test_what_should_come_after_something_gone_stays_where_it_is(send):
    told = send("order", shelf_id=A, record_ids=[2], where="after", after=5)

    assert told == (False, "shelves.refusal.neighbour_is_gone", None)
    assert send("arrange", shelf_id=A, where="after", after=B) == (True, "", None)
    assert send("arrange", shelf_id=A, where="after", after=C)[0] is False


@pytest.mark.parametrize(
    "payload",
    [
        {"shelf_id": "1", "record_ids": [1]},
        {"shelf_id": A, "record_ids": []},
        {"shelf_id": A, "record_ids": [0]},
        {"shelf_id": A, "record_ids": list(range(1, 1002))},
        {"shelf_id": A, "record_ids": [1], "patron_id": 3},
        {"shelf_id": A},
    ],
    ids=["no UUID", "nothing", "no record", "too many", "somebody else's", "no records"],
)
def test_what_no_device_of_ours_sends_is_not_understood(send, payload):
    assert send("add", **payload) == (False, "outbox.refusal.not_understood", None)


def test_an_answer_says_nothing_of_names_and_notes(send, library):
    send("rename", shelf_id=A, name="ひみつ", seen_name="一")
    send("note", shelf_id=A, record_id=1, note="ひみつ", seen_note="")

    with library.connect() as connection:
        kept = connection.execute(sa.text("SELECT * FROM delivered_operation")).all()
    assert "ひみつ" not in str(kept)
    assert A not in str(kept)
