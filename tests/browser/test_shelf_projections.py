"""What a device draws of its own operations on shelves is what the library makes of them."""

import json
import random
import uuid
from dataclasses import asdict
from functools import partial
from typing import Any

import pytest

from portal_app import libraries
from portal_app.domain.outbox import Answer, Operation
from portal_app.domain.shelves import UNSORTED
from portal_app.services import outbox, shelf_copies, shelves
from tests.conftest import NOW, add_record

SHELVES = [str(uuid.UUID(int=number, version=4)) for number in (1, 2, 3)]
RECORDS = (1, 2, 3, 4, 5, 6)
OUR_LIBRARY = libraries.load("koganei")
STEPS = 40

DRAW_EACH = """
import { PROJECTIONS } from "./utils/shelves/projections.js";
const books = (held) =>
  (held?.books ?? []).map((one) => [one.record.record_id, one.note, one.is_read]);
const short = ({ shelves, deleted, contents }) => ({
  shelves: shelves.map(({ shelf_id, name, count }) => [shelf_id, name, count]),
  deleted: deleted.map(({ shelf_id }) => shelf_id).sort(),
  books: Object.fromEntries(shelves.map(({ shelf_id }) => [shelf_id, books(contents[shelf_id])])),
});
let state = { shelves: [], deleted: [], contents: {} };
answer(steps.map(({ operation, is_plain, there }) => {
  const screen = { ShelvesState: state };
  if (is_plain) state = PROJECTIONS[operation.kind](screen, operation).ShelvesState;
  const drawn = short(is_plain ? state : there);
  // As the library sends it with each answer: the shelves always, their books where it must.
  state = { ...there, contents: { ...state.contents, ...(is_plain ? {} : there.contents) } };
  return { operation, drawn, there: short(there) };
}));
"""


class Patron:
    """Somebody who does anything to their shelves, with a device that has seen all of it."""

    def __init__(self, patron_id: int, seed: int) -> None:
        self.patron_id, self.random = patron_id, random.Random(seed)  # noqa: S311  no secret
        self.numbers = iter(range(1_000))
        self.ever_noted: set[tuple[str, int]] = set()
        kinds = (self.make, self.name, self.throw_away, self.bring_back, self.arrange)
        of_books = (self.put, self.take_off, self.carry, self.order, self.write, self.mark)
        self.deeds = [*kinds, *of_books, *of_books, *of_books]

    def steps(self) -> list[dict[str, object]]:
        begun = [partial(self.make, shelf) for shelf in SHELVES[:2]]
        rest = [self.random.choice(self.deeds) for _ in range(STEPS)]
        return [self.step(*deed()) for deed in (*begun, *rest)]

    def step(self, kind: str, payload: dict[str, Any]) -> dict[str, object]:
        operation = Operation(id=str(uuid.uuid4()), kind=f"shelves.{kind}", payload=payload)
        before = self.seen()
        answer = outbox.deliver(
            patron_id=self.patron_id, operation=operation, library=OUR_LIBRARY, now=NOW
        )
        return {
            "operation": {
                **asdict(operation),
                "at": NOW.isoformat(),
                "shown": {"records": [{"record_id": one, "title": f"本{one}"} for one in RECORDS]},
            },
            "is_plain": self.is_plain(answer) and not self.has_a_note_again(before, kind, payload),
            "there": self.seen(),
        }

    def is_plain(self, answer: Answer) -> bool:
        return answer.is_done and not answer.reason

    def has_a_note_again(self, before, kind: str, payload) -> bool:
        """Only the library remembers what was written on a book that was taken off."""
        shelf_id = payload.get("target_id", payload["shelf_id"])
        books = before["contents"].get(shelf_id, {"books": ()})["books"]
        there = {book["record"]["record_id"] for book in books}
        coming = {(shelf_id, one) for one in payload.get("record_ids", ()) if one not in there}
        return kind in {"add", "copy", "move"} and bool(coming & self.ever_noted)

    def seen(self) -> dict[str, Any]:
        look = shelves.look(patron_id=self.patron_id, policy=OUR_LIBRARY.shelf, now=NOW)
        held = shelf_copies.look(patron_id=self.patron_id, shelf_ids=None)
        contents = {shelf_id: asdict(shelf) for shelf_id, shelf in held.items()}
        self.ever_noted |= {
            (shelf_id, book["record"]["record_id"])
            for shelf_id, shelf in contents.items()
            for book in shelf["books"]
            if book["note"] or book["is_read"]
        }
        rows = {"shelves": look.shelves, "deleted": look.deleted}
        return {
            **{name: [asdict(one) for one in found] for name, found in rows.items()},
            "contents": contents,
        }

    def some(self) -> list[int]:
        return self.random.sample(RECORDS, self.random.randint(1, 3))

    def shelf(self) -> str:
        return self.random.choice([*SHELVES, UNSORTED])

    def place(self, others) -> dict[str, object]:
        where = self.random.choice(("top", "bottom", "after"))
        return {"where": where, "after": self.random.choice(others) if where == "after" else None}

    def make(self, shelf_id: str = ""):
        return "create", {"shelf_id": shelf_id or self.random.choice(SHELVES), "name": self.new()}

    def name(self):
        return "rename", {"shelf_id": self.shelf(), "name": self.new(), "seen_name": "別の名前"}

    def throw_away(self):
        shelf_id = self.shelf()
        return "delete", {"shelf_id": shelf_id, "seen_count": len(RECORDS)}

    def bring_back(self):
        return "restore", {"shelf_id": self.shelf()}

    def arrange(self):
        return "arrange", {"shelf_id": self.shelf(), **self.place(SHELVES)}

    def put(self):
        return "add", {"shelf_id": self.shelf(), "record_ids": self.some()}

    def take_off(self):
        return "remove", {"shelf_id": self.shelf(), "record_ids": self.some()}

    def carry(self):
        kind = self.random.choice(("copy", "move"))
        books = {"shelf_id": self.shelf(), "record_ids": self.some()}
        return kind, {**books, "target_id": self.shelf()}

    def order(self):
        books = {"shelf_id": self.shelf(), "record_ids": self.some()}
        return "order", {**books, **self.place(RECORDS)}

    def write(self):
        book = {"shelf_id": self.shelf(), "record_id": self.random.choice(RECORDS)}
        seen = self.seen()["contents"].get(book["shelf_id"], {"books": ()})
        notes = {one["record"]["record_id"]: one["note"] for one in seen["books"]}
        note = self.random.choice(("", self.new()))
        return "note", {**book, "note": note, "seen_note": notes.get(book["record_id"], "")}

    def mark(self):
        is_read = self.random.choice((True, False))
        return "mark", {"shelf_id": self.shelf(), "record_ids": self.some(), "is_read": is_read}

    def new(self) -> str:
        return f"棚{next(self.numbers)}"


