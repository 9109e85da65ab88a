"""Emptying the tabs of a session that has ended, whatever they show."""

import asyncio
from collections.abc import Sequence

import reflex as rx
from reflex.app import App, EventNamespace
from reflex.istate.manager.token import BaseStateToken
from reflex.state import BaseState, State, StateUpdate
from reflex.utils.token_manager import RedisTokenManager
from reflex_base.event import Event

from portal_app.services import sessions
from portal_app.web.addresses import ENDED, coming_back
from portal_app.web.guard import empty


async def empty_tabs(app: App, *, id_hashes: Sequence[str], then: str) -> None:
    """Empty every tab of these sessions, on any machine, and lead it to ``then``."""
    if id_hashes:
        tokens = await asyncio.to_thread(sessions.tabs_of, id_hashes=id_hashes)
        await empty_these(app, tokens=tokens, then=then)


async def empty_these(app: App, *, tokens: Sequence[str], then: str) -> None:
    """Empty tabs, and lead them to ``then``."""
    if app.event_namespace is None:
        return
    emptied: list[str] = []
    for token in tokens:
        if _is_closed(app.event_namespace, token):
            continue
        async with app.modify_state(BaseStateToken(ident=token, cls=State)) as root:
            # Whoever did not leave by themselves comes back to where they were.
            here = _address_of(root) if then == ENDED else ""
            await empty(root)
        leave = Event.from_event_type([rx.redirect(coming_back(then, to=here))])
        await app.event_namespace.emit_update(StateUpdate(events=leave), token)
        emptied.append(token)
    # Whoever has gone on from there is not led away a second time.
    await asyncio.to_thread(sessions.forget_tabs, tokens=emptied)


def _address_of(root: BaseState) -> str:
    """Return which page of the portal a tab shows."""
    url = root.router.url
    return f"{url.path}?{url.query}" if url.query else url.path


def _is_closed(namespace: EventNamespace, token: str) -> bool:
    """Return whether nobody looks at a tab any more.

    What it showed can be reached by nobody either, since its key is bound to
    the session. With Redis another machine may know better.
    """
    return (
        not isinstance(namespace._token_manager, RedisTokenManager)  # noqa: SLF001  as Reflex asks
        and token not in namespace.token_to_sid
    )
