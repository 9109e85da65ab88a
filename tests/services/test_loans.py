import datetime as dt
import threading

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from portal_app import libraries
from portal_app.data.tables import Hold, Loan
from portal_app.domain.holds import HoldState
from portal_app.domain.loans import Refusal, Refused
from portal_app.services import loans
from tests.conftest import NOW, TODAY, add_record, lend

KAGOSHIMA = libraries.load("kagoshima").loans.renewals
KOGANEI = libraries.load("koganei").loans.renewals


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


@pytest.fixture
def kokoro_at_home(library, hanako, kokoro) -> int:
    """Hanako has こころ at home, due in three days."""
    with Session(library) as tx, tx.begin():
        return lend(tx, item_id=21, patron_id=hanako, due_on=TODAY + days(3))


@pytest.fixture
def ken_waits(library, ken, kokoro) -> int:
    """Ken waits for こころ."""
    with Session(library) as tx, tx.begin():
        tx.add(
            Hold(
                patron_id=ken,
                record_id=kokoro,
                slot=1,
                queue_number=1,
                pickup_branch="main",
                contact_method="none",
                placed_at=NOW,
            )
        )
    return ken


def renew(patron_id, loan_id, *, policy=KAGOSHIMA, today=TODAY) -> loans.Renewed:
    return loans.renew(patron_id=patron_id, loan_id=loan_id, policy=policy, today=today)


def loan_as_written(library, loan_id) -> Loan:
    with Session(library) as tx:
        return tx.get_one(Loan, loan_id)


def test_a_loan_shows_to_which_day_it_could_be_renewed(hanako, kokoro_at_home):
    (loan,) = loans.look(patron_id=hanako, policy=KAGOSHIMA, today=TODAY)

    assert loan.record.title == "こころ"
    assert (loan.due_on, loan.renewed_due_on) == (TODAY + days(3), TODAY + days(14))
    assert loan.refused is None
    assert not loan.is_overdue


def test_due_soonest_comes_first(library, hanako, kokoro_at_home):
    add_record(30, "明日までの本", lent=False)
    with Session(library) as tx, tx.begin():
        lend(tx, item_id=301, patron_id=hanako, due_on=TODAY - days(1))

    shown = loans.look(patron_id=hanako, policy=KOGANEI, today=TODAY)

    assert [(loan.record.title, loan.is_overdue) for loan in shown] == [
        ("明日までの本", True),
        ("こころ", False),
    ]


def test_k17_renewing_moves_the_due_date_two_weeks_from_the_click(library, hanako, kokoro_at_home):
    renewed = renew(hanako, kokoro_at_home)

    assert renewed == loans.Renewed(due_on=TODAY + days(14), refused=None)
    assert loan_as_written(library, kokoro_at_home).due_on == TODAY + days(14)


def test_g25_renewing_moves_the_due_date_a_week_from_where_it_was(hanako, kokoro_at_home):
    assert renew(hanako, kokoro_at_home, policy=KOGANEI).due_on == TODAY + days(10)


def test_the_second_press_is_refused_and_moves_nothing(library, hanako, kokoro_at_home):
    renew(hanako, kokoro_at_home)

    again = renew(hanako, kokoro_at_home)

    assert again.refused == Refused(why=Refusal.RENEWAL_LIMIT_REACHED)
    assert again.due_on == TODAY + days(14)
    assert loan_as_written(library, kokoro_at_home).renewals == 1


def test_k16_what_another_waits_for_is_not_renewed(library, hanako, kokoro_at_home, ken_waits):
    renewed = renew(hanako, kokoro_at_home)

    assert renewed.refused == Refused(why=Refusal.WAITED_FOR_BY_ANOTHER)
    assert loan_as_written(library, kokoro_at_home).due_on == TODAY + days(3)


def test_a_hold_that_has_ended_stops_nobody(library, hanako, kokoro_at_home, ken_waits):
    with Session(library) as tx, tx.begin():
        hold = tx.exec(select(Hold)).one()
        hold.state, hold.slot, hold.queue_number, hold.ended_at = (
            HoldState.CANCELLED,
            None,
            None,
            NOW,
        )

    assert renew(hanako, kokoro_at_home).refused is None


def test_nobody_renews_the_loan_of_another(library, ken, kokoro_at_home):
    renewed = renew(ken, kokoro_at_home)

    assert renewed == loans.Renewed(due_on=None, refused=Refused(why=Refusal.NOT_ON_LOAN))
    assert loan_as_written(library, kokoro_at_home).renewals == 0


def test_what_has_come_back_is_not_renewed(library, hanako, kokoro_at_home):
    with Session(library) as tx, tx.begin():
        tx.get_one(Loan, kokoro_at_home).returned_at = NOW

    assert renew(hanako, kokoro_at_home).refused == Refused(why=Refusal.NOT_ON_LOAN)
    assert loans.look(patron_id=hanako, policy=KAGOSHIMA, today=TODAY) == ()


def test_two_presses_at_once_renew_once(library, hanako, kokoro_at_home):
    start = threading.Barrier(4)
    renewals = []

    def press():
        start.wait(timeout=10)
        renewals.append(renew(hanako, kokoro_at_home, policy=KOGANEI))

    tabs = [threading.Thread(target=press) for _ in range(4)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join(timeout=30)

    assert sum(renewed.refused is None for renewed in renewals) == 1
    assert loan_as_written(library, kokoro_at_home).due_on == TODAY + days(10)


def test_an_item_is_never_lent_twice(library, ken, kokoro_at_home):
    with Session(library) as tx, pytest.raises(IntegrityError):
        lend(tx, item_id=21, patron_id=ken, due_on=TODAY)
