"""Who is at a desk: by the session that came with an event, or by the cookie of a request."""

import asyncio
from dataclasses import replace

from reflex_base.event.context import EventContext
from starlette.requests import Request

from portal_app import clock
from portal_app.domain.sessions import is_worth_noting
from portal_app.domain.staff import DESK_SESSION
from portal_app.services import staff
from portal_app.services.staff import AtDesk
from portal_app.state.access import Access
from portal_app.web.cookies import SessionCookie
from portal_app.web.signed_in import id_hash_in


async def recognise(id_hash: str, access: Access, *, known_as: str) -> AtDesk | None:
    """Return who works at the desk that has sent an event, and note that they are there.

    ``known_as`` is the session that the tab shows already.
    """
    if not id_hash:
        return None
    now = clock.now()
    found = await asyncio.to_thread(staff.find, id_hash=id_hash, now=now)
    if found is None:
        return None
    if access.is_activity and is_worth_noting(seen_at=found.seen_at, now=now, policy=DESK_SESSION):
        lasts = await asyncio.to_thread(staff.note_activity, id_hash=id_hash, now=now)
        if not lasts:
            return None
        found = replace(found, seen_at=now)
    if known_as != id_hash:
        token = EventContext.get().token
        lasts = await asyncio.to_thread(staff.remember_tab, id_hash=id_hash, token=token)
        if not lasts:
            return None
    return found


async def at_desk(request: Request, cookie: SessionCookie) -> AtDesk | None:
    """Return who is signed in at a desk with this browser."""
    return await asyncio.to_thread(staff.find, id_hash=id_hash_in(request, cookie), now=clock.now())
