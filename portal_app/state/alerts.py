"""A patron's alerts, as this tab shows them. Nothing of them is kept on a device."""

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Annotated

import reflex as rx
from pydantic import StringConstraints
from reflex.event import EventSpec
from typing_extensions import TypedDict

from portal_app import clock, libraries, routes
from portal_app.domain import alert_drafts as rules
from portal_app.domain.alert_drafts import (
    LINES,
    LONGEST_MEMO,
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_WRITTEN,
    Begun,
    Draft,
    Flaw,
)
from portal_app.domain.alert_matching import Condition
from portal_app.domain.alerts import Connector, Field, Match
from portal_app.domain.search import parse
from portal_app.services import alert_preview
from portal_app.services import alerts as service
from portal_app.services.alert_preview import Preview
from portal_app.services.alerts import AlertRow, Reach
from portal_app.state.access import patron_event
from portal_app.state.recency import is_recent
from portal_app.state.record import LARGEST_ID, number_in
from portal_app.state.search import address_of, asked_for
from portal_app.state.session import signed_in_patron

__all__ = [
    "LINES",
    "LONGEST_MEMO",
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "AlertFormState",
    "AlertsState",
    "Connector",
    "Field",
    "Match",
    "WrittenAlert",
]

# A little more than is kept, so that the patron hears why and not nothing.
Line = Annotated[str, StringConstraints(max_length=2 * LONGEST_WRITTEN)]
Memo = Annotated[str, StringConstraints(max_length=2 * LONGEST_MEMO)]
Number = Annotated[str, StringConstraints(max_length=10)]


class WrittenAlert(TypedDict):
    """The form: of each line where it looks, for what, how, and how it joins the one before."""

    name: Line
    memo: Memo
    f1: Field
    t1: Line
    m1: Match
    c2: Connector
    f2: Field
    t2: Line
    m2: Match
    c3: Connector
    f3: Field
    t3: Line
    m3: Match
    c4: Connector
    f4: Field
    t4: Line
    m4: Match
    titles: Number


class AlertsState(rx.State):
    """All alerts of the patron, and what was just done to one of them."""

    is_loaded: bool = False
    alerts: list[AlertRow] = []
    reach: str = Reach.REACHED.value
    done: str = ""
    done_to: str = ""

    _done_at: dt.datetime | None = None

    @patron_event
    async def open(self) -> None:
        """Show what there is now (K-61)."""
        await self._look()
        if not is_recent(self._done_at):
            self._tell("", "")

    @patron_event
    async def pause(self, alert_id: int) -> None:
        """Send nothing about an alert until it is resumed (K-64)."""
        await self._act("paused", service.pause, alert_id)

    @patron_event
    async def resume(self, alert_id: int) -> None:
        """Send mail about an alert again (K-64)."""
        await self._act("resumed", service.resume, alert_id)

    @patron_event
    async def remove(self, alert_id: int) -> None:
        """Delete an alert (K-66)."""
        await self._act("deleted", service.remove, alert_id)

    async def _act(self, done: str, act: Callable[..., str], alert_id: int) -> None:
        patron_id = await signed_in_patron(self)
        name = await asyncio.to_thread(act, patron_id=patron_id, alert_id=alert_id)
        self._tell(done if name else "", name)
        await self._look()

    def _tell(self, done: str, name: str) -> None:
        """Say what was done to the alert of a name."""
        self.done, self.done_to, self._done_at = done, name, clock.now()

    async def _look(self) -> None:
        patron_id = await signed_in_patron(self)
        found = await asyncio.to_thread(
            service.look, patron_id=patron_id, mail=libraries.current().mail
        )
        self.alerts, self.reach = list(found.alerts), found.reach.value
        self.is_loaded = True


