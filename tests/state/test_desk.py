import datetime as dt

import pytest
import time_machine
from sqlmodel import Session, select

from portal_app.data import tables
from portal_app.domain.catalogue import ItemState
from portal_app.domain.holds import EndReason, HoldState
from portal_app.services import messages
from portal_app.state.desk import MOST_SCANS, CheckInState, LendState, ScannedCard, ScannedItem
from portal_app.state.desk_lists import FetchState, HoldShelfState
from portal_app.state.desk_patron import DeskPatronState, WrittenLetter
from portal_app.state.desk_session import DeskSessionState
from portal_app.state.session import SessionState
from tests.conftest import NOW, TODAY, lend

HANAKO = ScannedCard(card="20000000000001")
DAY = dt.timedelta(days=1)


@pytest.fixture
async def check_in(desk) -> CheckInState:
    """The page on which things come back."""
    return await desk.get_state(CheckInState)


@pytest.fixture
async def lending(desk) -> LendState:
    """The page on which things go out."""
    return await desk.get_state(LendState)


@pytest.fixture
async def at_desk(desk, hanako) -> DeskPatronState:
    """Hanako stands at the desk."""
    page = await desk.get_state(DeskPatronState)
    await page.find(HANAKO)
    return page


def item(barcode: str) -> ScannedItem:
    return ScannedItem(barcode=barcode)


def wait_for(library, patron_id: int, record_id: int, **facts) -> int:
    with Session(library, expire_on_commit=False) as tx, tx.begin():
        hold = tables.Hold(
            patron_id=patron_id,
            record_id=record_id,
            slot=record_id,
            queue_number=1,
            pickup_branch="main",
            contact_method="none",
            placed_at=NOW,
            **facts,
        )
        tx.add(hold)
    return hold.id or 0


def at_home(library, patron_id: int, item_id: int) -> None:
    with Session(library) as tx, tx.begin():
        lend(tx, item_id=item_id, patron_id=patron_id, due_on=TODAY + DAY)


async def test_what_comes_back_goes_to_its_shelf(library, check_in, hanako, kokoro):
    at_home(library, hanako, 21)

    await check_in.check_in(item("B21"))

    [scan] = check_in.scans
    assert (scan.refused, scan.was_returned, scan.goes) == ("", True, "shelf")
    assert (scan.title, scan.barcode, scan.digits) == ("こころ", "B21", "")


async def test_what_somebody_waits_for_goes_to_the_hold_shelf(
    library, check_in, hanako, ken, kokoro
):
    at_home(library, ken, 21)
    wait_for(library, hanako, kokoro)

    await check_in.check_in(item("B21"))

    [scan] = check_in.scans
    assert (scan.goes, scan.branch_code, scan.digits) == ("hold_shelf", "main", "0001")
    assert scan.pickup_by is not None
    assert scan.pickup_by > TODAY


async def test_what_belongs_elsewhere_is_sent_there(library, check_in, kokoro):
    await check_in.check_in(item("B22"))

    [scan] = check_in.scans
    assert (scan.was_returned, scan.goes, scan.branch_code) == (False, "send_home", "west")


async def test_a_scan_of_nothing_is_an_error_and_the_next_one_is_taken(check_in, kokoro):
    await check_in.check_in(item("nonsense"))
    await check_in.check_in(item("b21"))

    latest, before = check_in.scans
    assert (before.refused, before.title) == ("unknown_barcode", "")
    assert (latest.refused, latest.barcode) == ("", "B21")
    assert [latest.number, before.number] == [2, 1]


async def test_the_page_lists_the_latest_scans_alone(check_in):
    for number in range(MOST_SCANS + 1):
        await check_in.check_in(item(f"X{number}"))

    assert [scan.barcode for scan in check_in.scans[:2]] == [f"X{MOST_SCANS}", f"X{MOST_SCANS - 1}"]
    assert len(check_in.scans) == MOST_SCANS


