"""What a patron sees when a handler raises."""

import secrets
import traceback
from typing import Annotated, cast

import reflex as rx
import structlog
from pydantic import StringConstraints
from reflex.event import EventSpec

from portal_app import routes
from portal_app.state.access import public_event, server_event
from portal_app.state.desk_session import NotAtDesk
from portal_app.state.session import NotSignedIn

logger = structlog.get_logger(__name__)

Reference = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{6}$")]


class FailureState(rx.State):
    """The apology for what went wrong last, with the reference under which it was logged."""

    reference: str = ""

    @server_event
    def show(self, reference: Reference) -> None:
        """Apologise."""
        self.reference = reference

    @public_event
    def dismiss(self) -> None:
        """Put the apology away."""
        self.reference = ""


def explain_failure(exception: Exception) -> EventSpec:
    """Send strangers to sign in; log anything else and apologise with a reference."""
    if isinstance(exception, NotSignedIn):
        return cast("EventSpec", rx.redirect(f"{routes.SIGN_IN}?problem=needed"))
    if isinstance(exception, NotAtDesk):
        return cast("EventSpec", rx.redirect(f"{routes.DESK_SIGN_IN}?problem=needed"))
    return cast("EventSpec", FailureState.show(log_failure(exception)))


def log_failure(exception: BaseException) -> str:
    """Write down what failed and where, and return the reference to it.

    Only the kind of exception and the lines of our code that led to it: its
    text and its arguments may hold what a patron has typed or read.
    """
    reference = secrets.token_hex(3)
    logger.error(
        "unexpected failure",
        reference=reference,
        kind=type(exception).__qualname__,
        path=[
            f"{frame.name} {frame.filename.rpartition('/')[2]}:{frame.lineno}"
            for frame in traceback.extract_tb(exception.__traceback__)
        ],
    )
    return reference


def note_browser_failure(exception: Exception) -> None:
    """Write down that a page failed in a browser, without what the browser says of it.

    Anyone can send such a report, with any text in it.
    """
    del exception
    logger.warning("a page failed in a browser")
