"""Mail servers that refuse, hang and die, at whichever word one likes."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer

HANG = "hang"
DIE = "die"
USUAL = {"CONNECT": "220 ready", "EHLO": "250 us", "DATA": "354 go on", "QUIT": "221 bye"}


class Server(ThreadingTCPServer):
    """A mail server that answers as it is told to, and what it was given."""

    def __init__(self, answers: dict[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.answers = answers
        self.taken: list[bytes] = []
        self.connections = 0
        self.clients: list[socket.socket] = []

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Talk(StreamRequestHandler):
    """What is said to one client."""

    @property
    def ours(self) -> Server:
        """The server for which this is said."""
        assert isinstance(self.server, Server)
        return self.server

    def handle(self) -> None:
        """Answer line by line, until one of the two has had enough."""
        self.ours.connections += 1
        self.ours.clients.append(self.connection)
        if not self.answered("CONNECT"):
            return
        while line := self.rfile.readline():
            word = line.split(maxsplit=1)[0].decode("ascii").upper()
            if not self.answered(word) or word == "QUIT":
                return
            if word == "DATA" and "DATA" not in self.ours.answers and not self.taken():
                return

    def taken(self) -> bool:
        """Read a letter, and tell whether to go on."""
        if self.ours.answers.get("TEXT") == DIE:
            self.rfile.readline()
            return False
        text = b""
        while not text.endswith(b"\r\n.\r\n"):
            text += self.rfile.readline()
        # One that hangs has taken it, and only does not say so.
        if self.ours.answers.get("DOT", HANG) == HANG:
            self.ours.taken.append(text)
        return self.answered("DOT")

    def answered(self, word: str) -> bool:
        """Answer, and tell whether to go on."""
        answer = self.ours.answers.get(word, USUAL.get(word, "250 OK"))
        if answer == HANG:
            self.rfile.read()  # until the client has had enough
            return False
        if answer == DIE:
            return False
        self.wfile.write(f"{answer}\r\n".encode("ascii"))
        return True


@contextmanager
def serving(**answers: str) -> Iterator[Server]:
    """Serve beside the test. ``DOT`` is what is said to the end of a letter."""
    with Server(answers) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
            for client in server.clients:
                with suppress(OSError):  # most have gone by themselves
                    client.shutdown(socket.SHUT_RDWR)


def nowhere() -> str:
    """Return where nobody listens."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return f"smtp://127.0.0.1:{trial.getsockname()[1]}"
