"""The page where everybody comes in, as this tab shows it: the same for everybody."""

import asyncio
import datetime as dt
from dataclasses import dataclass

import reflex as rx

from portal_app import clock, libraries
from portal_app.domain.opening_days import opening_on
from portal_app.domain.policies import Branch, Library
from portal_app.services import news
from portal_app.services.news import Published
from portal_app.state.access import public_event
from portal_app.state.offline import kept_by_address
from portal_app.state.search import address_of

# A page that stays open, or is read without a connection, knows the days that follow.
DAYS_KNOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchToday:
    """A branch on a day: open from when to when, or why it is closed."""

    branch_code: str
    opens: str = ""
    closes: str = ""
    closed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningDay:
    """All branches on a day."""

    day: str
    branches: list[BranchToday]


@kept_by_address("as_of", "news", "days")
class HomeState(rx.State):
    """What the library tells everybody, and when it is open (G-03)."""

    is_loaded: bool = False
    shown_at: str = ""
    as_of: str = ""
    news: list[Published] = []
    days: list[OpeningDay] = []

    @public_event
    async def open(self) -> None:
        """Show the news and the opening hours as they are now."""
        now = clock.now()
        self.news = list(await asyncio.to_thread(news.look, today=now.date()))
        self.days = _days_from(now.date(), libraries.current())
        self.is_loaded, self.shown_at = True, address_of(self)
        self.as_of = now.isoformat()


def _days_from(today: dt.date, library: Library) -> list[OpeningDay]:
    days = [today + dt.timedelta(days=number) for number in range(DAYS_KNOWN)]
    return [
        OpeningDay(
            day=day.isoformat(),
            branches=[
                told
                for branch in library.branches
                if (told := _on(day, branch, library)) is not None
            ],
        )
        for day in days
    ]


def _on(day: dt.date, branch: Branch, library: Library) -> BranchToday | None:
    opening = opening_on(day, branch, library.opening_days)
    if opening is None:
        return None
    return BranchToday(
        branch_code=branch.code,
        opens=_written(opening.opens_at),
        closes=_written(opening.closes_at),
        closed=opening.closed or "",
    )


def _written(time: dt.time | None) -> str:
    return time.strftime("%H:%M") if time else ""
