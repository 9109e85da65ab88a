"""What the sign-in and password pages say, read from their addresses."""

import reflex as rx

from portal_app.state.access import fresh_event, patron_event, public_event
from portal_app.state.session import signed_in_patron

# Nothing longer has a text here.
LONGEST_PROBLEM = 100


class SignInState(rx.State):
    """Why the patron is here."""

    problem: str = ""
    has_wish: bool = False

    @public_event
    def open(self) -> None:
        """Show why the patron is asked to sign in. Where they go next, the door reads by itself."""
        asked = self.router.url.query_parameters
        self.problem = asked.get("problem", "")[:LONGEST_PROBLEM]
        self.has_wish = "wish" in asked


class PasswordState(rx.State):
    """What became of a new password."""

    problem: str = ""
    is_changed: bool = False

    @fresh_event
    def open(self) -> None:
        """Show what became of the latest attempt."""
        self.problem = self.router.url.query_parameters.get("problem", "")[:LONGEST_PROBLEM]

    @patron_event
    async def look_whether_changed(self) -> None:
        """Tell whoever comes from there that the password is another one (G-41)."""
        await signed_in_patron(self)
        self.is_changed = self.router.url.query_parameters.get("done", "") == "password"


class NewPasswordState(rx.State):
    """What became of the latest step on the way to a password by mail."""

    problem: str = ""

    @public_event
    def open(self) -> None:
        """Show what there is to say about it."""
        self.problem = self.router.url.query_parameters.get("problem", "")[:LONGEST_PROBLEM]
