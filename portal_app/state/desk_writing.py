"""What a desk writes to many patrons, and for everybody on the first page, as this tab shows it."""

import asyncio
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import reflex as rx
from pydantic import StringConstraints
from typing_extensions import TypedDict

from portal_app import clock
from portal_app.domain.messages import Group, Letter, Notice, Problem, problem_with_notice
from portal_app.services import group_messages, news
from portal_app.services.group_messages import Written
from portal_app.services.news import Published
from portal_app.state.access import staff_event
from portal_app.state.desk_patron import Body, Subject
from portal_app.state.desk_session import desk_of
from portal_app.state.recency import is_recent

SENT, WITHDRAWN = "sent", "withdrawn"
IMPORTANT, PLAIN = "important", "plain"
SHOWN_FOR = dt.timedelta(days=30)  # unless the desk says otherwise

Short = Annotated[str, StringConstraints(max_length=20)]


class WrittenToMany(TypedDict):
    """The form with a message to many."""

    subject: Subject
    body: Body
    branch_code: Short
    age_from: Short
    age_to: Short
    shown_until: Short


class WrittenNews(TypedDict):
    """The form with news."""

    subject: Subject
    body: Body
    weight: Short
    shown_from: Short
    shown_until: Short


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftToMany:
    """A message to many as it stands in the form."""

    subject: str = ""
    body: str = ""
    branch_code: str = ""
    age_from: str = ""
    age_to: str = ""
    shown_until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftNews:
    """News as it stands in the form."""

    subject: str = ""
    body: str = ""
    weight: str = PLAIN
    shown_from: str = ""
    shown_until: str = ""


class DeskMessagesState(rx.State):
    """A message to many on its way from the form to the patrons, and those that are shown."""

    is_loaded: bool = False
    draft: DraftToMany = DraftToMany()
    is_checked: bool = False
    patrons: int = 0
    problem: str = ""
    done: str = ""
    # How often a form was begun: each begins with what its draft says.
    forms: int = 0
    written: list[Written] = []

    _done_at: dt.datetime | None = None

    @staff_event
    async def open(self) -> None:
        """Show the form, and what is shown to patrons now.

        What was begun in this tab goes on, also after a line that broke.
        """
        await desk_of(self)
        if not self.forms:
            self._begin()
        if not is_recent(self._done_at):
            self._tell("")
        await self._look()

    @staff_event
    async def check(self, message: WrittenToMany) -> None:
        """Show a message as its patrons will read it, and how many they are."""
        await desk_of(self)
        self._tell("")
        self.draft = DraftToMany(**_trimmed(message))
        group, until = _group_of(self.draft), _day(self.draft.shown_until)
        if group is None or until is None:
            self.problem = Problem.NO_SUCH_AGE if group is None else Problem.DAYS_REVERSED
            return
        found = await asyncio.to_thread(
            group_messages.preview,
            letter=_letter_of(self.draft),
            group=group,
            shown_until=until,
            today=clock.now().date(),
        )
        self.problem, self.patrons = found.problem or "", found.patrons
        self.is_checked = found.problem is None

    @staff_event
    async def write_again(self) -> None:
        """Go back to the form with what was written."""
        await desk_of(self)
        self.is_checked = False
        self.forms += 1

    @staff_event
    async def send(self) -> None:
        """Send what was looked at, once."""
        await desk_of(self)
        group, until = _group_of(self.draft), _day(self.draft.shown_until)
        if not self.is_checked or group is None or until is None:
            return
        problem = await asyncio.to_thread(
            group_messages.send,
            letter=_letter_of(self.draft),
            group=group,
            shown_until=until,
            now=clock.now(),
        )
        self.problem = problem or ""
        self._tell("" if problem else SENT)
        if problem is None:
            self._begin()
        self.is_checked = False
        await self._look()

    @staff_event
    async def withdraw(self, message_id: int) -> None:
        """Take a message back from everybody."""
        await desk_of(self)
        withdrawn = await asyncio.to_thread(group_messages.withdraw, message_id=message_id)
        self._tell(WITHDRAWN if withdrawn else "")
        await self._look()

    def _tell(self, done: str) -> None:
        self.done, self._done_at = done, clock.now()

    def _begin(self) -> None:
        until = clock.now().date() + SHOWN_FOR
        self.draft = DraftToMany(shown_until=until.isoformat())
        self.forms += 1

    async def _look(self) -> None:
        today = clock.now().date()
        self.written = list(await asyncio.to_thread(group_messages.written, today=today))
        self.is_loaded = True


