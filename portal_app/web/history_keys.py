"""What opens a reading history, while a password and the secret of a cookie are at hand."""

import asyncio

from portal_app.data import history_locks
from portal_app.data.history_locks import Purpose
from portal_app.domain.passwords import Choice
from portal_app.services import history
from portal_app.services.history import Lock, Relocked, SessionKey
from portal_app.services.sessions import Guess
from portal_app.web.doorkeepers import history_opened, history_wrapped
from portal_app.web.identity import id_hash_of


def session_key(private_key: bytes, *, secret: str) -> SessionKey:
    """Return what a session keeps: it is of no use without the cookie."""
    wrapped = history_locks.wrapped_by(secret.encode(), Purpose.SESSION, private_key)
    return SessionKey(id_hash=id_hash_of(secret), wrapped=wrapped)


async def open_history(guess: Guess, *, password: str, secret: str) -> None:
    """Let a new session open its patron's history, where one is kept and the password fits.

    It does not fit where the desk has issued a new one: then only the recovery code helps.
    """
    lock = await _lock_of(guess)
    if lock is None or guess.patron_id is None:
        return
    private_key = await history_opened(lock.by_password, password=password)
    if private_key is not None:
        await asyncio.to_thread(
            history.open_for_session,
            patron_id=guess.patron_id,
            key=session_key(private_key, secret=secret),
        )


async def relocked_history(guess: Guess, choice: Choice, *, secret: str) -> Relocked | None:
    """Return a history's lock for a new password and a new session, where it can be opened."""
    lock = await _lock_of(guess)
    private_key = lock and await history_opened(lock.by_password, password=choice.current)
    if lock is None or private_key is None:
        return None
    return await relocked(lock, private_key, password=choice.password, secret=secret)


async def relocked(lock: Lock, private_key: bytes, *, password: str, secret: str) -> Relocked:
    """Return a lock that another password opens from now on."""
    now = Lock(
        public_key=lock.public_key,
        by_password=await history_wrapped(private_key, password=password),
        by_recovery_code=lock.by_recovery_code,
    )
    return Relocked(was=lock, now=now, key=session_key(private_key, secret=secret))


async def _lock_of(guess: Guess) -> Lock | None:
    if guess.patron_id is None:
        return None
    return await asyncio.to_thread(history.find_lock, patron_id=guess.patron_id)
