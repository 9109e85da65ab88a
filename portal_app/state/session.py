"""Who is signed in, as this tab knows it."""

import reflex as rx

from portal_app.services.sessions import SignedIn
from portal_app.state.offline import kept_of_session


class NotSignedIn(Exception):
    """Raised when a handler that needs a patron has none."""


@kept_of_session(
    *("is_known", "is_terminal", "is_signed_in", "owner"),
    *("name", "card_masked", "card_expires_on", "cart_count", "unread_count"),
)
class SessionState(rx.State):
    """The patron behind this tab. The guard fills it in before each event, or empties it.

    A view that may be empty at any moment: the truth is in the database.
    """

    is_known: bool = False
    # At one of the library's own machines, where nothing may be kept.
    is_terminal: bool = False
    # What the browser keeps a patron's things under: empty unless they may act.
    owner: str = ""
    is_signed_in: bool = False
    must_change_password: bool = False
    name: str = ""
    card_masked: str = ""
    card_expires_on: str = ""
    cart_count: int = 0
    unread_count: int = 0

    # A leading underscore keeps a var on the server: no browser can read or set it.
    _patron_id: int | None = None
    _id_hash: str = ""

    def _sit_at(self, *, is_terminal: bool) -> None:
        """Show what kind of machine this is, whoever sits there."""
        self._show(is_terminal=is_terminal)

    def _welcome(self, patron: SignedIn, *, owner: str) -> None:
        """Show this patron."""
        self._show(
            is_known=True,
            is_signed_in=True,
            owner="" if patron.must_change_password else owner,
            must_change_password=patron.must_change_password,
            name=patron.name,
            card_masked=patron.card_masked,
            card_expires_on=patron.card_expires_on.isoformat(),
            cart_count=patron.cart_count,
            unread_count=patron.unread_count,
            _patron_id=patron.patron_id,
            _id_hash=patron.id_hash,
        )

    def _show_nobody(self) -> None:
        """Show that nobody is signed in."""
        self._show(is_known=True, owner="")

    def _show(self, **facts: object) -> None:
        # Only what differs, since every assignment is sent to the browser.
        for name, fact in facts.items():
            if getattr(self, name) != fact:
                setattr(self, name, fact)


async def signed_in_patron(state: rx.State) -> int:
    """Return the patron behind a state's tab, or raise ``NotSignedIn``.

    The guard has asked already. Every handler that acts for a patron asks
    again here, so that one mistake never opens two doors.
    """
    session = await state.get_state(SessionState)
    if session._patron_id is None or session.must_change_password:  # noqa: SLF001  ours
        raise NotSignedIn
    return session._patron_id  # noqa: SLF001  ours
