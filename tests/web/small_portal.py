"""A portal with one desk, and with the mistakes that a real one must survive."""

import logging
from typing import Annotated

import reflex as rx
from pydantic import StringConstraints

from portal_app.data.database import connect
from portal_app.settings import Settings
from portal_app.state.access import fresh_event, patron_event, public_event, staff_event
from portal_app.state.desk_session import desk_of
from portal_app.state.session import SessionState, signed_in_patron
from portal_app.web import protect

Words = Annotated[str, StringConstraints(max_length=200)]
logger = logging.getLogger(__name__)


class DeskState(rx.State):
    """What a patron asks at the desk."""

    answer: str = ""
    borrowed: list[str] = []

    @patron_event
    async def look(self) -> None:
        """Show what this patron has borrowed."""
        patron_id = await signed_in_patron(self)
        self.borrowed = [f"CANARY-BOOK of {patron_id}"]

    @patron_event
    async def renew(self, loan_id: int) -> None:
        """Pretend to renew a loan."""
        self.answer = f"renewed {loan_id} for {await signed_in_patron(self)}"

    @patron_event(is_activity=False)
    async def ask_for_news(self) -> None:
        """Do what a page does by itself."""
        self.answer = "no news"

    @patron_event(background=True)
    async def wait_for_news(self) -> None:
        """Do what goes on after the page has been left."""
        async with self:
            self.answer = f"news for {await signed_in_patron(self)}"

    @fresh_event
    async def greet(self) -> None:
        """Greet whoever has signed in, with a first password too."""
        session = await self.get_state(SessionState)
        self.answer = f"hello {session.name}"

    @public_event
    async def search(self, words: Words) -> None:
        """Find something for anyone."""
        self.answer = f"found {words}"

    @public_event
    async def break_down(self, words: Words) -> None:
        """Fail, with what a patron typed in hand."""
        raise LookupError(words)

    @patron_event
    async def only_ask(self) -> None:
        """Ask who is signed in."""
        await signed_in_patron(self)

    @rx.event
    async def forgotten(self) -> None:
        """Run for anyone, if nobody noticed that the mark is missing."""
        self.answer = "FORGOTTEN RAN"

    def helper(self) -> None:
        """Be a handler by accident: Reflex makes one of every public method."""
        self.answer = "HELPER RAN"


class BackOfficeState(rx.State):
    """What only staff see."""

    answer: str = ""

    @staff_event
    async def look(self) -> None:
        """Show where this is."""
        self.answer = f"CANARY-SLIP at {(await desk_of(self)).branch_code}"

    @staff_event(is_activity=False)
    async def ask_for_news(self) -> None:
        """Do what a page does by itself."""
        await desk_of(self)
        self.answer = "no news"

    @public_event
    async def slip(self) -> None:
        """Show what is for staff, with the second lock alone."""
        self.answer = f"CANARY-SLIP at {(await desk_of(self)).branch_code}"


class UnguardedState(rx.State):
    """A handler whose mark says anyone, by mistake."""

    secret: str = ""

    @public_event
    async def open(self) -> None:
        """Show what is a patron's, with the second lock alone."""
        self.secret = f"CANARY of {await signed_in_patron(self)}"


class ShelfState(rx.State):
    """Something private in a state that other events do not touch."""

    books: list[str] = []

    @patron_event
    async def fill(self) -> None:
        """Show the shelf."""
        self.books = ["CANARY-SHELF"]


def open_the_library() -> None:
    """Connect when the server starts."""
    connect(Settings.read().database_url)


app = rx.App(toaster=None)
app.register_lifespan_task(open_the_library)
protect(app)
app.add_page(lambda: rx.el.main(DeskState.answer, ShelfState.books), route="/")