class DeskNewsState(rx.State):
    """News on its way from the form to the first page, and what stands there or will."""

    is_loaded: bool = False
    draft: DraftNews = DraftNews()
    is_checked: bool = False
    problem: str = ""
    done: str = ""
    forms: int = 0
    written: list[Published] = []

    _done_at: dt.datetime | None = None

    @staff_event
    async def open(self) -> None:
        """Show the form, and what stands on the first page.

        What was begun in this tab goes on, also after a line that broke.
        """
        await desk_of(self)
        if not self.forms:
            self._begin()
        if not is_recent(self._done_at):
            self._tell("")
        await self._look()

    @staff_event
    async def check(self, message: WrittenNews) -> None:
        """Show news as everybody will read it."""
        await desk_of(self)
        self._tell("")
        self.draft = DraftNews(**_trimmed(message))
        notice = _notice_of(self.draft)
        problem = (
            Problem.DAYS_REVERSED
            if notice is None
            else problem_with_notice(notice, today=clock.now().date())
        )
        self.problem, self.is_checked = problem or "", problem is None

    @staff_event
    async def write_again(self) -> None:
        """Go back to the form with what was written."""
        await desk_of(self)
        self.is_checked = False
        self.forms += 1

    @staff_event
    async def publish(self) -> None:
        """Publish what was looked at, once."""
        await desk_of(self)
        notice = _notice_of(self.draft)
        if not self.is_checked or notice is None:
            return
        problem = await asyncio.to_thread(news.publish, notice=notice, now=clock.now())
        self.problem = problem or ""
        self._tell("" if problem else SENT)
        if problem is None:
            self._begin()
        self.is_checked = False
        await self._look()

    @staff_event
    async def withdraw(self, news_id: int) -> None:
        """Take news off the first page."""
        await desk_of(self)
        withdrawn = await asyncio.to_thread(news.withdraw, news_id=news_id)
        self._tell(WITHDRAWN if withdrawn else "")
        await self._look()

    def _tell(self, done: str) -> None:
        self.done, self._done_at = done, clock.now()

    def _begin(self) -> None:
        self.draft = DraftNews(shown_from=clock.now().date().isoformat())
        self.forms += 1

    async def _look(self) -> None:
        today = clock.now().date()
        self.written = list(await asyncio.to_thread(news.written, today=today))
        self.is_loaded = True


def _trimmed(fields: Mapping[str, object]) -> dict[str, str]:
    return {name: str(text).strip() for name, text in fields.items()}


def _letter_of(draft: DraftToMany | DraftNews) -> Letter:
    return Letter(subject=draft.subject, body=draft.body)


def _group_of(draft: DraftToMany) -> Group | None:
    """Return who is meant, or None where an age is no number."""
    ages = [text for text in (draft.age_from, draft.age_to) if text]
    if not all(text.isdecimal() for text in ages):
        return None
    return Group(
        branch_code=draft.branch_code,
        age_from=int(draft.age_from) if draft.age_from else None,
        age_to=int(draft.age_to) if draft.age_to else None,
    )


def _notice_of(draft: DraftNews) -> Notice | None:
    """Return what is to be published, or None where it does not say from when."""
    shown_from, shown_until = _day(draft.shown_from), _day(draft.shown_until)
    if shown_from is None or (draft.shown_until and shown_until is None):
        return None
    return Notice(
        letter=_letter_of(draft),
        is_important=draft.weight == IMPORTANT,
        shown_from=shown_from,
        shown_until=shown_until,
    )


def _day(written: str) -> dt.date | None:
    """Return the day that a date field has, if it has one."""
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None
