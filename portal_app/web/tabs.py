"""Emptying the tabs of a session that has ended, whatever they show."""

import asyncio
from collections.abc import Sequence

import reflex as rx
from reflex.app import App
from reflex.istate.manager.token import BaseStateToken
from reflex.state import State, StateUpdate
from reflex_base.event import Event

from portal_app.services import sessions
from portal_app.state.session import SessionState
from portal_app.web.guard import empty


async def empty_tabs(app: App, *, id_hashes: Sequence[str], then: str) -> None:
    """Empty every tab of these sessions, on any machine, and lead it to ``then``."""
    if not id_hashes or app.event_namespace is None:
        return
    leave = StateUpdate(events=Event.from_event_type([rx.redirect(then)]))
    for token in await asyncio.to_thread(sessions.tabs_of, id_hashes=id_hashes):
        async with app.modify_state(BaseStateToken(ident=token, cls=State)) as root:
            empty(root)
            session = await root.get_state(SessionState)
            session._show_nobody()  # noqa: SLF001  ours
        await app.event_namespace.emit_update(leave, token)