async def test_the_desk_lends_to_the_card_that_was_scanned(library, lending, hanako, kokoro):
    await lending.find(ScannedCard(card="A20000000000001A"))
    await lending.lend(item("B21"))

    [scan] = lending.scans
    assert (scan.refused, scan.title) == ("", "こころ")
    assert scan.due_on is not None
    assert lending.patron is not None
    assert (lending.patron.name, lending.patron.loans) == ("花子", 1)
    with Session(library) as tx:
        assert tx.exec(select(tables.Loan.patron_id)).all() == [hanako]


async def test_a_no_is_said_with_its_reason(library, lending, hanako, ken, kokoro):
    at_home(library, ken, 21)
    await lending.find(HANAKO)

    for barcode in ("B21", "nonsense"):
        await lending.lend(item(barcode))

    assert [scan.refused for scan in lending.scans] == ["unknown_barcode", "on_loan"]


async def test_an_expired_card_is_lent_nothing_and_since_when_is_said(lending, taro, kokoro):
    await lending.find(ScannedCard(card="20000000000002"))
    await lending.lend(item("B21"))

    assert lending.patron is not None
    assert lending.patron.is_expired
    assert (lending.scans[0].refused, lending.scans[0].since) == ("card_expired", TODAY - DAY)


async def test_a_card_of_nobody_is_said(lending, hanako):
    await lending.find(ScannedCard(card="7"))

    assert lending.patron is None
    assert lending.unknown_card == "7"


async def test_whoever_goes_is_gone_from_the_screen(lending, hanako, kokoro):
    await lending.find(HANAKO)
    await lending.lend(item("B21"))

    await lending.finish()

    assert (lending.patron, lending.scans) == (None, [])


async def test_whoever_went_away_without_a_word_is_lent_nothing(library, lending, hanako, kokoro):
    await lending.find(HANAKO)

    with time_machine.travel(NOW + dt.timedelta(minutes=3)):
        await lending.lend(item("B21"))

    assert lending.patron is None
    with Session(library) as tx:
        assert tx.exec(select(tables.Loan.id)).all() == []


async def test_nobodys_number_is_sent_to_the_desk(lending, at_desk):
    await lending.find(HANAKO)

    for page in (lending, at_desk):
        assert HANAKO["card"] not in str(page.dict())


async def test_what_waits_on_a_shelf_is_to_be_fetched(library, desk, hanako, kokoro):
    wait_for(library, hanako, kokoro)
    fetch = await desk.get_state(FetchState)

    await fetch.open()

    assert [(one.barcode, one.pickup_branch) for one in fetch.items] == [("B21", "main")]


async def test_what_cannot_be_found_is_missing_from_then_on(library, desk, hanako, kokoro):
    wait_for(library, hanako, kokoro)
    fetch = await desk.get_state(FetchState)
    await fetch.open()

    await fetch.mark_missing("B21")

    assert (fetch.missing, fetch.problem) == ("B21", "")
    assert "B21" not in [one.barcode for one in fetch.items]
    with Session(library) as tx:
        assert tx.get_one(tables.Item, 21).state is ItemState.MISSING


async def test_the_hold_shelf_shows_what_lies_there_with_four_digits(library, desk, hanako, kokoro):
    await _set_aside(library, desk, hanako, kokoro)
    shelf = await desk.get_state(HoldShelfState)

    await shelf.open()

    [kept] = shelf.ready
    assert (kept.barcode, kept.card_number) == ("B21", "0001")
    assert shelf.asked_to_cancel == []


async def test_a_cancellation_that_was_asked_for_is_done_with_a_reason(
    library, desk, hanako, kokoro
):
    hold_id = await _set_aside(library, desk, hanako, kokoro, cancel_asked_at=NOW)
    shelf = await desk.get_state(HoldShelfState)
    await shelf.open()
    assert [kept.hold_id for kept in shelf.asked_to_cancel] == [hold_id]

    await shelf.cancel(hold_id, EndReason.ASKED_BY_PATRON)

    assert (shelf.cancelled, shelf.problem) == ("こころ", "")
    assert shelf.asked_to_cancel == []
    with Session(library) as tx:
        assert tx.get_one(tables.Hold, hold_id).state is HoldState.CANCELLED


