"""Who may send an event: asked before every handler, and closed unless a mark opens it.

Reflex runs any public method of any state for any browser, with any arguments.
"""

import asyncio
from dataclasses import replace
from functools import cached_property
from typing import Annotated, Any

import reflex as rx
from pydantic import Field
from reflex.app import App
from reflex.event import EventSpec
from reflex.middleware.middleware import Middleware
from reflex.state import (
    BaseState,
    OnLoadInternalState,
    State,
    StateUpdate,
    UpdateVarsInternalState,
)
from reflex_base.event import Event
from reflex_base.event.context import EventContext
from reflex_base.registry import RegistrationContext

from portal_app import clock, libraries, routes
from portal_app.domain.sessions import is_worth_noting, lasting
from portal_app.domain.staff import DESK_SESSION
from portal_app.services import sessions
from portal_app.services.sessions import SignedIn
from portal_app.services.staff import AtDesk
from portal_app.settings import Settings
from portal_app.state import showing
from portal_app.state.access import (
    Access,
    Audience,
    UnwelcomeArguments,
    access_for,
    access_of,
)
from portal_app.state.desk_session import DeskSessionState
from portal_app.state.session import SessionState
from portal_app.web.addresses import DESK_ENDED, DESK_NEEDED, ENDED, NEEDED, coming_back
from portal_app.web.desk_visitors import recognise
from portal_app.web.identity import Visitor, draft_key_of, owner_of, visitor_of_event

NOTHING = StateUpdate()

HYDRATIONS = frozenset(
    {f"{State.get_full_name()}.hydrate", f"{State.get_full_name()}.hydrate_and_load"}
)

# The only handlers without a mark that may run, reviewed one by one; a test pins
# them to the installed Reflex. No state of ours is kept in the browser, so no
# browser has vars to send.
NO_VARS = Annotated[dict[str, Any], Field(max_length=0)]
FRAMEWORK: dict[str, Access] = {
    f"{State.get_full_name()}.hydrate": access_for(Audience.ANYONE),
    f"{State.get_full_name()}.hydrate_and_load": access_for(
        Audience.ANYONE, vars=NO_VARS | None, hashes=list[str] | None
    ),
    f"{State.get_full_name()}.set_is_hydrated": access_for(Audience.ANYONE, value=bool),
    f"{OnLoadInternalState.get_full_name()}.on_load_internal": access_for(Audience.ANYONE),
    f"{OnLoadInternalState.get_full_name()}.set_is_hydrated": access_for(
        Audience.ANYONE, value=bool
    ),
    f"{UpdateVarsInternalState.get_full_name()}.update_vars_internal": access_for(
        Audience.ANYONE, vars=NO_VARS
    ),
}


class Guard(Middleware):
    """Asks of every event who sends it, and lets it through, or not."""

    @cached_property
    def _key(self) -> bytes:
        # Not as the portal is imported, since the first one who asks has it made.
        return Settings.read().secret_key()

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        """Return None to let an event through, or what the browser is told instead."""
        del app
        access = access_to(event.name)
        if access is None:
            return NOTHING
        if access.audience is not Audience.SERVER:
            refusal = await self._refusal(state, event, access)
            if refusal is not None:
                return refusal
        try:
            event.payload.update(access.admit(event.payload))
        except UnwelcomeArguments:
            return NOTHING
        return None

    async def _refusal(self, state: BaseState, event: Event, access: Access) -> StateUpdate | None:
        visitor = visitor_of_event()
        if access.audience is Audience.STAFF:
            return await self._refusal_at_desk(state, access, visitor)
        if event.name in HYDRATIONS and visitor.desk_hash:
            return await self._hydrate_desk(state, event, access, visitor)
        return await self._refusal_of_patron(state, event, access, visitor)

    async def _refusal_at_desk(
        self, state: BaseState, access: Access, visitor: Visitor
    ) -> StateUpdate | None:
        """Ask who works at the desk, and nothing about a patron."""
        session = await state.get_state(DeskSessionState)
        found = await recognise(visitor.desk_hash, access, known_as=session._id_hash)  # noqa: SLF001  ours
        if found is not None:
            self._seat(session, found)
            return None
        was_signed_in = session.is_signed_in
        if was_signed_in:
            await empty(state)
        return await _told(state, rx.redirect(DESK_ENDED if was_signed_in else DESK_NEEDED))

    async def _hydrate_desk(
        self, state: BaseState, event: Event, access: Access, visitor: Visitor
    ) -> StateUpdate | None:
        """Show who works at the desk, or empty all that an ended session has left behind."""
        session = await state.get_state(DeskSessionState)
        found = await recognise(visitor.desk_hash, access, known_as=session._id_hash)  # noqa: SLF001  ours
        if found is None:
            await empty(state)
        refusal = await self._refusal_of_patron(state, event, access, visitor)
        if found is not None:
            session._lasting = None  # noqa: SLF001  ours: what was said once is old by now
            self._seat(session, found)
        return refusal

    def _seat(self, session: DeskSessionState, found: AtDesk) -> None:
        """Show who works at the desk, and for how long unless they do something."""
        session._welcome(found)  # noqa: SLF001  ours
        session._go_on(  # noqa: SLF001  ours
            lasting(created_at=found.created_at, seen_at=found.seen_at, policy=DESK_SESSION),
            draft_key=draft_key_of(self._key, whose=f"staff|{found.staff_id}"),
            now=clock.now(),
        )

    async def _refusal_of_patron(
        self, state: BaseState, event: Event, access: Access, visitor: Visitor
    ) -> StateUpdate | None:
        session = await state.get_state(SessionState)
        session._sit_at(is_terminal=visitor.is_terminal)  # noqa: SLF001  ours
        patron = await _recognise(visitor.id_hash, access, session)
        if patron is not None:
            owner = owner_of(self._key, patron_id=patron.patron_id, edition=showing.edition())
            session._welcome(patron, owner=owner)  # noqa: SLF001  ours
            if event.name in HYDRATIONS:
                session._lasting = None  # noqa: SLF001  ours: what was said once is old by now
            policy = libraries.current().session
            session._go_on(  # noqa: SLF001  ours
                lasting(created_at=patron.created_at, seen_at=patron.seen_at, policy=policy),
                draft_key=draft_key_of(self._key, whose=f"patron|{patron.patron_id}"),
                now=clock.now(),
            )
        elif event.name in HYDRATIONS:
            # Only here is the whole tab loaded when Redis keeps it, and so only
            # here can all that an ended session has left behind be emptied.
            await empty(state)
            return None
        elif session.is_signed_in:
            await empty(state)
            return await _told(state, rx.redirect(_and_come_back(ENDED)))
        else:
            session._show_nobody()  # noqa: SLF001  ours
        return await _turned_away(state, access, patron)


