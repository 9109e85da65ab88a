"""What patrons and the desk do, asked for by patron and record, whatever the ids are.

What is needed to ask is looked up first: calling what is returned does nothing
but the deed, and returns what whoever asked is told.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Self

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import Session

from portal_app.data.tables import Hold, Item, Loan
from portal_app.domain.catalogue import ItemState
from portal_app.domain.holds import SET_ASIDE, EndReason, HoldState
from portal_app.domain.outbox import Operation
from portal_app.domain.policies import Library
from portal_app.services import cart, circulation, lapses, outbox
from tests.circulation.world import MAIN

Deed = Callable[[], str]
WAITING = (HoldState.WAITING,)
OPEN = (*WAITING, *SET_ASIDE)
NOBODYS = 999_999


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """Everything that can be done to holds and loans of a library."""

    engine: Engine
    library: Library
    now: dt.datetime

    def later(self, *, days: int) -> Self:
        """Return what can be done some days later."""
        return replace(self, now=self.now + dt.timedelta(days=days))

    def place(
        self,
        patron_id: int,
        record_id: int,
        *,
        branch: str = MAIN,
        expires_on: dt.date | None = None,
    ) -> Deed:
        """Put a record in the cart, and ask for it."""
        cart.add(patron_id=patron_id, record_ids=[record_id], limit=100, now=self.now)
        return self.sent(
            patron_id,
            "holds.place",
            record_id=record_id,
            pickup_branch=branch,
            contact_method="none",
            expires_on=_day(expires_on),
        )

    def cancel(self, patron_id: int, record_id: int) -> Deed:
        return self.about(patron_id, "holds.cancel", record_id)

    def change(
        self,
        patron_id: int,
        record_id: int,
        *,
        branch: str = MAIN,
        expires_on: dt.date | None = None,
    ) -> Deed:
        return self.about(
            patron_id,
            "holds.change",
            record_id,
            pickup_branch=branch,
            contact_method="none",
            expires_on=_day(expires_on),
        )

    def suspend(self, patron_id: int, record_id: int, *, days: int) -> Deed:
        until = self.now.date() + dt.timedelta(days=days)
        return self.about(patron_id, "holds.suspend", record_id, until=_day(until))

    def resume(self, patron_id: int, record_id: int) -> Deed:
        return self.about(patron_id, "holds.resume", record_id)

    def step_back(self, patron_id: int, record_id: int) -> Deed:
        return self.about(patron_id, "holds.step_back", record_id)

    def ask_to_cancel(self, patron_id: int, record_id: int) -> Deed:
        return self.about(patron_id, "holds.ask_to_cancel", record_id)

    def arrange(
        self, patron_id: int, kind: str, record_ids: Sequence[int], *, with_: int | None = None
    ) -> Deed:
        """Make a series of records, or make the series anew that ``with_`` is in."""
        series_id = None if with_ is None else self._series(patron_id, with_)
        return self.sent(
            patron_id, "holds.arrange", series_id=series_id, kind=kind, record_ids=list(record_ids)
        )

    def renew(self, patron_id: int, record_id: int) -> Deed:
        query = (
            sa.select(Loan.id)
            .join(Item, Item.id == Loan.item_id)
            .where(Loan.patron_id == patron_id, Item.record_id == record_id)
        )
        loan_id = self._found(query) or NOBODYS
        return self.sent(patron_id, "loans.renew", loan_id=loan_id)

    def lend(self, patron_id: int, item_id: int, *, branch: str = MAIN) -> Deed:
        def act() -> str:
            lent = circulation.lend(
                card_number=f"2000000{patron_id:07d}",
                barcode=f"B{item_id}",
                branch_code=branch,
                library=self.library,
                now=self.now,
            )
            return f"due on {lent.due_on}" if lent.refused is None else lent.refused.why.value

        return act

    def check_in(self, item_id: int, *, branch: str = MAIN) -> Deed:
        def act() -> str:
            told = circulation.check_in(
                barcode=f"B{item_id}", branch_code=branch, library=self.library, now=self.now
            )
            if told.refused is not None:
                return told.refused.value
            return f"to {told.goes} at {told.branch_code} until {told.pickup_by}"

        return act

    def cancel_by_library(self, patron_id: int, record_id: int) -> Deed:
        hold_id = self._hold(patron_id, record_id)

        def act() -> str:
            told = circulation.cancel_hold(
                hold_id=hold_id, reason=EndReason.BY_LIBRARY, library=self.library, now=self.now
            )
            return "done" if told.refused is None else told.refused.value

        return act

    def mark(self, item_id: int, state: ItemState) -> Deed:
        def act() -> str:
            told = circulation.mark_item(
                barcode=f"B{item_id}", state=state, library=self.library, now=self.now
            )
            return "done" if told.refused is None else told.refused.value

        return act

    def lapse(self) -> Deed:
        return lambda: str(lapses.lapse(library=self.library, now=self.now))

    def about(self, patron_id: int, kind: str, record_id: int, **payload: object) -> Deed:
        """Send something about a patron's open hold on a record."""
        return self.sent(patron_id, kind, hold_id=self._hold(patron_id, record_id), **payload)

    def sent(self, patron_id: int, what: str, /, **payload: object) -> Deed:
        """Send an operation of a patron's device; sent again, it is the same one."""
        operation = Operation(id=str(uuid.uuid4()), kind=what, payload=payload)

        def act() -> str:
            answer = outbox.deliver(
                patron_id=patron_id, operation=operation, library=self.library, now=self.now
            )
            if answer.reason == "outbox.refusal.not_understood":
                raise NotUnderstood(what)
            said = [answer.reason, answer.day, answer.limit, answer.place]
            return " ".join(
                ["done" if answer.is_done else "refused", *map(str, filter(None, said))]
            )

        return act

    def on_hold(self, *patrons: int, states: Collection[HoldState] = OPEN) -> list[tuple[int, int]]:
        """Return what is on hold for whom, in the order it was asked for."""
        query = sa.select(Hold.patron_id, Hold.record_id).where(
            Hold.patron_id.in_(patrons), Hold.state.in_(states)
        )
        with Session(self.engine) as tx:
            return [(patron, record) for patron, record in tx.execute(query.order_by(Hold.id))]

    def at_home(self, *patrons: int) -> list[tuple[int, int]]:
        """Return who has what at home, in the order it was lent."""
        query = (
            sa.select(Loan.patron_id, Item.record_id)
            .join(Item, Item.id == Loan.item_id)
            .where(Loan.patron_id.in_(patrons))
        )
        with Session(self.engine) as tx:
            return [(patron, record) for patron, record in tx.execute(query.order_by(Loan.id))]

    def _hold(self, patron_id: int, record_id: int) -> int:
        query = sa.select(Hold.id).where(
            Hold.patron_id == patron_id, Hold.record_id == record_id, Hold.ended_at.is_(None)
        )
        return self._found(query) or NOBODYS

    def _series(self, patron_id: int, record_id: int) -> int:
        query = sa.select(Hold.series_id).where(
            Hold.patron_id == patron_id, Hold.record_id == record_id, Hold.ended_at.is_(None)
        )
        return self._found(query) or NOBODYS

    def _found(self, query: sa.Select) -> int | None:
        with Session(self.engine) as tx:
            return tx.scalar(query)


class NotUnderstood(Exception):
    """A deed of ours is not what the portal knows."""


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
