"""What the sign-in and password pages say, read from their addresses."""

import reflex as rx

from portal_app.state.access import fresh_event, patron_event, public_event
from portal_app.state.session import signed_in_patron

# Nothing longer is ever a path of ours.
LONGEST_PATH = 1_000


class SignInState(rx.State):
    """Why the patron is here, and where they want to go afterwards."""

    problem: str = ""
    next_path: str = ""
    wish: str = ""

    @public_event
    def open(self) -> None:
        """Show why the patron is asked to sign in. The server checks all of it again."""
        asked = self.router.url.query_parameters
        self.problem = asked.get("problem", "")[:LONGEST_PATH]
        self.next_path = asked.get("next", "")[:LONGEST_PATH]
        self.wish = asked.get("wish", "")[:LONGEST_PATH]


class PasswordState(rx.State):
    """What became of a new password, and where the patron wants to go afterwards."""

    problem: str = ""
    is_changed: bool = False
    next_path: str = ""
    wish: str = ""

    @fresh_event
    def open(self) -> None:
        """Show what became of the latest attempt."""
        asked = self.router.url.query_parameters
        self.problem = asked.get("problem", "")[:LONGEST_PATH]
        self.next_path = asked.get("next", "")[:LONGEST_PATH]
        self.wish = asked.get("wish", "")[:LONGEST_PATH]

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
        self.problem = self.router.url.query_parameters.get("problem", "")[:LONGEST_PATH]
