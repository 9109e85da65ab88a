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


async def test_k15_g21_loans_are_shown_with_how_many_are_allowed(loans):
    [loan] = loans.loans

    assert loan.record.title == "こころ"
    assert [(tally.kind, tally.used, tally.limit) for tally in loans.tallies] == [("all", 1, 10)]
    assert loans.is_loaded
    assert loans.as_of.startswith("2026-11-22T10:00:0")


async def test_a_loan_shows_the_new_day_before_it_is_renewed(loans):
    [loan] = loans.loans

    assert loan.renewed_due_on == TODAY + dt.timedelta(days=14)
    assert loan.due_on == TODAY + dt.timedelta(days=3)
    assert (loan.refused, loan.renewals) == (None, 0)


async def test_what_cannot_be_renewed_says_why(loans, library):
    with Session(library) as tx, tx.begin():
        tx.connection().exec_driver_sql("UPDATE loan SET renewals = 1")

    await loans.open()

    assert loans.loans[0].refused.why is Refusal.RENEWAL_LIMIT_REACHED
