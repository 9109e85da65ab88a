"""The way between browsers and the portal, which a test breaks as real ones break."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread
from typing import Self

HOST = "127.0.0.1"
BYTES_AT_ONCE = 65_536
SECONDS_TO_CHANGE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Carrying:
    """Which way bytes go."""

    questions: bool
    answers: bool

    def at_most(self, other: Self) -> "_Carrying":
        """Return what both let through."""
        return _Carrying(
            questions=self.questions and other.questions, answers=self.answers and other.answers
        )


EVERYTHING = _Carrying(questions=True, answers=True)
QUESTIONS = _Carrying(questions=True, answers=False)
NOTHING = _Carrying(questions=False, answers=False)


@dataclass(eq=False, slots=True, kw_only=True)
class _Connection:
    """What a browser has opened, and what carries it on to the portal."""

    work: asyncio.Task[None]
    browser: StreamWriter
    portal: StreamWriter | None = None
    carrying: _Carrying

    async def carry_questions(self, asked: StreamReader, portal: StreamWriter) -> None:
        """Carry what the browser says, and that it has ended."""
        async for said in _said(asked):
            if self.carrying.questions:
                await _tell(portal, said)
        if self.carrying.questions:
            portal.close()

    async def carry_answers(self, answered: StreamReader) -> None:
        """Carry what the portal says, and that it has ended."""
        async for said in _said(answered):
            if self.carrying.answers:
                await _tell(self.browser, said)
        if self.carrying.answers:
            self.browser.close()

    async def swallow(self, asked: StreamReader) -> None:
        """Listen until the browser gives up."""
        async for _said_in_vain in _said(asked):
            pass

    def break_off(self) -> None:
        """End both sides, whatever is still on its way."""
        for side in filter(None, (self.browser, self.portal)):
            side.transport.abort()

    async def close(self) -> None:
        """End both sides when what is on its way has arrived."""
        for side in filter(None, (self.browser, self.portal)):
            side.close()
            with suppress(ConnectionError):
                await side.wait_closed()


class Link:
    """Carries bytes between a port of its own and the portal's.

    Every method returns when what it promises holds. A connection that was deaf or
    frozen once stays so, since it has lost bytes; ``mend`` serves those who come after.
    """

    def __init__(self, *, port: int, to_port: int) -> None:
        self.port = port
        self.to_port = to_port
        self._loop = asyncio.new_event_loop()
        self._door: asyncio.Server | None = None
        self._carrying = EVERYTHING
        self._connections: set[_Connection] = set()

    @classmethod
    @contextmanager
    def open(cls, *, port: int, to_port: int) -> Iterator[Self]:
        """Carry everything, until the end."""
        link = cls(port=port, to_port=to_port)
        thread = Thread(target=link._loop.run_forever, name="link")
        thread.start()
        try:
            link.mend()
            yield link
        finally:
            link.refuse()
            link._loop.call_soon_threadsafe(link._loop.stop)
            thread.join()
            link._loop.close()

    def mend(self) -> None:
        """Carry everything for whoever connects from now on."""
        self._do(self._carry(EVERYTHING))

    def go_deaf(self) -> None:
        """Carry what browsers say and swallow the answers: every acknowledgement is lost."""
        self._do(self._carry(QUESTIONS))

    def freeze(self) -> None:
        """Leave connections open and carry nothing: both sides believe in a dead link."""
        self._do(self._carry(NOTHING))

    def swallow(self) -> None:
        """End every connection, let new ones in and carry nothing for them."""
        self.freeze()
        self.cut()

    def cut(self) -> None:
        """End every connection; new ones fare as before."""
        self._do(self._end_connections())

    def refuse(self) -> None:
        """End every connection and let nobody in, as a machine does whose server is dead."""
        self._do(self._close_door())

    async def _carry(self, carrying: _Carrying) -> None:
        self._carrying = carrying
        for connection in self._connections:
            connection.carrying = connection.carrying.at_most(carrying)
        if self._door is None:
            self._door = await asyncio.start_server(self._serve, HOST, self.port)

    async def _close_door(self) -> None:
        door, self._door = self._door, None
        if door is not None:
            door.close()
        await self._end_connections()

    async def _end_connections(self) -> None:
        ending = list(self._connections)
        for connection in ending:
            connection.break_off()
        await asyncio.gather(*(connection.work for connection in ending))

    async def _serve(self, asked: StreamReader, browser: StreamWriter) -> None:
        work = asyncio.current_task()
        assert work is not None
        connection = _Connection(work=work, browser=browser, carrying=self._carrying)
        self._connections.add(connection)
        try:
            if self._carrying is NOTHING:
                await connection.swallow(asked)
                return
            # With the portal dead, a browser that was let in is sent away at once.
            with suppress(ConnectionRefusedError):
                answered, portal = await asyncio.open_connection(HOST, self.to_port)
                connection.portal = portal
                await asyncio.gather(
                    connection.carry_questions(asked, portal), connection.carry_answers(answered)
                )
        finally:
            await connection.close()
            self._connections.remove(connection)

    def _do(self, work: Coroutine[None, None, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(SECONDS_TO_CHANGE)


async def _said(speaker: StreamReader) -> AsyncIterator[bytes]:
    with suppress(ConnectionError):
        while said := await speaker.read(BYTES_AT_ONCE):
            yield said


async def _tell(listener: StreamWriter, said: bytes) -> None:
    # Whoever has gone ends their own side, too.
    with suppress(ConnectionError):
        listener.write(said)
        await listener.drain()
