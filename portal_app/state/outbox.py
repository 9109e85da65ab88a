"""What a device delivers, and what became of it."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any, cast

import reflex as rx
from pydantic import Field, StringConstraints
from reflex.event import EventSpec
from typing_extensions import TypedDict

from portal_app import clock, libraries
from portal_app.domain.outbox import Answer, Operation, is_identifier
from portal_app.services import outbox
from portal_app.state.access import patron_event
from portal_app.state.failures import explain_failure
from portal_app.state.offline import look_at_everything
from portal_app.state.session import SessionState, signed_in_patron
from portal_app.state.shelves import ShelvesState

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
    ) -> list[EventSpec]:
        """Do what a device has written down, each operation once, and answer them all.

        Whoever has signed in meanwhile, nothing is done for them that another
        patron has asked for.
        """
        patron_id = await signed_in_patron(self)
        session = await self.get_state(SessionState)
        if owner != session.owner:
            return []
        answers, failure = await _deliver(patron_id, operations)
        self.answers = answers
        # In the same update, so that no page shows the answer without what it has changed.
        await look_at_everything(self)
        shelf_ids = _shelves_to_show_anew(operations, answers)
        if shelf_ids:
            shelves = await self.get_state(ShelvesState)
            await shelves._look_into(shelf_ids)  # noqa: SLF001  ours
        sent = [cast("EventSpec", ShelvesState.forget_sent())] if shelf_ids else []
        return [*sent, *([explain_failure(failure)] if failure else [])]


def _shelves_to_show_anew(operations: Sequence[Sent], answers: Sequence[Answer]) -> set[str]:
    """Return the shelves of which a device cannot know what has become of them.

    What is done as it was asked for, the device has drawn already.
    """
    told = [
        operation["payload"]
        for operation, answer in zip(operations, answers, strict=False)
        if operation["kind"].startswith("shelves.") and answer.reason
    ]
    numbers = [payload.get(name) for payload in told for name in ("shelf_id", "target_id")]
    return {number for number in numbers if isinstance(number, str) and is_identifier(number)}


async def _deliver(
    patron_id: int, operations: Sequence[Sent]
) -> tuple[list[Answer], Exception | None]:
    """Return the answers up to the first operation that fails, and its failure.

    What comes after it may build on it, so it waits to be sent again.
    """
    answers: list[Answer] = []
    for sent in operations:
        doing = asyncio.to_thread(
            outbox.deliver,
            patron_id=patron_id,
            operation=Operation(**sent),
            library=libraries.current(),
            now=clock.now(),
        )
        [outcome] = await asyncio.gather(doing, return_exceptions=True)
        if isinstance(outcome, Exception):
            return answers, outcome
        answers.append(cast("Answer", outcome))
    return answers, None
