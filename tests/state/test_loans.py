import datetime as dt

import pytest
from sqlmodel import Session

from portal_app.domain.loans import Refusal
from portal_app.state.loans import LoansState
from tests.conftest import TODAY, lend


@pytest.fixture
def kokoro_at_home(library, hanako, kokoro) -> int:
    """Hanako has こころ at home, due in three days."""
    with Session(library) as tx, tx.begin():
        return lend(tx, item_id=21, patron_id=hanako, due_on=TODAY + dt.timedelta(days=3))


@pytest.fixture
async def loans(tab, kokoro_at_home) -> LoansState:
    """Hanako's loans, on her screen."""
    state = await tab.get_state(LoansState)
    await state.open()
    return state


async def test_loans_are_shown_with_how_many_are_allowed(loans):
    [loan] = loans.loans

    assert loan.record.title == "こころ"
    assert [(tally.kind, tally.used, tally.limit) for tally in loans.tallies] == [("all", 1, 10)]
    assert loans.today == TODAY.isoformat()


async def test_asking_shows_the_new_day_and_changes_nothing(loans, kokoro_at_home):
    await loans.ask(kokoro_at_home)

    assert loans.is_asking
    assert loans.asked.renewed_due_on == TODAY + dt.timedelta(days=14)
    assert loans.asked.due_on == TODAY + dt.timedelta(days=3)


async def test_dismissing_renews_nothing_even_when_renew_is_pressed_afterwards(
    loans, kokoro_at_home
):
    await loans.ask(kokoro_at_home)
    await loans.dismiss()

    await loans.renew()

    assert loans.answer == ""
    assert loans.loans[0].renewals == 0


async def test_renewing_says_the_new_day_once(loans, kokoro_at_home):
    await loans.ask(kokoro_at_home)
    await loans.renew()
    await loans.renew()

    assert (loans.answer, loans.answer_title) == ("renewed", "こころ")
    assert loans.answer_day == (TODAY + dt.timedelta(days=14)).isoformat()
    assert loans.loans[0].renewals == 1
    assert loans.loans[0].refused.why is Refusal.RENEWAL_LIMIT_REACHED


async def test_what_is_refused_meanwhile_is_said(loans, kokoro_at_home, library):
    await loans.ask(kokoro_at_home)
    with Session(library) as tx, tx.begin():
        tx.connection().exec_driver_sql("UPDATE loan SET renewals = 1")

    await loans.renew()

    assert loans.answer == Refusal.RENEWAL_LIMIT_REACHED
    assert loans.answer_day == ""


async def test_nobody_is_asked_about_the_loan_of_another(loans, library, ginga):
    await loans.ask(987)

    assert not loans.is_asking
