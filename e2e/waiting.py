"""Waiting for what happens outside of the browser, with an end to the patience."""

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import TypeVar

SECONDS_OF_PATIENCE = 40
SECONDS_BETWEEN = 0.05

Answer = TypeVar("Answer")

_never = Event()


def eventually(ask: Callable[[], Answer], expected: Answer) -> None:
    """Ask until the answer is as expected. At last the difference is what fails the test."""
    give_up_at = monotonic() + SECONDS_OF_PATIENCE
    while (answer := ask()) != expected and monotonic() < give_up_at:
        _never.wait(SECONDS_BETWEEN)
    assert answer == expected


def until(is_so: Callable[[], bool]) -> None:
    """Ask until it is so."""
    eventually(is_so, expected=True)
