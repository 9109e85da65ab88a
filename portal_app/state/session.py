"""Who is signed in, as this tab knows it."""

from typing import Self

import reflex as rx

from portal_app.services.sessions import SignedIn


class NotSignedIn(Exception):
    """Raised when a handler that needs a patron has none."""


class SessionState(rx.State):
    """The patron behind this tab. The guard fills it in before each event, or empties it.

    A view that may be empty at any moment: the truth is in the database.
    """

    is_known: bool = False
    is_signed_in: bool = False
    must_change_password: bool = False
    name: str = ""
    card_masked: str = ""
    card_expires_on: str = ""
    cart_count: int = 0

    # A leading underscore keeps a var on the server: no browser can read or set it.
    _patron_id: int | None = None
    _id_hash: str = ""

    def _welcome(self, patron: SignedIn) -> None:
        """Show this patron."""
        self.is_known = True
        self.is_signed_in = True
        self.must_change_password = patron.must_change_password
        self.name = patron.name
        self.card_masked = patron.card_masked
        self.card_expires_on = patron.card_expires_on.isoformat()
        self.cart_count = patron.cart_count
        self._patron_id = patron.patron_id
        self._id_hash = patron.id_hash

    def _leave(self) -> Self:
        """Show that nobody is signed in."""
        self.reset()
        self.is_known = True
        return self


async def signed_in_patron(state: rx.State) -> int:
    """Return the patron behind a state's tab, or raise ``NotSignedIn``.

    The guard has asked already. Every handler that acts for a patron asks
    again here, so that one mistake never opens two doors.
    """
    session = await state.get_state(SessionState)
    if session._patron_id is None or session.must_change_password:  # noqa: SLF001  ours
        raise NotSignedIn
    return session._patron_id  # noqa: SLF001  ours
