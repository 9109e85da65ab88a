"""The link itself: what a test that breaks it can rely on."""

import socket
import socketserver
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest

from e2e.link import HOST, Link
from e2e.ports import free_port

PATIENCE = 0.1  # seconds; long for bytes that stay on this machine
HELLO = b"hello"
NEWS = b"news"


class _Echo(socketserver.ThreadingTCPServer):
    """Answers with what it hears, and remembers it."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((HOST, 0), socketserver.BaseRequestHandler)
        self.heard = b""
        self.callers: list[socket.socket] = []

    def finish_request(self, request: Any, client_address) -> None:
        self.callers.append(request)
        while said := request.recv(1024):
            self.heard += said
            request.sendall(said)

    def hang_up(self) -> None:
        for caller in self.callers:
            caller.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def echo() -> Iterator[_Echo]:
    with _Echo() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def link(echo) -> Iterator[Link]:
    with Link.open(port=free_port(), to_port=echo.server_address[1]) as it:
        yield it


@pytest.fixture
def caller(link) -> Iterator[socket.socket]:
    """Somebody who has been answered once, so that the connection surely stands."""
    with call(link) as it:
        assert answer_to(it, HELLO) == HELLO
        yield it


def call(link: Link) -> socket.socket:
    return socket.create_connection((HOST, link.port), timeout=PATIENCE)


def answer_to(caller: socket.socket, said: bytes) -> bytes:
    """Return what comes back, or nothing when the other side has ended."""
    caller.sendall(said)
    return caller.recv(1024)


def ended(caller: socket.socket) -> bool:
    try:
        return caller.recv(1024) == b""
    except ConnectionError:
        return True


def silent(caller: socket.socket) -> bool:
    try:
        caller.recv(1024)
    except TimeoutError:
        return True
    return False


def test_it_carries_what_is_said_and_answered(link, caller):
    assert answer_to(caller, NEWS) == NEWS


def test_a_dead_server_is_refused_and_what_was_open_has_ended(link, caller):
    link.refuse()

    assert ended(caller)
    with pytest.raises(ConnectionRefusedError):
        call(link)


def test_swallowing_lets_in_and_says_nothing(link, echo, caller):
    link.swallow()

    assert ended(caller)
    with call(link) as late:
        late.sendall(NEWS)
        assert silent(late)
    assert echo.heard == HELLO


def test_deaf_it_loses_the_answer_and_not_the_question(link, echo, caller):
    link.go_deaf()

    caller.sendall(NEWS)

    assert silent(caller)
    assert echo.heard == HELLO + NEWS


def test_frozen_it_loses_both_and_ends_nothing(link, echo, caller):
    link.freeze()

    caller.sendall(NEWS)

    assert silent(caller)
    assert echo.heard == HELLO


def test_frozen_it_hides_that_the_portal_has_ended(link, echo, caller):
    link.freeze()

    echo.hang_up()

    assert silent(caller)


def test_whoever_comes_while_it_is_frozen_is_swallowed(link, caller):
    link.freeze()

    with call(link) as late:
        late.sendall(NEWS)
        assert silent(late)


@pytest.mark.parametrize("worsen", [Link.freeze, Link.go_deaf])
def test_mended_it_serves_newcomers_and_leaves_the_half_open_as_they_were(link, caller, worsen):
    worsen(link)

    link.mend()

    caller.sendall(NEWS)
    assert silent(caller)
    with call(link) as late:
        assert answer_to(late, NEWS) == NEWS


@pytest.mark.parametrize("worsen", [Link.mend, Link.freeze, Link.go_deaf])
def test_cut_it_ends_everything_at_once(link, caller, worsen):
    worsen(link)

    link.cut()

    assert ended(caller)


@pytest.mark.parametrize("worsen", [Link.refuse, Link.swallow])
def test_mended_it_is_at_the_same_port_again(link, worsen):
    worsen(link)

    link.mend()

    with call(link) as caller:
        assert answer_to(caller, HELLO) == HELLO


def test_it_carries_that_the_portal_has_ended(echo, caller):
    echo.hang_up()

    assert ended(caller)


def test_without_a_portal_a_caller_is_sent_away():
    with Link.open(port=free_port(), to_port=free_port()) as link, call(link) as caller:
        assert ended(caller)
