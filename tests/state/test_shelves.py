import uuid

import pytest
import reflex as rx
from sqlmodel import Session, func, select

from portal_app.data.tables import ShelfBook
from portal_app.domain.policies import Shelf as Policy
from portal_app.domain.shelves import ShelfKey
from portal_app.services import shelf_copies, shelf_filling, shelves
from portal_app.state.offline import CopyState
from portal_app.state.outbox import OutboxState, Sent
from portal_app.state.session import NotSignedIn
from portal_app.state.shelves import ShelvesState
from tests.conftest import NOW

A, B = (str(uuid.UUID(int=number, version=4)) for number in (1, 2))


@pytest.fixture
def shelf(library, hanako, ginga) -> str:
    """Hanako's shelf with 銀河鉄道の夜 on it, and an empty one."""
    for shelf_id, name in ((A, "よみたい"), (B, "よんだ")):
        key = ShelfKey(patron_id=hanako, shelf_id=shelf_id)
        shelves.create(key=key, name=name, policy=Policy(), now=NOW)
    key = ShelfKey(patron_id=hanako, shelf_id=A)
    shelf_filling.add(keys=[key], record_ids=[ginga], policy=Policy(), now=NOW)
    return A


@pytest.fixture
async def state(tab) -> ShelvesState:
    return await tab.get_state(ShelvesState)


def revisions(patron_id: int) -> dict[str, str]:
    held = shelf_copies.look(patron_id=patron_id, shelf_ids=None)
    return {shelf_id: one.revision for shelf_id, one in held.items()}


def sent(kind: str, **payload) -> Sent:
    return Sent(id=str(uuid.uuid4()), kind=kind, payload=payload)


async def test_the_shelves_are_shown_with_their_numbers_and_without_their_books(state, shelf):
    """K-53."""
    await state.open()

    assert [(row.name, row.count) for row in state.shelves] == [("よみたい", 1), ("よんだ", 0)]
    assert state.is_loaded
    assert state.contents == {}


async def test_a_shelf_is_sent_with_its_books(state, shelf, ginga):
    """K-57."""
    await state.look_into(shelf, {})

    assert [book.record.record_id for book in state.contents[shelf].books] == [ginga]
    assert B not in state.contents
    assert state.is_loaded


async def test_a_shelf_that_a_device_has_as_it_is_is_not_sent_again(state, shelf, hanako):
    known = revisions(hanako)

    await state.look_into(shelf, known)
    assert state.contents == {}

    await state.look_into(shelf, {**known, shelf: "an old one"})
    assert state.contents.keys() == {shelf}


async def test_a_shelf_that_is_gone_is_let_go_of_and_no_other(state, shelf, hanako):
    known = {**revisions(hanako), "gone": "an old one", "gone too": "an old one"}

    await state.look_into("gone", known)

    assert state.contents == {"gone": None}


async def test_all_shelves_are_sent_where_all_are_looked_at(state, shelf):
    await state.look_into("all", {})

    assert state.contents.keys() == {A, B}


@pytest.mark.parametrize("shelf_id", ["nothing", ""])
async def test_what_is_no_shelf_of_the_patrons_is_not_sent(state, shelf, shelf_id):
    await state.look_into(shelf_id, {})

    assert state.contents == {}
    assert state.is_loaded


async def test_a_device_is_sent_only_what_it_has_not_or_not_like_this(tab, state, shelf, hanako):
    copy = await tab.get_state(CopyState)
    known = {**revisions(hanako), "gone": "an old one"}

    await copy.fill(known)
    assert state.contents == {"gone": None}

    await copy.fill({**known, B: "an old one"})
    assert state.contents.keys() == {B, "gone"}


async def test_books_are_forgotten_as_soon_as_a_device_has_been_sent_them(tab, state, shelf, ginga):
    """Or the next hydration would send them again, however old they are then."""
    copy, outbox = await tab.get_state(CopyState), await tab.get_state(OutboxState)
    move = sent("shelves.move", shelf_id=B, record_ids=[ginga], target_id=A)

    for sending in (copy.fill({}), outbox.deliver("hanako", [move]), state.look_into("all", {})):
        [then] = await sending
        assert state.contents.keys() == {A, B}
        assert then.handler is ShelvesState.forget_sent
        state.forget_sent()
        assert state.contents == {}


async def test_what_is_done_as_it_was_asked_for_is_not_sent_again(tab, state, shelf, ginga):
    outbox = await tab.get_state(OutboxState)

    await outbox.deliver(
        "hanako", [sent("shelves.mark", shelf_id=A, record_ids=[ginga], is_read=True)]
    )

    assert state.contents == {}
    assert [row.count for row in state.shelves] == [1, 0]


async def test_what_a_device_cannot_know_comes_with_the_answer(tab, state, shelf, ginga, library):
    outbox = await tab.get_state(OutboxState)
    move = sent("shelves.move", shelf_id=B, record_ids=[ginga], target_id=A)

    await outbox.deliver("hanako", [move])

    assert outbox.answers[0].reason == "shelves.meeting.was_taken_off"
    assert state.contents.keys() == {A, B}
    with Session(library) as tx:
        assert tx.exec(select(func.count()).select_from(ShelfBook)).one() == 1


@pytest.mark.parametrize("payload", [{}, {"shelf_id": 3}, {"shelf_id": "x" * 40}, {"shelf_id": []}])
async def test_what_is_no_shelf_is_refused_without_a_fault(tab, state, shelf, payload):
    outbox = await tab.get_state(OutboxState)

    await outbox.deliver("hanako", [sent("shelves.mark", **payload)])

    assert outbox.answers[0].reason == "outbox.refusal.not_understood"
    assert state.contents == {}


async def test_strangers_have_no_shelves(library, shelf):
    stranger = await rx.State().get_state(ShelvesState)

    with pytest.raises(NotSignedIn):
        await stranger.open()
