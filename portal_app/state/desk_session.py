"""Who is signed in at a desk, as this tab knows it."""

from dataclasses import dataclass

import reflex as rx

from portal_app.services.staff import AtDesk


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

    # A leading underscore keeps a var on the server: no browser can read or set it.
    _staff_id: int | None = None
    _id_hash: str = ""

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


async def desk_of(state: rx.State) -> Desk:
    """Return the desk behind a state's tab, or raise ``NotAtDesk``.

    The guard has asked already. Every handler that acts at a desk asks again
    here, so that one mistake never opens two doors.
    """
    session = await state.get_state(DeskSessionState)
    if session._staff_id is None:  # noqa: SLF001  ours
        raise NotAtDesk
    return Desk(staff_id=session._staff_id, branch_code=session.branch_code)  # noqa: SLF001  ours
