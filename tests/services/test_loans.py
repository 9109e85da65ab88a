import datetime as dt
import threading

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from portal_app import libraries
from portal_app.data.tables import Hold, HoldSeries, Loan
from portal_app.domain.hold_series import SeriesKind
from portal_app.domain.holds import EndReason, HoldState
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


def test_due_soonest_comes_first(library, hanako, kokoro_at_home):
    add_record(30, "昨日までの本", lent=False)
    with Session(library) as tx, tx.begin():
        lend(tx, item_id=301, patron_id=hanako, due_on=TODAY - days(1))

    shown = loans.look(patron_id=hanako, policy=KOGANEI, today=TODAY)

    assert [loan.record.title for loan in shown] == ["昨日までの本", "こころ"]


def test_k17_renewing_moves_the_due_date_two_weeks_from_the_click(library, hanako, kokoro_at_home):
    renewed = renew(hanako, kokoro_at_home)

    assert renewed == loans.Renewed(due_on=TODAY + days(14), refused=None)
    assert loan_as_written(library, kokoro_at_home).due_on == TODAY + days(14)


def test_g25_renewing_moves_the_due_date_a_week_from_where_it_was(hanako, kokoro_at_home):
    assert renew(hanako, kokoro_at_home, policy=KOGANEI).due_on == TODAY + days(10)


def test_the_second_press_is_refused_and_moves_nothing(library, hanako, kokoro_at_home):
    renew(hanako, kokoro_at_home)

    again = renew(hanako, kokoro_at_home)

    assert again.refused == Refused(why=Refusal.RENEWAL_LIMIT_REACHED, limit=1)
    assert again.due_on == TODAY + days(14)
    assert loan_as_written(library, kokoro_at_home).renewals == 1


def test_k16_what_another_waits_for_is_not_renewed(library, hanako, kokoro_at_home, ken_waits):
    renewed = renew(hanako, kokoro_at_home)

    assert renewed.refused == Refused(why=Refusal.WAITED_FOR_BY_ANOTHER)
    assert loan_as_written(library, kokoro_at_home).due_on == TODAY + days(3)


def test_a_hold_that_has_ended_stops_nobody(library, hanako, kokoro_at_home, ken_waits):
    with Session(library) as tx, tx.begin():
        hold = tx.exec(select(Hold)).one()
        hold.state, hold.end_reason = HoldState.CANCELLED, EndReason.BY_PATRON
        hold.slot, hold.queue_number, hold.ended_at = None, None, NOW

    assert renew(hanako, kokoro_at_home).refused is None


def test_whoever_has_suspended_a_hold_is_still_waiting(library, hanako, kokoro_at_home, ken_waits):
    """They keep their place, and the renewal would still run when their turn comes."""
    with Session(library) as tx, tx.begin():
        tx.exec(select(Hold)).one().suspended_until = TODAY + days(60)

    assert renew(hanako, kokoro_at_home).refused == Refused(why=Refusal.WAITED_FOR_BY_ANOTHER)


def test_whoever_waits_for_their_turn_in_a_series_is_still_waiting(
    library, hanako, kokoro_at_home, ken_waits
):
    with Session(library) as tx, tx.begin():
        series = HoldSeries(patron_id=ken_waits, number=1, kind=SeriesKind.IN_ORDER, made_at=NOW)
        tx.add(series)
        tx.flush()  # the hold needs its series first
        hold = tx.exec(select(Hold)).one()
        hold.series_id, hold.series_place = series.id, 2

    assert renew(hanako, kokoro_at_home).refused == Refused(why=Refusal.WAITED_FOR_BY_ANOTHER)


def test_whoever_wanted_it_until_yesterday_is_not_waiting_any_more(
    library, hanako, kokoro_at_home, ken_waits
):
    """The hold is taken out of the queue at night; the loan can be renewed before."""
    with Session(library) as tx, tx.begin():
        tx.exec(select(Hold)).one().expires_on = TODAY - days(1)

    (loan,) = loans.look(patron_id=hanako, policy=KAGOSHIMA, today=TODAY)

    assert loan.refused is None
    assert renew(hanako, kokoro_at_home).refused is None


def test_nobody_waits_for_themselves(library, ken, kokoro, ken_waits):
    with Session(library) as tx, tx.begin():
        loan_id = lend(tx, item_id=21, patron_id=ken, due_on=TODAY + days(3))

    assert renew(ken, loan_id).refused is None


def test_every_refusal_shown_is_the_one_that_is_given(hanako, kokoro_at_home):
    for number in range(-40, 41):
        today = TODAY + days(number)
        for policy in (KAGOSHIMA, KOGANEI):
            (shown,) = loans.look(patron_id=hanako, policy=policy, today=today)
            if shown.refused is not None:
                given = renew(hanako, kokoro_at_home, policy=policy, today=today)
                assert given.refused == shown.refused
                assert given.due_on == shown.due_on
                assert shown.renewed_due_on is None
            else:
                assert shown.due_on < (shown.renewed_due_on or dt.date.min)


def test_nobody_renews_the_loan_of_another(library, ken, kokoro_at_home):
    renewed = renew(ken, kokoro_at_home)

    assert renewed == loans.Renewed(due_on=None, refused=Refused(why=Refusal.NOT_ON_LOAN))
    assert loan_as_written(library, kokoro_at_home).renewals == 0


def test_what_has_come_back_is_not_renewed(library, hanako, kokoro_at_home):
    with Session(library) as tx, tx.begin():
        loan = tx.get_one(Loan, kokoro_at_home)
        loan.returned_at, loan.patron_id = NOW, None

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


def test_many_presses_at_once_renew_as_often_as_allowed(library, hanako, kokoro_at_home):
    policy = KOGANEI.model_copy(update={"limit": 3, "opens_days_before_due": None})
    start = threading.Barrier(8)
    renewals = []

    def press():
        start.wait(timeout=10)
        renewals.append(renew(hanako, kokoro_at_home, policy=policy))

    tabs = [threading.Thread(target=press) for _ in range(8)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join(timeout=30)

    granted = sorted(renewed.due_on for renewed in renewals if renewed.refused is None)
    assert granted == [TODAY + days(10), TODAY + days(17), TODAY + days(24)]
    assert {renewed.refused for renewed in renewals if renewed.refused} == {
        Refused(why=Refusal.RENEWAL_LIMIT_REACHED, limit=3)
    }
    written = loan_as_written(library, kokoro_at_home)
    assert (written.due_on, written.renewals) == (TODAY + days(24), 3)


def test_an_item_is_never_lent_twice(library, ken, kokoro_at_home):
    with Session(library) as tx, pytest.raises(IntegrityError):
        lend(tx, item_id=21, patron_id=ken, due_on=TODAY)
