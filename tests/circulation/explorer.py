"""Two deeds in threads, of which one stops before a statement that we choose."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tests.circulation.deeds import Deed

# How long the second may be at work before we look whether it waits for a lock.
PATIENCE = 0.004
AT_MOST = 30


class Stuck(Exception):
    """Neither goes on."""


@dataclass
class Walk:
    """A deed in a thread of its own, and where it stops."""

    deed: Deed
    stop_at: int | None = None
    gate: threading.Condition = field(default_factory=threading.Condition)
    steps: int = 0
    is_stopped: bool = False
    may_go_on: bool = False
    process: int | None = None
    told: list[str] = field(default_factory=list)
    failure: list[BaseException] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return bool(self.told or self.failure)

    def begin(self) -> None:
        threading.Thread(target=self._go, daemon=True).start()

    def wait(self, timeout: float = AT_MOST) -> bool:
        """Wait until it stops or is over, and return whether it is so."""
        with self.gate:
            return self.gate.wait_for(lambda: self.is_stopped or self.is_over, timeout)

    def go_on(self) -> None:
        with self.gate:
            self.may_go_on, self.is_stopped = True, False
            self.gate.notify_all()

    def step(self) -> None:
        """Stand before a statement or a commit, and stop if it is the one."""
        with self.gate:
            if self.steps == self.stop_at:
                self.is_stopped = True
                self.gate.notify_all()
                self.gate.wait_for(lambda: self.may_go_on, AT_MOST)
            self.steps += 1

    def _go(self) -> None:
        _here.walk = self
        try:
            told, failure = [self.deed()], []
        except BaseException as raised:  # noqa: BLE001  the test raises it again
            told, failure = [], [raised]
        with self.gate:
            self.told, self.failure = told, failure
            self.gate.notify_all()


_here = threading.local()


@contextmanager
def watched(engine: Engine) -> Iterator[None]:
    """Count the statements of deeds that walk."""

    def before_statement(connection: Connection, *_statement: object) -> None:
        walk = getattr(_here, "walk", None)
        if walk is None:
            return
        if engine.dialect.name == "postgresql":
            walk.process = connection.connection.driver_connection.info.backend_pid
        walk.step()

    sa.event.listen(engine, "before_cursor_execute", before_statement)
    sa.event.listen(engine, "commit", before_statement)
    try:
        yield
    finally:
        sa.event.remove(engine, "before_cursor_execute", before_statement)
        sa.event.remove(engine, "commit", before_statement)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixed:
    """What each was told, and whether the first had a statement to stop before."""

    told: Mapping[Deed, str]
    was_reached: bool


def interleave(engine: Engine, first: Deed, second: Deed, *, stop_at: int) -> Mixed:
    """Let the second in before that statement of the first.

    The second goes as far as it can: to its end, or until it waits for the first.
    """
    one, other = Walk(first, stop_at=stop_at), Walk(second)
    one.begin()
    if not one.wait():
        raise Stuck
    was_reached = one.is_stopped
    other.begin()
    while not other.wait(PATIENCE) and not _waits(engine, other):
        pass
    one.go_on()
    if not (one.wait() and other.wait()):
        raise Stuck
    for failure in one.failure + other.failure:
        raise failure
    return Mixed(told={first: one.told[0], second: other.told[0]}, was_reached=was_reached)


def _waits(engine: Engine, walk: Walk) -> bool:
    """Return whether a deed waits for the other one's lock."""
    if engine.dialect.name == "sqlite":
        return True  # there is one lock for all: whoever has not ended soon waits for it
    asked = sa.text("SELECT cardinality(pg_blocking_pids(:process)) > 0")
    with engine.connect() as connection:
        return bool(connection.scalar(asked, {"process": walk.process or 0}))
