"""The one place that opens a connection, a transaction, or a second try."""

import random
import time
from collections.abc import Callable
from functools import partial, wraps
from inspect import unwrap
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session, create_engine

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 6
PRAGMAS = (
    "journal_mode=WAL",
    "busy_timeout=5000",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",  # what is deleted is gone, and not only free to be written over
    "cache_size=-16000",  # kilobytes: what searches of a million records read again and again
)

# What SQLite and PostgreSQL say when two transactions could not both go on.
_COLLISIONS = ("database is locked", "could not serialize", "deadlock detected")

_engine: Engine | None = None


class NotConnected(RuntimeError):
    """Raised when something reaches for the database before ``connect``."""


class NotPersisted(RuntimeError):
    """Raised when a row that was never written is asked for its id."""


def connect(url: str) -> Engine:
    """Point the portal at a database. Called once, at startup."""
    global _engine
    disconnect()
    _engine = open_engine(url)
    return _engine


def open_engine(url: str) -> Engine:
    """Return an engine with the settings that lose no update (docs/adr/0005).

    With SQLModel's defaults SQLite opens no transaction for a SELECT, so two
    sessions that read and then write silently undo one another.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    engine = create_engine(address, connect_args={"timeout": 5, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkin", _leave_no_transaction_open)
    return engine


def disconnect() -> None:
    """Let go of the database."""
    global _engine
    if _engine is not None:
        _engine.dispose()
    _engine = None


def current_engine() -> Engine:
    """Return the engine of ``connect``, or raise ``NotConnected``."""
    if _engine is None:
        raise NotConnected
    return _engine


def empty_log() -> None:
    """Let what SQLite has logged go into the file, and leave nothing of it behind.

    A log shows pages as they were a moment ago: whose a loan was that is back.
    """
    engine = current_engine()
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        # Somebody who is reading keeps it from happening now; writers must not wait for that.
        cursor.execute("PRAGMA busy_timeout=100")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA busy_timeout=5000")
    finally:
        raw.close()


def transactional(act: Callable[Concatenate[Session, P], T]) -> Callable[P, T]:
    """Run ``act`` in a transaction of its own that may write: all of it happens, or none.

    A patron who presses a button twice sends two requests at almost the same
    moment. Both look, both find nothing, both insert, and the database refuses
    the second. Trying that one again lets it see what the first one did.
    """

    @wraps(act)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        for attempt in range(1, TRIES):
            try:
                return once(*args, **kwargs)
            except DBAPIError as refusal:
                if not _is_a_collision(refusal):
                    raise
                # Whoever collided waits a random moment, so that the two do not meet again.
                time.sleep(random.uniform(0, 0.002 * 2**attempt))  # noqa: S311  not a secret
        return once(*args, **kwargs)

    def once(*args: P.args, **kwargs: P.kwargs) -> T:
        writing = current_engine().execution_options(portal_writes=True)
        with Session(writing, expire_on_commit=False) as tx, tx.begin():
            return act(tx, *args, **kwargs)

    return run


def within(tx: Session, act: Callable[P, T]) -> Callable[P, T]:
    """Return a transactional ``act`` as a part of this transaction: both happen, or neither.

    It is not tried again by itself. Whoever opened the transaction tries the whole of it.
    """
    return partial(unwrap(act), tx)


def reading(ask: Callable[Concatenate[Session, P], T]) -> Callable[P, T]:
    """Run ``ask`` in a transaction of its own that sees one moment and never waits for writers."""

    @wraps(ask)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        # Nothing was written, so there is nothing to commit: leaving ends the transaction.
        with Session(current_engine(), expire_on_commit=False, autoflush=False) as tx:
            return ask(tx, *args, **kwargs)

    return run


def persisted(number: int | None) -> int:
    """Return the id of a row that came from the database, where no id is empty."""
    if number is None:
        raise NotPersisted
    return number


def _is_a_collision(refusal: DBAPIError) -> bool:
    return isinstance(refusal, IntegrityError) or any(
        words in str(refusal.orig) for words in _COLLISIONS
    )


def _prepare_connection(connection: Any, _record: object) -> None:  # noqa: ANN401  any DB-API
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A transaction that reads and then writes must take the write lock first,
    # or SQLite ends it when another has written meanwhile.
    if connection.get_execution_options().get("portal_writes", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    # This one never waits and cannot fail, so it needs nothing that SQLAlchemy does around it.
    connection.connection.cursor().execute("BEGIN")


def _leave_no_transaction_open(connection: Any, _record: object) -> None:  # noqa: ANN401
    # After a failed COMMIT SQLAlchemy returns the connection with its transaction
    # open, and the next user could not begin one.
    if connection is not None and connection.in_transaction:
        connection.rollback()