def access_to(event_name: str) -> Access | None:
    """Return who may send an event, or None when nobody may."""
    if access := FRAMEWORK.get(event_name):
        return access
    registered = RegistrationContext.get().event_handlers.get(event_name)
    return access_of(registered.handler.fn) if registered else None


async def _recognise(id_hash: str, access: Access, session: SessionState) -> SignedIn | None:
    """Return who is signed in by this session, and note that they are there."""
    if not id_hash:
        return None
    library, now = libraries.current(), clock.now()
    patron = await asyncio.to_thread(
        sessions.find,
        id_hash=id_hash,
        shown_digits=library.card.shown_digits,
        policy=library.session,
        now=now,
    )
    if patron is None:
        return None
    if access.is_activity and is_worth_noting(
        seen_at=patron.seen_at, now=now, policy=library.session
    ):
        lasts = await asyncio.to_thread(
            sessions.note_activity, id_hash=id_hash, policy=library.session, now=now
        )
        if not lasts:
            return None
        patron = replace(patron, seen_at=now)
    if session._id_hash != id_hash:  # noqa: SLF001  ours
        token = EventContext.get().token
        lasts = await asyncio.to_thread(sessions.remember_tab, id_hash=id_hash, token=token)
        if not lasts:
            return None
    return patron


async def _turned_away(
    state: BaseState, access: Access, patron: SignedIn | None
) -> StateUpdate | None:
    if access.audience is Audience.ANYONE:
        return None
    if patron is None:
        return await _told(state, rx.redirect(_and_come_back(NEEDED)))
    if patron.must_change_password and access.audience is Audience.PATRON:
        return await _told(state, rx.redirect(routes.PASSWORD))
    return None


def _and_come_back(address: str) -> str:
    return coming_back(address, to=str(EventContext.get().router_data.get("asPath", "")))


async def empty(state: BaseState) -> None:
    """Empty a tab of everything it shows, except that it is on, and where, and nobody there."""
    root: Any = state._get_root_state()  # noqa: SLF001  Reflex has no public name for it
    session = await state.get_state(SessionState)
    is_hydrated, is_terminal = root.is_hydrated, session.is_terminal
    root.reset()
    root.is_hydrated = is_hydrated
    session._sit_at(is_terminal=is_terminal)  # noqa: SLF001  ours
    session._show_nobody()  # noqa: SLF001  ours


async def _told(state: BaseState, event: EventSpec) -> StateUpdate:
    root = state._get_root_state()  # noqa: SLF001  ditto
    delta = await root._get_resolved_delta()  # noqa: SLF001  ditto
    root._clean()  # noqa: SLF001  ditto
    return StateUpdate(delta=delta, events=Event.from_event_type([event]))


def harden(app: App) -> None:
    """Drop what no page sends before Reflex queues it.

    Otherwise an unknown name leaves a future behind for ever, and writes the
    whole event into the log: headers, and a password typed into a form.
    """
    namespace = app.event_namespace
    assert namespace is not None  # noqa: S101  an app with state has one
    pass_on = namespace.on_event

    async def on_event(sid: str, data: Any) -> None:  # noqa: ANN401  anything can arrive
        if sid in namespace.sid_to_token and (event := _plain(data)) is not None:
            await pass_on(sid, event)

    namespace.on_event = on_event


def _plain(sent: Any) -> dict[str, Any] | None:  # noqa: ANN401  anything can arrive
    """Return an event with nothing but what a page says, or None when none of ours is."""
    if not isinstance(sent, dict) or not isinstance(name := sent.get("name"), str):
        return None
    access = access_to(name)
    if access is None or access.audience is Audience.SERVER:
        return None
    payload, place = sent.get("payload", {}), sent.get("router_data") or {}
    if not isinstance(payload, dict) or not isinstance(place, dict):
        return None
    query = place.get("query", {})
    if not isinstance(query, dict) or not all(map(_is_text_or_texts, query.values())):
        return None
    paths = {part: place[part] for part in ("pathname", "asPath", "origin") if part in place}
    if not all(isinstance(path, str) for path in paths.values()):
        return None
    return {"name": name, "payload": payload, "router_data": {**paths, "query": query}}


def _is_text_or_texts(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(text, str) for text in value)
    return isinstance(value, str)
