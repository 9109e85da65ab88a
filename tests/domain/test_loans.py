import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app import libraries
from portal_app.domain.catalogue import MaterialClass
from portal_app.domain.loans import (
    Refusal,
    Refused,
    Terms,
    is_overdue,
    refused,
    renewed_due_on,
)
from portal_app.domain.policies import RenewalBase, Renewals

KAGOSHIMA = libraries.load("kagoshima").loans.renewals
KOGANEI = libraries.load("koganei").loans.renewals
TODAY = dt.date(2026, 11, 22)


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def loan(due_in: int, **changes) -> Terms:
    """Return the terms of a book due in some days, never renewed, that nobody waits for."""
    terms = {
        "due_on": TODAY + days(due_in),
        "renewals": 0,
        "material": MaterialClass.BOOK,
        "is_interlibrary": False,
        "is_waited_for": False,
    }
    return Terms(**terms | changes)


def why(terms: Terms, policy: Renewals) -> Refusal | None:
    refusal = refused(terms, policy, TODAY)
    return refusal.why if refusal else None


def test_a_loan_is_in_time_on_its_due_date():
    assert not is_overdue(TODAY, TODAY)
    assert is_overdue(TODAY - days(1), TODAY)


def test_k17_kagoshima_counts_two_weeks_from_the_moment_of_the_click():
    assert renewed_due_on(TODAY + days(3), KAGOSHIMA, TODAY) == TODAY + days(14)


def test_g25_koganei_counts_one_week_from_the_due_date():
    assert renewed_due_on(TODAY + days(3), KOGANEI, TODAY) == TODAY + days(10)


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        (loan(3), None),
        (loan(0), None),
        (loan(-1), Refusal.OVERDUE),
        (loan(3, is_waited_for=True), Refusal.WAITED_FOR_BY_ANOTHER),
        (loan(3, renewals=1), Refusal.RENEWAL_LIMIT_REACHED),
        (loan(3, material=MaterialClass.CD), None),
        (loan(14), Refusal.WOULD_NOT_MOVE_DUE_DATE),
    ],
)
def test_k16_kagoshima_renews_once_in_time_and_when_nobody_waits(terms, refusal):
    assert why(terms, KAGOSHIMA) is refusal


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        (loan(8), Refusal.TOO_EARLY),
        (loan(7), None),
        (loan(-7), None),
        (loan(-8), Refusal.TOO_LATE),
        (loan(3, renewals=1), Refusal.RENEWAL_LIMIT_REACHED),
        (loan(3, is_waited_for=True), Refusal.WAITED_FOR_BY_ANOTHER),
        (loan(3, material=MaterialClass.CD), Refusal.CLASS_NOT_RENEWED),
        (loan(3, is_interlibrary=True), Refusal.INTERLIBRARY_NOT_RENEWED),
    ],
)
def test_g25_koganei_renews_from_a_week_before_to_a_week_after_the_due_date(terms, refusal):
    assert why(terms, KOGANEI) is refusal


def test_who_comes_too_early_is_told_from_which_day():
    refusal = refused(loan(10), KOGANEI, TODAY)

    assert refusal == Refused(why=Refusal.TOO_EARLY, on=TODAY + days(3))


def test_a_renewal_that_would_shorten_a_loan_is_refused_until_it_lengthens_it():
    long_loan = loan(20)

    refusal = refused(long_loan, KAGOSHIMA, TODAY)

    assert refusal == Refused(why=Refusal.WOULD_NOT_MOVE_DUE_DATE, on=TODAY + days(7))
    assert refused(long_loan, KAGOSHIMA, TODAY + days(7)) is None
    assert refused(long_loan, KAGOSHIMA, TODAY + days(6)) is not None


@given(
    base=st.sampled_from(RenewalBase),
    length=st.integers(1, 60),
    opens=st.none() | st.integers(0, 30),
    closes=st.integers(0, 30),
    due_in=st.integers(-60, 60),
)
def test_no_policy_ever_moves_a_due_date_back(base, length, opens, closes, due_in):
    policy = Renewals(
        base=base,
        days=length,
        limit=1,
        opens_days_before_due=opens,
        closes_days_after_due=closes,
    )
    terms = loan(due_in)

    if refused(terms, policy, TODAY) is None:
        assert renewed_due_on(terms.due_on, policy, TODAY) > terms.due_on


@given(
    base=st.sampled_from(RenewalBase),
    length=st.integers(1, 60),
    opens=st.none() | st.integers(0, 30),
    closes=st.integers(0, 30),
    due_in=st.integers(-60, 60),
)
def test_from_the_day_that_a_refusal_names_it_is_granted(base, length, opens, closes, due_in):
    policy = Renewals(
        base=base,
        days=length,
        limit=1,
        opens_days_before_due=opens,
        closes_days_after_due=closes,
    )
    terms = loan(due_in)
    refusal = refused(terms, policy, TODAY)

    if (
        refusal
        and refusal.on
        and refusal.why in {Refusal.TOO_EARLY, Refusal.WOULD_NOT_MOVE_DUE_DATE}
    ):
        assert refused(terms, policy, refusal.on) is None
        assert refused(terms, policy, refusal.on - days(1)) is not None


@given(closes=st.integers(0, 30), due_in=st.integers(-60, -1))
def test_until_the_day_that_a_late_refusal_names_it_was_granted(closes, due_in):
    policy = Renewals(base=RenewalBase.DUE_DATE, days=60, limit=1, closes_days_after_due=closes)
    terms = loan(due_in)
    refusal = refused(terms, policy, TODAY)

    if refusal and refusal.on:
        assert refused(terms, policy, refusal.on) is None
        assert refused(terms, policy, refusal.on + days(1)) == refusal


def test_whoever_has_renewed_as_often_as_allowed_is_told_how_often_that_is():
    policy = KOGANEI.model_copy(update={"limit": 3})

    assert refused(loan(3, renewals=2), policy, TODAY) is None
    assert refused(loan(3, renewals=3), policy, TODAY) == Refused(
        why=Refusal.RENEWAL_LIMIT_REACHED, limit=3
    )


def test_where_nothing_is_renewed_the_limit_is_none():
    policy = KAGOSHIMA.model_copy(update={"limit": 0})

    assert why(loan(3), policy) is Refusal.RENEWAL_LIMIT_REACHED
