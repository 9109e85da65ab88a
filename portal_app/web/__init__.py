"""Everything that speaks HTTP itself: the shield, the guard, and the doors to sign in and out."""

from functools import partial

import structlog
from reflex.app import App
from starlette.types import ASGIApp

from portal_app.settings import Settings
from portal_app.state.failures import explain_failure, note_browser_failure
from portal_app.web.content_policy import built_pages
from portal_app.web.cookies import SessionCookie
from portal_app.web.doors import Doors
from portal_app.web.guard import Guard, harden
from portal_app.web.shield import Shield
from portal_app.web.sweeper import sweep_for_ever

logger = structlog.get_logger(__name__)


def protect(app: App) -> None:
    """Put the guard before every event of the portal, and the shield before every request."""
    app.add_middleware(Guard(), 0)
    harden(app)
    app.backend_exception_handler = explain_failure
    app.frontend_exception_handler = note_browser_failure
    app.register_lifespan_task(sweep_for_ever, app=app)
    app.api_transformer = [partial(_with_doors, app), _shielded]


def _with_doors(app: App, inner: ASGIApp) -> ASGIApp:
    settings = Settings.read()
    doors = Doors(
        app=app,
        cookie=SessionCookie.at(settings.origin),
        key=settings.secret_key(),
        trusted_proxy_hops=settings.trusted_proxy_hops,
        terminals=settings.terminals,
    ).routes()
    doors.mount("", inner)
    return doors


def _shielded(inner: ASGIApp) -> ASGIApp:
    settings = Settings.read()
    if not SessionCookie.at(settings.origin).is_secure:
        logger.warning(
            "The portal is served over plain HTTP: whoever is on the same network can read"
            " passwords and loans. Put it behind HTTPS, and set PORTAL_ORIGIN to its address.",
            origin=settings.origin,
        )
    return Shield(
        app=inner,
        origin=settings.origin,
        key=settings.secret_key(),
        pages=built_pages(),
        trusted_proxy_hops=settings.trusted_proxy_hops,
        terminals=settings.terminals,
    )