class AlertFormState(rx.State):
    """An alert while its patron writes it: the form, what is wrong with it, and the check."""

    is_loaded: bool = False
    is_new: bool = True
    is_gone: bool = False
    is_full: bool = False
    begun_from: str = ""
    differs: bool = False
    reach: str = Reach.REACHED.value
    name: str = ""
    memo: str = ""
    lines: list[Condition] = list(rules.all_lines(()))
    titles_max: int = 0
    flaws: list[Flaw] = []
    found: Preview | None = None
    # Whether it is checked and only waits for the last yes, and at which address it was written.
    is_checked: bool = False
    address: str = ""
    # How often the form was drawn anew, and how often it was tried.
    drawn: int = 0
    tries: int = 0

    _alert_id: int = 0

    @patron_event
    async def open(self) -> None:
        """Begin with an alert, with a search, with a record, or with nothing (K-62, K-65, K-67).

        What was begun at this address goes on, also after a line that broke.
        """
        await signed_in_patron(self)
        address = address_of(self)
        if address == self.address and not self.is_full:
            self.is_checked = False
            return
        self.address = address
        await self._begin()

    @patron_event
    async def begin_again(self) -> None:
        """Forget what was typed (リセット)."""
        await signed_in_patron(self)
        await self._begin()

    @patron_event
    async def check(self, written: WrittenAlert) -> EventSpec | None:
        """Show everything once more before it counts (K-63), or what is wrong with it."""
        await signed_in_patron(self)
        draft = self._take(written)
        self.flaws = list(rules.flaws_of(draft, policy=libraries.current().alerts))
        self.is_checked, self.found = not self.flaws, None
        if self.is_checked:
            self.lines = list(rules.all_lines(draft.conditions))
        return rx.redirect(routes.CONFIRM_ALERT) if self.is_checked else None

    @patron_event
    async def preview(self, written: WrittenAlert) -> None:
        """Show what it would have found among the last arrivals (検索例確認)."""
        await signed_in_patron(self)
        draft, library = self._take(written), libraries.current()
        self.flaws = list(rules.flaws_of_conditions(draft, policy=library.alerts))
        self.found = None
        if not self.flaws:
            self.found = await asyncio.to_thread(
                alert_preview.preview,
                conditions=draft.conditions,
                titles_max=draft.titles_max,
                policy=library.new_arrivals,
                today=clock.now().date(),
            )

    @patron_event
    async def open_check(self) -> None:
        """Show what is about to be registered."""
        await signed_in_patron(self)
        self.is_loaded = True

    @patron_event
    async def register(self) -> EventSpec | None:
        """Keep what was checked, once. With nothing left to check the page leads to the list."""
        patron_id = await signed_in_patron(self)
        if not self.is_checked:
            return None
        self.flaws = list(await asyncio.to_thread(self._keep, patron_id))
        if self.flaws:
            self.tries += 1
            return rx.redirect(self.address)
        self.is_checked, self.address = False, ""
        listed = await self.get_state(AlertsState)
        listed._tell("registered" if self.is_new else "changed", self.name)  # noqa: SLF001  ours
        return None

    async def _begin(self) -> None:
        patron_id, library = await signed_in_patron(self), libraries.current()
        path = self.router.url.path.rstrip("/")
        self._alert_id = number_in(path.rpartition("/")[2], LARGEST_ID)
        self.is_new, self.begun_from = path == routes.NEW_ALERT, ""
        found = await asyncio.to_thread(service.reach, patron_id=patron_id, mail=library.mail)
        self.reach = found.value
        begun = await self._begun(patron_id)
        self.is_gone = begun is None
        self.is_full = self.is_new and await asyncio.to_thread(
            service.is_full, patron_id=patron_id, policy=library.alerts
        )
        if begun is not None:
            self._show(begun.draft)
            self.differs = begun.differs
        self.flaws, self.found, self.is_checked = [], None, False
        self.drawn += 1
        self.is_loaded = True

    async def _begun(self, patron_id: int) -> Begun | None:
        policy = libraries.current().alerts
        if not self.is_new:
            found = await asyncio.to_thread(
                service.show, patron_id=patron_id, alert_id=self._alert_id
            )
            return None if found is None else Begun(draft=_draft_of(found))
        asked = asked_for(self)
        if record_id := number_in(asked.get("record", ""), LARGEST_ID):
            begun = await asyncio.to_thread(
                service.begin_from_record, record_id=record_id, policy=policy
            )
            self.begun_from = "record" if begun else ""
            return begun or rules.begun_empty(policy=policy)
        query = parse(asked)
        if query.words or query.conditions:
            self.begun_from = "search"
            return rules.begun_from_search(query, policy=policy)
        return rules.begun_empty(policy=policy)

    def _take(self, written: WrittenAlert) -> Draft:
        draft = rules.tidied(_draft_in(written))
        self._show(draft)
        self.tries += 1
        return draft

    def _show(self, draft: Draft) -> None:
        self.name, self.memo, self.titles_max = draft.name, draft.memo, draft.titles_max
        self.lines = list(rules.all_lines(draft.lines))

    def _keep(self, patron_id: int) -> tuple[Flaw, ...]:
        policy, draft = libraries.current().alerts, self._draft()
        if self.is_new:
            return service.register(
                patron_id=patron_id, draft=draft, policy=policy, now=clock.now()
            )
        return service.change(
            patron_id=patron_id, alert_id=self._alert_id, draft=draft, policy=policy
        )

    def _draft(self) -> Draft:
        return Draft(
            name=self.name, memo=self.memo, lines=tuple(self.lines), titles_max=self.titles_max
        )


def _draft_of(alert: AlertRow) -> Draft:
    return Draft(
        name=alert.name, memo=alert.memo, lines=alert.conditions, titles_max=alert.titles_max
    )


def _draft_in(written: WrittenAlert) -> Draft:
    lines = (
        Condition(field=written["f1"], match=written["m1"], text=written["t1"]),
        Condition(
            field=written["f2"],
            match=written["m2"],
            text=written["t2"],
            connector=written["c2"],
        ),
        Condition(
            field=written["f3"],
            match=written["m3"],
            text=written["t3"],
            connector=written["c3"],
        ),
        Condition(
            field=written["f4"],
            match=written["m4"],
            text=written["t4"],
            connector=written["c4"],
        ),
    )
    return Draft(
        name=written["name"],
        memo=written["memo"],
        lines=lines,
        titles_max=number_in(written["titles"], LARGEST_ID),
    )
