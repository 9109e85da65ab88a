"""Sending the letters that wait, a few at a time, as soon as they are written."""

import asyncio
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic

from portal_app import clock, routes
from portal_app.domain.mail import Failure, Trouble, sealed
from portal_app.domain.policies import Library
from portal_app.exchange import mail
from portal_app.exchange.mail import Sender
from portal_app.jobs.transport import NotSent, Transport
from portal_app.services import post
from portal_app.services.post import Taken
from portal_app.settings import MailServer, Settings
from portal_app.state.failures import log_failure

SECONDS_BETWEEN_LOOKS = 0.5
# A portion that takes longer is put back, long before others would send it, too.
SECONDS_FOR_A_PORTION = post.LEASE.total_seconds() / 2
# What is true of every letter, so that the others of a portion need not be tried.
_OF_THE_SERVER = {
    Trouble.NO_SERVER,
    Trouble.NO_CONNECTION,
    Trouble.TOO_SLOW,
    Trouble.SIGN_IN_REFUSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """From where letters are sent: which server takes them, and whose they are."""

    library: Library
    server: MailServer | None
    address: str
    origin: str
    key: bytes
    is_demonstration: bool

    @classmethod
    def of(cls, settings: Settings, *, library: Library) -> "Office":
        """Return the office that the settings describe."""
        return cls(
            library=library,
            server=settings.mail_server(),
            address=settings.mail_from,
            origin=settings.origin,
            key=settings.secret_key(),
            is_demonstration=settings.demonstration,
        )


async def send_for_ever(office: Office) -> None:
    """Send what waits again and again, as long as the process lives."""
    worker = secrets.token_hex(16)
    while True:
        [outcome] = await asyncio.gather(send_waiting(office, worker), return_exceptions=True)
        if isinstance(outcome, Exception):
            log_failure(outcome)
        if outcome is not True:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)  # nothing to wait for between two looks


async def send_waiting(office: Office, worker: str) -> bool:
    """Send a portion of what waits, and tell whether there was any."""
    if not await asyncio.to_thread(post.is_waiting, now=clock.now()):
        return False
    if office.server is None and office.is_demonstration:
        await asyncio.to_thread(post.keep_here, signing_key=office.key, now=clock.now())
        return True
    letters = await asyncio.to_thread(
        post.take, worker=worker, signing_key=office.key, now=clock.now()
    )
    if office.server is None:
        await _note(letters, Failure(trouble=Trouble.NO_SERVER), worker)
    else:
        await _send(letters, office, office.server, worker)
    return bool(letters)


async def _send(letters: Iterable[Taken], office: Office, server: MailServer, worker: str) -> None:
    waiting = list(letters)
    stop_at = monotonic() + SECONDS_FOR_A_PORTION
    try:
        async with Transport(server) as transport:
            while waiting and monotonic() < stop_at:
                letter = waiting.pop(0)
                failure = await _failure_of(letter, office, transport)
                if failure is None:
                    await _note_sent(letter)
                    continue
                await _note([letter], failure, worker)
                if failure.trouble in _OF_THE_SERVER:
                    await _note(waiting, failure, worker)
                    waiting.clear()
    finally:
        # Also when the process is asked to end: the next one need not wait for the lease.
        left = [letter.letter_id for letter in waiting]
        post.put_back(letter_ids=left, worker=worker)


async def _failure_of(letter: Taken, office: Office, transport: Transport) -> Failure | None:
    number = sealed(letter.message_id, address=letter.address, key=office.key)
    try:
        message = mail.as_mail(
            mail.Letter(
                address=letter.address,
                lang=letter.lang,
                subject=letter.subject,
                body=letter.body,
                stop_secret=letter.stop_secret,
                number=number,
                written_at=letter.written_at,
            ),
            Sender(
                name=office.library.name[letter.lang],
                address=office.address,
                origin=office.origin,
                stop_path=routes.DO_STOP_MAIL,
            ),
        )
        await transport.send(message, sender=office.address, to=letter.address)
    except mail.Unwritable:
        return Failure(trouble=Trouble.UNWRITABLE)
    except NotSent as answer:
        return answer.failure
    return None


async def _note_sent(letter: Taken) -> None:
    await asyncio.to_thread(post.note_sent, letter_id=letter.letter_id, now=clock.now())


async def _note(letters: Iterable[Taken], failure: Failure, worker: str) -> None:
    for letter in letters:
        await asyncio.to_thread(
            post.note_failure,
            letter_id=letter.letter_id,
            worker=worker,
            failure=failure,
            now=clock.now(),
        )
