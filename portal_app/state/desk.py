"""返却・取置 and 貸出 at a desk, as this tab shows them."""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol, TypeVar

import reflex as rx
from pydantic import StringConstraints
from typing_extensions import TypedDict

from portal_app import clock, libraries
from portal_app.domain.barcodes import readings_of_card, readings_of_item
from portal_app.domain.circulation import NotCheckedIn, Refusal
from portal_app.services import circulation, desk
from portal_app.services.circulation import CheckedIn, Lent
from portal_app.services.desk import Found, PatronAtDesk
from portal_app.state.access import staff_event
from portal_app.state.desk_session import desk_of

LONGEST_CODE = 80
MOST_SCANS = 50
# What a slip says of a card number: enough to find it on the hold shelf.
DIGITS_ON_SLIPS = 4
# Whoever went away without a word is nobody's business after this.
PATRON_STAYS = dt.timedelta(minutes=2)

Code = Annotated[str, StringConstraints(max_length=LONGEST_CODE)]
Answer = TypeVar("Answer", CheckedIn, Lent)


class ScannedItem(TypedDict):
    """The form with the one field for the barcode of an item."""

    barcode: Code


class ScannedCard(TypedDict):
    """The form with the one field for the number of a card."""

    card: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnScan:
    """What became of an item on the desk. Either ``refused`` says why nothing, or it ``goes``."""

    number: int
    at: str
    barcode: str
    title: str = ""
    refused: str = ""
    was_returned: bool = False
    goes: str = ""
    branch_code: str = ""
    pickup_by: dt.date | None = None
    digits: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanScan:
    """What became of an item that somebody would like to take home."""

    number: int
    at: str
    barcode: str
    title: str = ""
    refused: str = ""
    limit: int | None = None
    since: dt.date | None = None
    due_on: dt.date | None = None


class CheckInState(rx.State):
    """What was scanned at this desk, the latest first."""

    scans: list[ReturnScan] = []

    @staff_event
    async def open(self) -> None:
        """Show the page to whoever works here."""
        await desk_of(self)

    @staff_event
    async def check_in(self, scanned: ScannedItem) -> None:
        """Take the item that was scanned, and say where it goes."""
        at, now = await desk_of(self), clock.now()
        found = await asyncio.to_thread(
            _first_known,
            scanned["barcode"],
            lambda barcode: circulation.check_in(
                barcode=barcode,
                branch_code=at.branch_code,
                library=libraries.current(),
                now=now,
            ),
            lambda answer: answer.refused is NotCheckedIn.UNKNOWN_BARCODE,
        )
        digits = ""
        if found.hold_id is not None:
            digits = await asyncio.to_thread(
                desk.last_digits, hold_id=found.hold_id, count=DIGITS_ON_SLIPS
            )
        scan = ReturnScan(
            number=_next_number(self.scans),
            at=now.isoformat(),
            barcode=found.barcode or scanned["barcode"],
            title=_title(found),
            refused=found.refused or "",
            was_returned=found.was_returned,
            goes=found.goes or "",
            branch_code=found.branch_code,
            pickup_by=found.pickup_by,
            digits=digits,
        )
        self.scans = [scan, *self.scans][:MOST_SCANS]


class LendState(rx.State):
    """Who stands at the desk, and what they take home."""

    patron: PatronAtDesk | None = None
    scans: list[LoanScan] = []
    # The code that nobody's card has, as it was scanned.
    unknown_card: str = ""

    _found: Found | None = None
    _scanned_at: dt.datetime | None = None

    @staff_event
    async def open(self) -> None:
        """Show the page with nobody on it."""
        await desk_of(self)
        self._forget()

    @staff_event
    async def finish(self) -> None:
        """Clear the screen: the patron goes, or has gone."""
        await desk_of(self)
        self._forget()

    @staff_event
    async def find(self, scanned: ScannedCard) -> None:
        """Show whose card was scanned, as far as lending needs it."""
        await desk_of(self)
        self._forget()
        await self._find(scanned["card"])
        self.unknown_card = "" if self._found else scanned["card"]
        self._scanned_at = clock.now()

    @staff_event
    async def lend(self, scanned: ScannedItem) -> None:
        """Lend the item that was scanned to whoever stands here."""
        at, now = await desk_of(self), clock.now()
        patron = self._found
        # The page clears itself by then; a page that was asleep has not.
        if patron is None or self._scanned_at is None or now - self._scanned_at > PATRON_STAYS:
            self._forget()
            return
        lent = await asyncio.to_thread(
            _first_known,
            scanned["barcode"],
            lambda barcode: circulation.lend(
                card_number=patron.card_number,
                barcode=barcode,
                branch_code=at.branch_code,
                library=libraries.current(),
                now=now,
            ),
            lambda answer: (
                answer.refused is not None and answer.refused.why is Refusal.UNKNOWN_BARCODE
            ),
        )
        self._scanned_at = now
        self.scans = [_loan_scan(_next_number(self.scans), now, scanned, lent), *self.scans]
        await self._find(patron.card_number)

    async def _find(self, card: str) -> None:
        self._found = await patron_with(card)
        self.patron = self._found.shown if self._found else None

    def _forget(self) -> None:
        self.patron, self.scans, self.unknown_card = None, [], ""
        self._found = self._scanned_at = None


async def patron_with(card: str) -> Found | None:
    """Return whose card was scanned or typed."""
    policy = libraries.current().card
    return await asyncio.to_thread(
        desk.find_patron,
        readings=readings_of_card(card, policy=policy.barcode),
        shown_digits=policy.shown_digits,
        today=clock.now().date(),
    )


def _loan_scan(number: int, now: dt.datetime, scanned: ScannedItem, lent: Lent) -> LoanScan:
    refused = lent.refused
    return LoanScan(
        number=number,
        at=now.isoformat(),
        barcode=scanned["barcode"],
        title=_title(lent),
        refused=refused.why if refused else "",
        limit=refused.limit if refused else None,
        since=refused.on if refused else None,
        due_on=lent.due_on,
    )


def _first_known(
    code: str, act: Callable[[str], Answer], is_unknown: Callable[[Answer], bool]
) -> Answer:
    """Return what becomes of the first meaning of a code that is the barcode of an item."""
    first, *others = readings_of_item(code) or ("",)
    answer = act(first)
    for reading in others:
        if not is_unknown(answer):
            break
        answer = act(reading)
    return answer


def _title(found: CheckedIn | Lent) -> str:
    if found.record is None:
        return ""
    return " ".join(filter(None, (found.record.title, found.record.volume)))


class _Numbered(Protocol):
    @property
    def number(self) -> int: ...


def _next_number(scans: Sequence[_Numbered]) -> int:
    return scans[0].number + 1 if scans else 1
