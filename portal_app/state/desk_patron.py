"""A patron whom a desk helps: holds, password and messages, as this tab shows them."""

import asyncio
import datetime as dt
import secrets
from typing import Annotated

import reflex as rx
from pydantic import StringConstraints
from typing_extensions import TypedDict

from portal_app import clock, libraries
from portal_app.domain.holds import EndReason
from portal_app.domain.messages import LONGEST_BODY, LONGEST_SUBJECT, Letter
from portal_app.domain.passwords import readable_password
from portal_app.services import desk, messages, sessions
from portal_app.services.desk import Found, HoldAtDesk, PatronAtDesk
from portal_app.state.access import staff_event
from portal_app.state.desk import ScannedCard, patron_with
from portal_app.state.desk_lists import cancelled
from portal_app.state.desk_session import DeskSessionState, desk_of

# A little more than is sent, so that the desk hears why and not nothing.
Subject = Annotated[str, StringConstraints(max_length=2 * LONGEST_SUBJECT)]
# Longer than a loan takes: a message is written here.
PATRON_STAYS_HERE = dt.timedelta(minutes=10)

Body = Annotated[str, StringConstraints(max_length=2 * LONGEST_BODY)]


class WrittenLetter(TypedDict):
    """The form with a message."""

    subject: Subject
    body: Body


class DeskPatronState(rx.State):
    """Somebody at the desk, and what was done for them."""

    patron: PatronAtDesk | None = None
    unknown_card: str = ""
    holds: list[HoldAtDesk] = []
    cancelled: str = ""
    not_cancelled: str = ""
    # Shown once, and never again by anybody.
    first_password: str = ""
    # By this name the browser keeps what is being written to them.
    draft_name: str = ""
    is_sent: bool = False
    not_sent: str = ""
    # How many messages were sent to them, and how much was done for them, on this page.
    letters: int = 0
    deeds: int = 0

    _found: Found | None = None

    @staff_event
    async def open(self) -> None:
        """Show the page with nobody on it."""
        await self.finish()

    @staff_event
    async def finish(self) -> None:
        """Clear the screen: the patron goes, or has gone."""
        await desk_of(self)
        self.reset()

    @staff_event
    async def find(self, scanned: ScannedCard) -> None:
        """Show whose card was scanned, and what they wait for."""
        await desk_of(self)
        self.reset()
        self._found = await patron_with(scanned["card"])
        self.patron = self._found.shown if self._found else None
        self.draft_name = await self._name_of_draft()
        self.unknown_card = "" if self._found else scanned["card"]
        await self._look()

    @staff_event
    async def cancel(self, hold_id: int, reason: EndReason) -> None:
        """Cancel a hold of theirs for a reason of the library."""
        await desk_of(self)
        if any(hold.hold_id == hold_id for hold in self.holds):
            self.cancelled, self.not_cancelled = await cancelled(hold_id, reason)
        self.deeds += 1
        await self._look()

    @staff_event
    async def reset_password(self) -> None:
        """Give them a first password, which this page shows once."""
        await desk_of(self)
        if self._found is None:
            return
        password = readable_password(pick=secrets.choice)
        await asyncio.to_thread(
            sessions.issue_password,
            patron_id=self._found.patron_id,
            password=password,
            library=libraries.current(),
            now=clock.now(),
        )
        self.first_password = password
        self.deeds += 1

    @staff_event
    async def hide_password(self) -> None:
        """Put the first password away: the patron has it on paper."""
        await desk_of(self)
        self.first_password = ""

    @staff_event
    async def send(self, letter: WrittenLetter) -> None:
        """Write to them."""
        await desk_of(self)
        if self._found is None:
            return
        problem = await asyncio.to_thread(
            messages.send,
            patron_id=self._found.patron_id,
            letter=Letter(subject=letter["subject"].strip(), body=letter["body"].strip()),
            now=clock.now(),
        )
        self.is_sent, self.not_sent = problem is None, problem or ""
        self.letters += self.is_sent
        self.deeds += 1

    async def _name_of_draft(self) -> str:
        if self._found is None:
            return ""
        session = await self.get_state(DeskSessionState)
        return session._name_of_draft_for(self._found.patron_id)  # noqa: SLF001  ours

    async def _look(self) -> None:
        self.holds = (
            list(await asyncio.to_thread(desk.open_holds, patron_id=self._found.patron_id))
            if self._found
            else []
        )
