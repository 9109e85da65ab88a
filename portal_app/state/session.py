"""Who is signed in, as this tab knows it."""

import datetime as dt
from dataclasses import dataclass

import reflex as rx

from portal_app import clock
from portal_app.domain.sessions import Lasting
from portal_app.services.sessions import SignedIn
from portal_app.state.access import fresh_event
from portal_app.state.offline import kept_of_session


class NotSignedIn(Exception):
    """Raised when a handler that needs a patron has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasts:
    """When a session ends unless somebody does something, as a page hears it.

    Also in milliseconds from when this was said: no two clocks agree.
    """

    ends_at: str = ""
    milliseconds: int = 0
    may_stay: bool = False

    @classmethod
    def heard(cls, lasting: Lasting, *, now: dt.datetime) -> "Lasts":
        """Return what a page is told at this moment."""
        return cls(
            ends_at=lasting.ends_at.astimezone(clock.LIBRARY_TIME).isoformat(timespec="seconds"),
            milliseconds=max(0, int((lasting.ends_at - now) / dt.timedelta(milliseconds=1))),
            may_stay=lasting.may_be_extended,
        )


@kept_of_session(
    *("is_known", "is_terminal", "is_signed_in", "owner"),
    *("name", "card_masked", "card_expires_on", "cart_count", "unread_count", "display"),
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
    # What the patron has chosen in the display menu, on whichever device.
    display: dict[str, str] = {}
    lasts: Lasts = Lasts()
    # What is being typed is sealed with it, so that nobody else ever reads it.
    draft_key: str = ""

    # A leading underscore keeps a var on the server: no browser can read or set it.
    _patron_id: int | None = None
    _id_hash: str = ""
    _lasting: Lasting | None = None

    @fresh_event
    async def stay(self) -> None:
        """Say how long the session lasts now: the guard has noted that the patron is there."""
        if self._lasting is None:
            raise NotSignedIn
        self.lasts = Lasts.heard(self._lasting, now=clock.now())

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
            display=dict(patron.display),
            _patron_id=patron.patron_id,
            _id_hash=patron.id_hash,
        )

    def _go_on(self, lasting: Lasting, *, draft_key: str, now: dt.datetime) -> None:
        """Tell the page how long the session lasts, unless it knows."""
        if self._lasting != lasting:
            self._lasting, self.lasts = lasting, Lasts.heard(lasting, now=now)
        self._show(draft_key=draft_key)

    def _show_nobody(self) -> None:
        """Show that nobody is signed in."""
        self._show(is_known=True, owner="", draft_key="", lasts=Lasts(), _lasting=None)

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