async def test_a_reason_that_is_not_the_librarys_cancels_nothing(library, desk, hanako, kokoro):
    hold_id = wait_for(library, hanako, kokoro)
    shelf = await desk.get_state(HoldShelfState)

    await shelf.cancel(hold_id, EndReason.NOT_PICKED_UP)

    assert (shelf.cancelled, shelf.problem) == ("", "not_a_reason")


async def test_the_desk_cancels_a_hold_of_whoever_stands_there(library, at_desk, hanako, kokoro):
    hold_id = wait_for(library, hanako, kokoro)
    await at_desk.find(HANAKO)

    await at_desk.cancel(hold_id, EndReason.BY_LIBRARY)

    assert (at_desk.cancelled, at_desk.holds) == ("こころ", [])


async def test_the_desk_cancels_no_hold_of_anybody_else(library, at_desk, ken, kokoro):
    hold_id = wait_for(library, ken, kokoro)

    await at_desk.cancel(hold_id, EndReason.BY_LIBRARY)

    assert at_desk.cancelled == ""
    with Session(library) as tx:
        assert tx.get_one(tables.Hold, hold_id).state is HoldState.WAITING


async def test_a_new_password_is_shown_until_it_is_handed_over(library, at_desk, hanako):
    await at_desk.reset_password()
    assert len(at_desk.first_password) == len("kx7m-p3qd-9rte")

    await at_desk.hide_password()

    assert at_desk.first_password == ""
    with Session(library) as tx:
        assert tx.get_one(tables.Patron, hanako).password_is_initial


async def test_a_password_goes_with_the_patron(at_desk):
    await at_desk.reset_password()

    await at_desk.finish()

    assert (at_desk.patron, at_desk.first_password) == (None, "")


async def test_the_desk_writes_to_whoever_stands_there(at_desk, hanako):
    await at_desk.send(WrittenLetter(subject=" 忘れ物 ", body="傘をお預かりしています。"))

    assert (at_desk.is_sent, at_desk.not_sent) == (True, "")
    [message] = messages.look(patron_id=hanako, today=TODAY)
    assert message.subject == "忘れ物"


async def test_what_is_begun_to_be_written_is_found_again_by_its_writer_alone(desk, at_desk):
    of_hanako = at_desk.draft_name
    await at_desk.find(ScannedCard(card="20000000000099"))
    assert at_desk.draft_name == ""

    await at_desk.find(HANAKO)
    assert at_desk.draft_name == of_hanako != ""

    (await desk.get_state(DeskSessionState)).draft_key = "of somebody else at the desk"
    await at_desk.find(HANAKO)
    assert at_desk.draft_name != of_hanako


async def test_an_empty_message_is_not_sent(at_desk, hanako):
    await at_desk.send(WrittenLetter(subject="忘れ物", body=" "))

    assert (at_desk.is_sent, at_desk.not_sent) == (False, "no_body")
    assert messages.look(patron_id=hanako, today=TODAY) == ()


async def test_without_a_patron_nothing_is_done(library, desk, hanako):
    page = await desk.get_state(DeskPatronState)

    await page.reset_password()
    await page.send(WrittenLetter(subject="忘れ物", body="傘"))

    assert page.first_password == ""
    assert messages.look(patron_id=hanako, today=TODAY) == ()


async def test_a_desk_is_no_patron(desk):
    session = await desk.get_state(SessionState)

    assert not session.is_signed_in
    assert session.owner == ""


async def _set_aside(library, desk, patron_id, record_id, **facts) -> int:
    hold_id = wait_for(library, patron_id, record_id)
    check_in = await desk.get_state(CheckInState)
    await check_in.check_in(item("B21"))
    with Session(library) as tx, tx.begin():
        hold = tx.get_one(tables.Hold, hold_id)
        for name, fact in facts.items():
            setattr(hold, name, fact)
    return hold_id
