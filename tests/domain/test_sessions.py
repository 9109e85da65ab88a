import datetime as dt

import pytest

from portal_app.domain.policies import Session
from portal_app.domain.sessions import (
    CARD_LIMITS,
    Limit,
    buckets_of,
    is_over,
    is_worth_noting,
    lasting,
    too_many,
)

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
SECOND, MINUTE, HOUR = dt.timedelta(seconds=1), dt.timedelta(minutes=1), dt.timedelta(hours=1)
POLICY = Session(idle_seconds=3600, longest_seconds=43_200)
THREE_A_MINUTE = Limit(window=MINUTE, allowed=3)


@pytest.mark.parametrize(
    ("opened", "seen", "over"),
    [
        (NOON, NOON, False),
        (NOON - HOUR, NOON - HOUR, False),
        (NOON - HOUR, NOON - HOUR - SECOND, True),
        (NOON - 12 * HOUR, NOON, False),
        (NOON - 12 * HOUR - SECOND, NOON, True),
    ],
)
def test_a_session_lasts_an_idle_hour_and_half_a_day_in_all(opened, seen, over):
    assert is_over(created_at=opened, seen_at=seen, now=NOON, policy=POLICY) is over


@pytest.mark.parametrize(
    ("opened", "seen", "ends_at", "may_be_extended"),
    [
        (NOON - HOUR, NOON, NOON + HOUR, True),
        (NOON - 11 * HOUR - MINUTE, NOON, NOON + HOUR - MINUTE, False),
    ],
)
def test_using_a_session_helps_until_its_longest_time(opened, seen, ends_at, may_be_extended):
    found = lasting(created_at=opened, seen_at=seen, policy=POLICY)

    assert (found.ends_at, found.may_be_extended) == (ends_at, may_be_extended)
    assert not is_over(created_at=opened, seen_at=seen, now=found.ends_at, policy=POLICY)
    assert is_over(created_at=opened, seen_at=seen, now=found.ends_at + SECOND, policy=POLICY)


def test_it_is_enough_to_note_activity_now_and_then():
    noted = [
        is_worth_noting(seen_at=NOON - n * SECOND, now=NOON, policy=POLICY) for n in (0, 30, 31)
    ]

    assert noted == [False, False, True]


def test_as_many_guesses_as_allowed_are_heard_within_a_window():
    guesses = [NOON - n * SECOND for n in range(3)]

    assert too_many(guesses, limits=[THREE_A_MINUTE], now=NOON)
    assert not too_many(guesses[:2], limits=[THREE_A_MINUTE], now=NOON)
    assert not too_many(guesses, limits=[THREE_A_MINUTE], now=NOON + MINUTE - 2 * SECOND)


def test_nobody_can_lock_a_patron_out_for_longer_than_a_day():
    busiest_day = [NOON - n * SECOND for n in range(1000)]

    assert too_many(busiest_day, limits=CARD_LIMITS, now=NOON)
    assert not too_many(busiest_day, limits=CARD_LIMITS, now=NOON + 24 * HOUR)


def test_where_guesses_are_counted_tells_neither_card_nor_address():
    buckets = buckets_of(card_number="1000001", address="192.0.2.1", key=b"ours")
    elsewhere = buckets_of(card_number="1000001", address="192.0.2.1", key=b"another")

    assert "1000001" not in buckets.card
    assert "192.0.2.1" not in buckets.address
    assert buckets != elsewhere
