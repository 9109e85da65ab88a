"""Who is signed in, for the doors: by the cookie that came with a request."""

import asyncio

from starlette.requests import Request

from portal_app import clock, libraries
from portal_app.services import sessions
from portal_app.services.sessions import SignedIn
from portal_app.web.cookies import SessionCookie
from portal_app.web.identity import id_hash_of


def id_hash_in(request: Request, cookie: SessionCookie) -> str:
    """Return what the database knows a browser's session by, or an empty text for none."""
    return id_hash_of(cookie.secret_in("; ".join(request.headers.getlist("cookie"))))


async def patron_of(request: Request, cookie: SessionCookie) -> SignedIn | None:
    """Return who is signed in with this browser, whatever their password is."""
    library = libraries.current()
    return await asyncio.to_thread(
        sessions.find,
        id_hash=id_hash_in(request, cookie),
        shown_digits=library.card.shown_digits,
        policy=library.session,
        now=clock.now(),
    )