@pytest.mark.parametrize("seed", range(6))
def test_what_is_drawn_is_what_the_library_does(library, branches, hanako, in_browser, seed):
    for number in RECORDS:
        add_record(number, f"本{number}")
    steps = json.dumps(Patron(hanako, seed).steps(), default=str)

    for step in in_browser(f"const steps = {steps};\n{DRAW_EACH}"):
        if step["operation"]["kind"] == "shelves.restore":  # to its place, which no device knows
            step["drawn"]["shelves"].sort()
            step["there"]["shelves"].sort()
        assert step["drawn"] == step["there"], step["operation"]


def test_a_shelf_that_was_not_looked_into_is_not_shown_in_part(in_browser):
    drawn = in_browser(
        """
        import { PROJECTIONS } from "./utils/shelves/projections.js";
        const shelves = [{ shelf_id: "s", name: "", count: 7 }];
        const screen = { ShelvesState: { shelves, deleted: [], contents: {} } };
        const shown = { records: [{ record_id: 1 }] };
        const payload = { shelf_id: "s", record_ids: [1] };
        answer(PROJECTIONS["shelves.add"](screen, { payload, shown, at: "" }).ShelvesState);
        """
    )

    assert drawn == {
        "shelves": [{"shelf_id": "s", "name": "", "count": 8}],
        "deleted": [],
        "contents": {},
    }


def test_books_stand_in_the_order_in_which_they_were_put_there(in_browser):
    added = in_browser(
        """
        import { PROJECTIONS } from "./utils/shelves/projections.js";
        import { sorted } from "./utils/shelves/view.js";
        const held = { revision: "r", books: [] };
        const shelves = [{ shelf_id: "s", name: "", count: 0 }];
        const at = "2026-11-22T09:40:00+09:00";
        let ShelvesState = { shelves, deleted: [], contents: { s: held } };
        for (const record_ids of [[3, 1], [4, 2]]) {
          const shown = { records: record_ids.map((record_id) => ({ record_id })) };
          const operation = { payload: { shelf_id: "s", record_ids }, shown, at };
          ({ ShelvesState } = PROJECTIONS["shelves.add"]({ ShelvesState }, operation));
        }
        const books = sorted(ShelvesState.contents.s.books, "added", false);
        answer(books.map(({ record, added_at }) => [record.record_id, added_at]));
        """
    )

    assert added == [
        [3, "2026-11-22T09:40:00.000000+09:00"],
        [1, "2026-11-22T09:40:00.000001+09:00"],
        [4, "2026-11-22T09:40:00.000002+09:00"],
        [2, "2026-11-22T09:40:00.000003+09:00"],
    ]


def test_a_shelf_that_was_changed_here_is_no_revision_of_the_librarys(in_browser):
    """Another device may undo it: then the shelf is again as the library has sent it before."""
    held = in_browser(
        """
        import { PROJECTIONS } from "./utils/shelves/projections.js";
        const books = [{ record: { record_id: 1 }, is_read: false }];
        const contents = { s: { revision: "r", books } };
        const screen = { ShelvesState: { shelves: [], deleted: [], contents } };
        const payload = { shelf_id: "s", record_ids: [1], is_read: true };
        answer(PROJECTIONS["shelves.mark"](screen, { payload }).ShelvesState.contents.s);
        """
    )

    assert held == {"revision": "", "books": [{"record": {"record_id": 1}, "is_read": True}]}


def test_every_kind_that_shelves_have_is_drawn(in_browser):
    kinds = in_browser(
        """
        import { PROJECTIONS } from "./utils/shelves/projections.js";
        answer(Object.keys(PROJECTIONS));
        """
    )

    assert set(kinds) == {kind for kind in outbox.KINDS if kind.startswith("shelves.")}
