import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.domain import cart, holds, loans
from portal_app.domain.outbox import REASONS, Refusal, is_identifier, key_of


@given(st.uuids())
def test_what_browsers_make_is_an_identifier(made):
    assert is_identifier(str(made))


@pytest.mark.parametrize(
    "text",
    ["", "1", "x" * 36, "0" * 36, str(uuid.UUID(int=1)) + "\n", str(uuid.UUID(int=1)) * 2],
    ids=["empty", "counted", "letters", "zeros", "with a line end", "too long"],
)
def test_what_another_device_could_make_as_well_is_no_identifier(text):
    assert not is_identifier(text)


@pytest.mark.parametrize(
    ("reason", "key"),
    [
        (cart.Refusal.CART_IS_FULL, "cart.refusal.cart_is_full"),
        (holds.Refusal.HOLD_LIMIT_REACHED, "holds.refusal.hold_limit_reached"),
        (holds.Problem.EXPIRY_HAS_PASSED, "holds.problem.expiry_has_passed"),
        (holds.NotCancelled.READY, "holds.not_cancelled.ready"),
        (loans.Refusal.OVERDUE, "loans.refusal.overdue"),
        (Refusal.NOT_UNDERSTOOD, "outbox.refusal.not_understood"),
    ],
)
def test_a_reason_is_told_by_its_text(reason, key):
    assert key_of(reason) == key
    assert key in REASONS
