"""The patron's loans, as this tab shows them."""

import asyncio

import reflex as rx

from portal_app import clock, libraries
from portal_app.domain.limits import Tally, tally
from portal_app.services import loans as service
from portal_app.services.loans import OpenLoan
from portal_app.state.access import patron_event
from portal_app.state.session import signed_in_patron


class LoansState(rx.State):
    """What is at home, and the renewal that is being asked about."""

    is_loaded: bool = False
    loans: list[OpenLoan] = []
    tallies: list[Tally] = []
    overdue_count: int = 0
    today: str = ""

    is_asking: bool = False
    asked: OpenLoan | None = None

    # What became of the latest renewal.
    answer: str = ""
    answer_title: str = ""
    answer_day: str = ""

    @patron_event
    async def open(self) -> None:
        """Show the loans as they are now."""
        self.answer, self.is_asking, self.asked = "", False, None
        await self._look()

    @patron_event
    async def ask(self, loan_id: int) -> None:
        """Show to which day a loan would be renewed, before anything happens (G-26)."""
        await self._look()
        self.answer = ""
        self.asked = next((loan for loan in self.loans if loan.loan_id == loan_id), None)
        self.is_asking = self.asked is not None

    @patron_event
    async def dismiss(self) -> None:
        """Renew nothing."""
        await signed_in_patron(self)
        self.is_asking = False

    @patron_event
    async def renew(self) -> None:
        """Renew the loan that was asked about, and say what became of it (G-27)."""
        patron_id = await signed_in_patron(self)
        asked = self.asked
        if asked is None or not self.is_asking:
            return
        self.is_asking = False
        renewed = await asyncio.to_thread(
            service.renew,
            patron_id=patron_id,
            loan_id=asked.loan_id,
            policy=libraries.current().loans.renewals,
            today=clock.now().date(),
        )
        self.answer_title = f"{asked.record.title} {asked.record.volume}".rstrip()
        self.answer = renewed.refused.why.value if renewed.refused else "renewed"
        day = renewed.refused.allowed_from if renewed.refused else renewed.due_on
        self.answer_day = day.isoformat() if day else ""
        await self._look()

    async def _look(self) -> None:
        patron_id = await signed_in_patron(self)
        policy = libraries.current().loans
        today = clock.now().date()
        found = await asyncio.to_thread(
            service.look, patron_id=patron_id, policy=policy.renewals, today=today
        )
        self.loans = list(found)
        self.tallies = list(tally([loan.record.material for loan in found], policy.limits))
        self.overdue_count = sum(loan.is_overdue for loan in found)
        self.today = today.isoformat()
        self.is_loaded = True
