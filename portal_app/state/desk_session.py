"""Who is signed in at a desk, as this tab knows it."""

import datetime as dt
import hashlib
from dataclasses import dataclass

import reflex as rx

from portal_app import clock
from portal_app.domain.sessions import Lasting
from portal_app.services.staff import AtDesk
from portal_app.state.access import staff_event
from portal_app.state.session import Lasts


class NotAtDesk(Exception):
    """Raised when a handler that needs somebody at a desk has nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """For whom a handler of the desk acts, and at which branch."""

    staff_id: int
    branch_code: str


class DeskSessionState(rx.State):
    """Whoever works at this desk. The guard fills it in before each event, or empties it.

    A view that may be empty at any moment: the truth is in the database.
    """

    is_signed_in: bool = False
    name: str = ""
    branch_code: str = ""
    lasts: Lasts = Lasts()
    # What is being typed is sealed with it, so that nobody else ever reads it.
    draft_key: str = ""

    # A leading underscore keeps a var on the server: no browser can read or set it.
    _staff_id: int | None = None
    _id_hash: str = ""
    _lasting: Lasting | None = None

    @staff_event
    async def stay(self) -> None:
        """Say how long the session lasts now: the guard has noted that somebody is there."""
        if self._lasting is None:
            raise NotAtDesk
        self.lasts = Lasts.heard(self._lasting, now=clock.now())

    def _go_on(self, lasting: Lasting, *, draft_key: str, now: dt.datetime) -> None:
        """Tell the page how long the session lasts, unless it knows."""
        if self._lasting != lasting:
            self._lasting, self.lasts = lasting, Lasts.heard(lasting, now=now)
        if self.draft_key != draft_key:
            self.draft_key = draft_key

    def _welcome(self, found: AtDesk) -> None:
        """Show who works here."""
        facts = {
            "is_signed_in": True,
            "name": found.name,
            "branch_code": found.branch_code,
            "_staff_id": found.staff_id,
            "_id_hash": found.id_hash,
        }
        # Only what differs, since every assignment is sent to the browser.
        for name, fact in facts.items():
            if getattr(self, name) != fact:
                setattr(self, name, fact)

    def _name_of_draft_for(self, patron_id: int) -> str:
        """Return how this browser calls what is written to a patron: it does not tell to whom."""
        return hashlib.sha256(f"{self.draft_key}|{patron_id}".encode()).hexdigest()


async def desk_of(state: rx.State) -> Desk:
    """Return the desk behind a state's tab, or raise ``NotAtDesk``.

    The guard has asked already. Every handler that acts at a desk asks again
    here, so that one mistake never opens two doors.
    """
    session = await state.get_state(DeskSessionState)
    if session._staff_id is None:  # noqa: SLF001  ours
        raise NotAtDesk
    return Desk(staff_id=session._staff_id, branch_code=session.branch_code)  # noqa: SLF001  ours
