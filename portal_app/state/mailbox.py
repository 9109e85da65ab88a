"""The mailbox of the demonstration, where no mail leaves the house."""

import asyncio
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import reflex as rx

from portal_app import routes
from portal_app.services import mail_overview
from portal_app.services.mail_overview import Kept
from portal_app.settings import Settings
from portal_app.state.access import public_event
from portal_app.state.desk_mail import Way, way_of_mail
from portal_app.text import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a letter's text; ``leads_to`` is where in the portal it leads, if it is a link."""

    text: str
    leads_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxLetter:
    """A letter as the mailbox shows it."""

    letter_id: int
    address: str
    lang: str
    subject: str
    written_at: dt.datetime
    parts: tuple[Part, ...]


class MailboxState(rx.State):
    """The letters that the demonstration would have sent, newest first."""

    is_loaded: bool = False
    is_here: bool = False
    letters: list[MailboxLetter] = []

    @public_event
    async def open(self) -> None:
        """Show what there is, where this is the demonstration and nothing is really sent."""
        self.is_here = way_of_mail() is Way.DEMONSTRATION
        settings = Settings.read()
        letters = (
            [_shown(letter, settings.origin) for letter in await _kept(settings)]
            if self.is_here
            else []
        )
        if letters != self.letters:  # beside a page it is asked for every few seconds
            self.letters = letters
        self.is_loaded = True


async def _kept(settings: Settings) -> Sequence[Kept]:
    return await asyncio.to_thread(mail_overview.kept_letters, signing_key=settings.secret_key())


def _shown(letter: Kept, origin: str) -> MailboxLetter:
    return MailboxLetter(
        letter_id=letter.letter_id,
        address=letter.address,
        lang=letter.lang,
        subject=letter.subject,
        written_at=letter.written_at,
        parts=tuple(_parts(f"{letter.body}{_last_line(letter, origin)}".strip(), origin)),
    )


def _last_line(letter: Kept, origin: str) -> str:
    """Return what a mail says below everything else: how mail of its kind is stopped."""
    if not letter.stop_secret:
        return ""
    address = f"{origin}{routes.stop_mail(letter.stop_secret)}"
    return f"\n{say('stop.line', letter.lang, address=address)}"


def _parts(body: str, origin: str) -> Iterator[Part]:
    """Yield the text with its links into the portal; no others are links."""
    for number, text in enumerate(re.split(rf"({re.escape(origin)}/[!-~]*[\w/=-])", body)):
        if text:
            yield Part(text=text, leads_to=text.removeprefix(origin) if number % 2 else "")
