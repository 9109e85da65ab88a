"""What the desk's own sign-in and password pages say, read from their addresses."""

import reflex as rx

from portal_app.state.access import public_event, staff_event
from portal_app.state.desk_session import desk_of
from portal_app.state.sign_in import LONGEST_PROBLEM


class DeskSignInState(rx.State):
    """Why somebody is asked to sign in at the desk."""

    problem: str = ""

    @public_event
    def open(self) -> None:
        """Show why. The server checks all of it again."""
        self.problem = self.router.url.query_parameters.get("problem", "")[:LONGEST_PROBLEM]


class DeskPasswordState(rx.State):
    """What was wrong with a new password."""

    problem: str = ""

    @staff_event
    async def open(self) -> None:
        """Show what was wrong with the latest attempt."""
        await desk_of(self)
        self.problem = self.router.url.query_parameters.get("problem", "")[:LONGEST_PROBLEM]
