"""How the two libraries differ, row by row, with the values written out by hand."""

from portal_app import libraries
from portal_app.domain.catalogue import MaterialClass
from portal_app.domain.holds import HoldState, NotCancelled, not_cancelled
from portal_app.domain.policies import (
    ContactMethod,
    NextInSeries,
    RenewalBase,
    Renewals,
)

KAGOSHIMA, KOGANEI = (libraries.load(name) for name in ("kagoshima", "koganei"))


def test_k17_g25_days_of_a_renewal_count_from_the_click_or_from_the_due_date():
    """``renew.base``."""
    assert KAGOSHIMA.loans.renewals.base is RenewalBase.NOW
    assert KOGANEI.loans.renewals.base is RenewalBase.DUE_DATE


def test_k17_g25_a_renewal_is_for_two_weeks_or_for_one():
    """``renew.days``."""
    assert KAGOSHIMA.loans.renewals.days == 14
    assert KOGANEI.loans.renewals.days == 7


def test_k16_g25_a_loan_is_renewed_once():
    """``renew.max``."""
    assert KAGOSHIMA.loans.renewals.limit == 1
    assert KOGANEI.loans.renewals.limit == 1


def test_k16_g25_a_loan_is_renewed_until_it_is_due_or_from_a_week_before_to_a_week_after():
    """``renew.window``."""
    kagoshima, koganei = KAGOSHIMA.loans.renewals, KOGANEI.loans.renewals

    assert (kagoshima.opens_days_before_due, kagoshima.closes_days_after_due) == (None, 0)
    assert (koganei.opens_days_before_due, koganei.closes_days_after_due) == (7, 7)


def test_k16_g25_what_somebody_waits_for_is_not_renewed_nor_in_koganei_cds_and_what_others_lent():
    """``renew.block``. Being overdue is the end of Kagoshima's window."""
    kagoshima, koganei = KAGOSHIMA.loans.renewals, KOGANEI.loans.renewals

    assert kagoshima.not_when_waited_for
    assert not kagoshima.not_interlibrary
    assert kagoshima.not_classes == frozenset()
    assert koganei.not_when_waited_for
    assert koganei.not_interlibrary
    assert koganei.not_classes == {MaterialClass.CD}


def test_g25_a_renewal_does_not_ask_which_device_it_comes_from():
    """``renew.client``: Koganei means its other site for feature phones; there is one here."""
    assert set(Renewals.model_fields) == {
        "base",
        "days",
        "limit",
        "opens_days_before_due",
        "closes_days_after_due",
        "not_when_waited_for",
        "not_interlibrary",
        "not_classes",
    }


def test_k25_who_is_overdue_places_no_holds_in_kagoshima():
    """``hold.block_if_overdue``."""
    assert KAGOSHIMA.holds.block_if_overdue
    assert not KOGANEI.holds.block_if_overdue


def test_k26_g31_a_hold_waits_for_ever_unless_its_patron_says_otherwise():
    """``hold.default_expiry``: 9999/12/31, and blank in the other's sample."""
    assert KAGOSHIMA.holds.expires_after_days is None
    assert KOGANEI.holds.expires_after_days is None


def test_g30_there_are_ten_holds_and_five_of_cds_in_koganei():
    """``hold.limits``."""
    assert KAGOSHIMA.holds.limits.total == 10
    assert KAGOSHIMA.holds.limits.by_class == {}
    assert KOGANEI.holds.limits.total == 10
    assert KOGANEI.holds.limits.by_class == {MaterialClass.CD: 5}


def test_g21_as_many_loans_as_anybody_wants_and_five_cds_in_koganei():
    """``loan.limits``."""
    assert KAGOSHIMA.loans.limits.total == 10
    assert KAGOSHIMA.loans.limits.by_class == {}
    assert KOGANEI.loans.limits.total == 9999
    assert KOGANEI.loans.limits.by_class == {MaterialClass.CD: 5}


def test_k28_g33_an_order_is_said_when_placing_or_later():
    """``hold.order_mode``."""
    kagoshima, koganei = KAGOSHIMA.holds.series, KOGANEI.holds.series

    assert (kagoshima.when_placing, kagoshima.later, kagoshima.any_one) == (True, True, True)
    assert (koganei.when_placing, koganei.later, koganei.any_one) == (False, True, False)
    assert kagoshima.next_when is NextInSeries.LENT
    assert koganei.next_when is NextInSeries.LENT


def test_k26_g35_patrons_hear_of_holds_in_these_ways_the_first_is_proposed():
    """``hold.contact``."""
    assert KAGOSHIMA.holds.contact_methods == (
        ContactMethod.NONE,
        ContactMethod.MAIL,
        ContactMethod.TELEPHONE,
    )
    assert KOGANEI.holds.contact_methods == (ContactMethod.MAIL, ContactMethod.NONE)


def test_g34_g35_what_is_ready_or_in_transit_is_for_the_library_to_cancel():
    """``hold.edit_states`` and ``hold.cancel_states``."""
    states = (HoldState.WAITING, HoldState.IN_TRANSIT, HoldState.READY)

    assert [not_cancelled(state, KAGOSHIMA.holds) for state in states] == [
        None,
        NotCancelled.IN_TRANSIT_MAY_ASK,
        NotCancelled.READY_MAY_ASK,
    ]
    assert [not_cancelled(state, KOGANEI.holds) for state in states] == [
        None,
        NotCancelled.IN_TRANSIT,
        NotCancelled.READY,
    ]


def test_g36_ended_holds_are_shown_for_a_month():
    """``hold.cancelled_visible``."""
    assert KAGOSHIMA.holds.ended_shown_months == 1
    assert KOGANEI.holds.ended_shown_months == 1


def test_what_is_on_the_shelf_is_not_held_in_kagoshima():
    """``hold.available_items``, the third of the traps."""
    assert not KAGOSHIMA.holds.available_items
    assert KOGANEI.holds.available_items


def test_k08_k18_a_reading_history_is_offered_in_kagoshima():
    """``history.opt_in``; that nothing is kept by default is shown with the histories."""
    assert KAGOSHIMA.history.is_offered
    assert not KOGANEI.history.is_offered


def test_k47_g42_what_is_changed_is_shown_once_more_in_kagoshima_and_saved_at_once_in_koganei():
    assert (KAGOSHIMA.mail.addresses, KOGANEI.mail.addresses) == (2, 1)
    assert KAGOSHIMA.mail.confirms_changes
    assert not KOGANEI.mail.confirms_changes
