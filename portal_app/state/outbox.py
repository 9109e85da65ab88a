"""What a device delivers, and what became of it."""

import asyncio
from typing import Annotated, Any

import reflex as rx
from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from portal_app import clock, libraries
from portal_app.domain.outbox import Answer, Operation
from portal_app.services import outbox
from portal_app.state.access import patron_event
from portal_app.state.offline import look_at_everything
from portal_app.state.session import SessionState, signed_in_patron

MOST_AT_ONCE = 20  # browser/offline/outbox.js sends no more


class Sent(TypedDict):
    """An operation as a device sends it."""

    id: Annotated[str, StringConstraints(max_length=36)]
    kind: Annotated[str, StringConstraints(max_length=40)]
    payload: dict[str, Any]


class OutboxState(rx.State):
    """The answers to what this tab has delivered last.

    The name of the handler stands in the pages of older releases, which must
    still be able to deliver.
    """

    answers: list[Answer] = []

    @patron_event
    async def deliver(
        self, owner: str, operations: Annotated[list[Sent], Field(max_length=MOST_AT_ONCE)]
    ) -> None:
        """Do what a device has written down, each operation once, and answer them all.

        Whoever has signed in meanwhile, nothing is done for them that another
        patron has asked for.
        """
        patron_id = await signed_in_patron(self)
        session = await self.get_state(SessionState)
        if owner != session.owner:
            return
        library = libraries.current()
        self.answers = [
            await asyncio.to_thread(
                outbox.deliver,
                patron_id=patron_id,
                operation=Operation(**sent),
                library=library,
                now=clock.now(),
            )
            for sent in operations
        ]
        # In the same update, so that no page shows the answer without what it has changed.
        await look_at_everything(self)
