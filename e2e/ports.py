"""Ports of this machine that nobody has."""

import random
import socket

# Below those that a system gives to whoever asks for any, so that nobody gets one meanwhile.
GIVEN_TO_NOBODY = range(20_000, 32_000, 2)


def free_port() -> int:
    """Return a port that nobody has."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def first_of_two_free_ports() -> int:
    """Return a port that nobody has, nor the next one."""
    while True:
        first = random.choice(GIVEN_TO_NOBODY)  # noqa: S311  nothing secret
        with socket.socket() as trial, socket.socket() as beside:
            try:
                trial.bind(("127.0.0.1", first))
                beside.bind(("127.0.0.1", first + 1))
            except OSError:
                continue
        return first
