"""What opens a reading history, and what does not."""

import pytest

from portal_app.data import history_locks
from portal_app.data.history_locks import Purpose

PASSWORD = "minato58kaze2"
SECRET = b"the secret of a cookie"


@pytest.fixture
def private_key() -> bytes:
    return history_locks.new_private_key()


def test_the_password_opens_what_it_wraps_and_no_other_does(private_key):
    wrapped = history_locks.wrapped_by_password(private_key, password=PASSWORD)

    assert history_locks.opened_by_password(wrapped, password=PASSWORD) == private_key
    assert history_locks.opened_by_password(wrapped, password=f"{PASSWORD}3") is None
    assert private_key not in wrapped
    assert PASSWORD.encode() not in wrapped


def test_the_same_password_wraps_differently_each_time(private_key):
    one, other = (
        history_locks.wrapped_by_password(private_key, password=PASSWORD) for _ in range(2)
    )

    assert one != other


def test_what_it_cost_is_kept_with_what_is_wrapped(private_key, monkeypatch):
    wrapped = history_locks.wrapped_by_password(private_key, password=PASSWORD)
    monkeypatch.setattr(history_locks, "PASSES", 4)  # a release that lets it cost more

    assert history_locks.opened_by_password(wrapped, password=PASSWORD) == private_key


@pytest.mark.parametrize("purpose", Purpose)
def test_a_secret_opens_for_one_purpose_only(private_key, purpose):
    wrapped = history_locks.wrapped_by(SECRET, purpose, private_key)

    assert history_locks.opened_by(SECRET, purpose, wrapped) == private_key
    assert history_locks.opened_by(SECRET + b"!", purpose, wrapped) is None
    for other in set(Purpose) - {purpose}:
        assert history_locks.opened_by(SECRET, other, wrapped) is None


@pytest.mark.parametrize("broken", [b"", b"x" * 10, b"x" * 72])
def test_what_is_broken_opens_for_nobody(broken):
    assert history_locks.opened_by(SECRET, Purpose.SESSION, broken) is None


def test_a_recovery_code_has_128_bits():
    assert len({history_locks.new_code() for _ in range(50)}) == 50
    assert len(history_locks.new_code()) == 16
