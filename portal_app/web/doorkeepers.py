"""Checking passwords without holding anybody up."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from functools import partial

from portal_app.data import history_locks, passwords
from portal_app.domain.passwords import LONGEST
from portal_app.services import sessions
from portal_app.services.sessions import Guess

# Their own threads, so that a crowd at the door leaves some for everyone inside.
_doorkeepers = ThreadPoolExecutor(passwords.AT_ONCE, thread_name_prefix="doorkeeper")


class Verdict(StrEnum):
    """What a guess at a password came to. What a patron is told is ``sign_in.problem.<value>``."""

    RIGHT = "right"
    WRONG = "wrong"
    BUSY = "busy"


async def judge(guess: Guess, *, password: str) -> Verdict:
    """Return whether a counted guess is right. What nobody had time to check is not counted."""
    if not guess.is_heard or len(password) > LONGEST:
        return Verdict.WRONG
    work = asyncio.get_running_loop().run_in_executor(
        _doorkeepers, passwords.password_matches, guess.password_hash, password
    )
    try:
        is_right = await asyncio.wait_for(work, passwords.PATIENCE_IN_SECONDS)
    except TimeoutError:
        await asyncio.to_thread(sessions.forget_guess, guess=guess)
        return Verdict.BUSY
    return Verdict.RIGHT if is_right else Verdict.WRONG


async def renewed(stored: str, *, password: str) -> str:
    """Return the stored form of a right password, made anew when its settings are outdated."""
    return await hashed(password) if passwords.is_outdated(stored) else stored


async def hashed(password: str) -> str:
    """Return the form of a password that may be stored."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_doorkeepers, passwords.hash_password, password)


async def history_wrapped(private_key: bytes, *, password: str) -> bytes:
    """Return what opens a reading history, wrapped by a password."""
    work = partial(history_locks.wrapped_by_password, private_key, password=password)
    return await asyncio.get_running_loop().run_in_executor(_doorkeepers, work)


async def history_opened(wrapped: bytes, *, password: str) -> bytes | None:
    """Return what opens a reading history, or None where another password wraps it."""
    work = partial(history_locks.opened_by_password, wrapped, password=password)
    return await asyncio.get_running_loop().run_in_executor(_doorkeepers, work)
