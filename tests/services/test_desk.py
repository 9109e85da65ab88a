import datetime as dt
from dataclasses import fields

from sqlmodel import Session

from portal_app.data.tables import Hold
from portal_app.domain.holds import EndReason, HoldState
from portal_app.services import desk
from portal_app.services.desk import PatronAtDesk
from tests.conftest import NOW, TODAY, lend

HANAKO = "20000000000001"
DAY = dt.timedelta(days=1)


def find(*readings: str):
    return desk.find_patron(readings=readings, shown_digits=3, today=TODAY)


def place(library, patron_id, record_id, state=HoldState.WAITING, **facts) -> int:
    with Session(library, expire_on_commit=False) as tx, tx.begin():
        is_open = {"slot": record_id, "queue_number": 1} if "ended_at" not in facts else {}
        hold = Hold(
            patron_id=patron_id,
            record_id=record_id,
            state=state,
            pickup_branch="main",
            contact_method="none",
            placed_at=NOW,
            **is_open,
            **facts,
        )
        tx.add(hold)
    return hold.id or 0


def test_a_desk_sees_whether_somebody_can_be_served(library, hanako, ginga, kokoro):
    with Session(library) as tx, tx.begin():
        lend(tx, item_id=21, patron_id=hanako, due_on=TODAY - DAY)
        lend(tx, item_id=22, patron_id=hanako, due_on=TODAY)
    place(library, hanako, ginga, HoldState.READY, item_id=11, pickup_by=TODAY)

    found = find(HANAKO)

    assert found is not None
    assert (found.patron_id, found.card_number) == (hanako, HANAKO)
    shown = found.shown
    assert (shown.name, shown.card_masked) == ("花子", "***********001")
    assert (shown.loans, shown.overdue, shown.ready) == (2, 1, 1)
    assert not shown.is_expired


def test_an_expired_card_is_known_as_one(library, taro):
    found = find("20000000000002")

    assert found is not None
    assert found.shown.is_expired


def test_the_first_reading_that_somebody_has_counts(library, hanako, taro):
    found = find("A1A", HANAKO, "20000000000002")

    assert found is not None
    assert found.patron_id == hanako


def test_a_card_of_nobody_is_told_apart(library, hanako):
    assert find("2", "") is None
    assert find() is None


def test_a_desk_is_shown_nothing_that_was_read():
    assert {field.name for field in fields(PatronAtDesk)} == {
        *("card_expires_on", "card_masked", "is_expired", "loans", "name", "overdue", "ready")
    }


def test_a_desk_sees_the_open_holds_and_no_others(library, hanako, ken, ginga, kokoro):
    place(library, hanako, ginga)
    place(
        library,
        hanako,
        kokoro,
        HoldState.CANCELLED,
        end_reason=EndReason.BY_PATRON,
        ended_at=NOW,
    )

    [hold] = desk.open_holds(patron_id=hanako)

    assert (hold.record.title, hold.state) == ("銀河鉄道の夜", HoldState.WAITING)
    assert desk.open_holds(patron_id=ken) == ()


def test_a_slip_says_the_end_of_the_card_number(library, hanako, ginga):
    hold_id = place(library, hanako, ginga)

    assert desk.last_digits(hold_id=hold_id, count=4) == "0001"
    assert desk.last_digits(hold_id=hold_id + 1, count=4) == ""
