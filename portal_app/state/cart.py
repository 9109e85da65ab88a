"""The cart, the confirmation and what became of it, as this tab shows them."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec
from typing_extensions import TypedDict

from portal_app import clock, libraries, routes
from portal_app.domain.holds import Problem, Request, problem_with
from portal_app.domain.policies import Library
from portal_app.services import cart, holds
from portal_app.state.access import patron_event, public_event
from portal_app.state.session import NotSignedIn, SessionState, signed_in_patron


class PickupForm(TypedDict):
    """What the cart page sends (K-26)."""

    pickup_branch: str
    contact_method: str
    expires_on: str


class CartState(rx.State):
    """What waits to be placed on hold, what is chosen of it, and what became of it."""

    is_loaded: bool = False
    lines: list[cart.Line] = []
    chosen: list[int] = []
    pickup_branch: str = ""
    contact_method: str = ""
    expires_on: str = ""
    problem: str = ""
    is_confirming: bool = False
    is_placing: bool = False
    placed: list[holds.Outcome] = []
    refused: list[holds.Outcome] = []
    removed_count: int = 0

    # What became of the latest record that was put in from a list or a page.
    answer: str = ""
    answer_title: str = ""

    @patron_event
    async def open(self) -> None:
        """Show the cart as it is now, with everything chosen that can be placed on hold."""
        was_in = {line.record.record_id for line in self.lines}
        await self._look()
        self.chosen = [
            line.record.record_id
            for line in self.lines
            if line.refused is None
            and (line.record.record_id in self.chosen or line.record.record_id not in was_in)
        ]
        self.problem, self.removed_count, self.is_confirming = "", 0, False

    @public_event(is_activity=True)
    async def add(self, record_id: int, title: str) -> EventSpec | None:
        """Put a record in the cart, or remember the wish and ask who it is (K-05)."""
        try:
            patron_id = await signed_in_patron(self)
        except NotSignedIn:
            return rx.redirect(self._sign_in_with_wish(record_id))
        limit = libraries.current().cart.limit
        added = await asyncio.to_thread(
            cart.add, patron_id=patron_id, record_ids=[record_id], limit=limit, now=clock.now()
        )
        self.answer = added.refused.get(record_id, "added")
        self.answer_title = title
        await self._count(added.count)
        return None

    @public_event
    def dismiss_answer(self) -> None:
        """Forget what became of the latest record."""
        self.answer = self.answer_title = ""

    @patron_event
    async def choose(self, record_id: int) -> None:
        """Choose a record, or no longer choose it."""
        await signed_in_patron(self)
        if record_id in self.chosen:
            self.chosen = [one for one in self.chosen if one != record_id]
        elif record_id in {line.record.record_id for line in self.lines}:
            self.chosen = [*self.chosen, record_id]

    @patron_event
    async def choose_all(self) -> None:
        """Choose every record in the cart (K-26)."""
        await signed_in_patron(self)
        self.chosen = [line.record.record_id for line in self.lines]

    @patron_event
    async def choose_none(self) -> None:
        """Choose no record (K-26)."""
        await signed_in_patron(self)
        self.chosen = []

    @patron_event
    async def remove(self, record_id: int) -> None:
        """Take one record out of the cart."""
        await self._remove([record_id])

    @patron_event
    async def remove_chosen(self) -> None:
        """Take the chosen records out of the cart (K-26)."""
        await signed_in_patron(self)
        if not self.chosen:
            self.problem = Problem.NOTHING_CHOSEN.value
            return
        await self._remove(self.chosen)

    @patron_event
    async def check(self, form: PickupForm) -> EventSpec | None:
        """Take the pickup branch and the rest, and show it once more before it counts (K-29)."""
        await signed_in_patron(self)
        self.pickup_branch = form["pickup_branch"]
        self.contact_method = form["contact_method"]
        self.expires_on = form["expires_on"]
        problem = self._problem(libraries.current())
        self.problem = problem.value if problem else ""
        if problem:
            return None
        self.is_confirming = True
        return rx.redirect(routes.CONFIRM_HOLDS)

    @patron_event
    async def open_confirmation(self) -> EventSpec | None:
        """Show what is about to be placed; without a choice there is nothing to confirm.

        A patron may be quicker than this: then it has been placed already.
        """
        await self._look()
        return None if self.is_confirming else rx.redirect(routes.HOLDS_PLACED)

    @patron_event
    async def place(self) -> AsyncIterator[EventSpec | None]:
        """Place the holds that were confirmed, once (K-30)."""
        patron_id = await signed_in_patron(self)
        if not self.is_confirming:
            yield rx.redirect(routes.HOLDS_PLACED)  # a second press: what became of the first
            return
        self.is_confirming, self.is_placing = False, True
        yield None
        try:
            placed = await asyncio.to_thread(
                holds.place,
                patron_id=patron_id,
                request=self._request(),
                library=libraries.current(),
                now=clock.now(),
            )
        finally:
            self.is_placing = False
            yield None  # a handler that raises sends no more changes, so free the button first
        if placed.problem:
            self.problem = placed.problem.value
            yield rx.redirect(routes.CART)
            return
        self.placed = [outcome for outcome in placed.outcomes if outcome.refused is None]
        self.refused = [outcome for outcome in placed.outcomes if outcome.refused is not None]
        await self._count(await asyncio.to_thread(cart.count, patron_id=patron_id))
        yield rx.redirect(routes.HOLDS_PLACED)

    @patron_event
    async def open_placed(self) -> EventSpec | None:
        """Show what became of the latest request; without one there is nothing to show."""
        await signed_in_patron(self)
        return None if self.placed or self.refused else rx.redirect(routes.CART)

    async def _look(self) -> None:
        patron_id = await signed_in_patron(self)
        found = await asyncio.to_thread(
            cart.look,
            patron_id=patron_id,
            policy=libraries.current().holds,
            today=clock.now().date(),
        )
        self.lines = list(found.lines)
        self.pickup_branch = self.pickup_branch or found.pickup_branch
        self.contact_method = self.contact_method or found.contact_method
        self.is_loaded = True
        await self._count(len(found.lines))

    async def _remove(self, record_ids: list[int]) -> None:
        patron_id = await signed_in_patron(self)
        before = len(self.lines)
        await asyncio.to_thread(cart.remove, patron_id=patron_id, record_ids=record_ids)
        await self._look()
        self.chosen = [one for one in self.chosen if one not in record_ids]
        self.problem, self.removed_count = "", before - len(self.lines)

    async def _count(self, count: int) -> None:
        session = await self.get_state(SessionState)
        session.cart_count = count

    def _request(self) -> Request:
        in_order = [line.record.record_id for line in self.lines]
        return Request(
            record_ids=tuple(one for one in in_order if one in self.chosen),
            pickup_branch=self.pickup_branch,
            contact_method=self.contact_method,
            expires_on=dt.date.fromisoformat(self.expires_on) if self.expires_on else None,
        )

    def _problem(self, library: Library) -> Problem | None:
        try:
            request = self._request()
        except ValueError:  # not a day
            return Problem.EXPIRY_HAS_PASSED
        return problem_with(
            request,
            pickup_branches=library.pickup_branches,
            policy=library.holds,
            today=clock.now().date(),
        )

    def _sign_in_with_wish(self, record_id: int) -> str:
        here = self.router.url
        back = f"{here.path}?{here.query}" if here.query else here.path
        return f"{routes.SIGN_IN}?{urlencode({'next': back, 'wish': record_id})}"
