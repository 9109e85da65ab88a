"""Everything that speaks HTTP itself: the shield, the guard, and the doors."""

from functools import partial

import structlog
from reflex.app import App
from starlette.types import ASGIApp

from portal_app import libraries
from portal_app.settings import Settings
from portal_app.state.failures import explain_failure, note_browser_failure
from portal_app.web.calendar_door import CalendarDoor
from portal_app.web.content_policy import built_pages
from portal_app.web.cookies import SessionCookie
from portal_app.web.demonstration_doors import DemonstrationDoors
from portal_app.web.doors import Doors
from portal_app.web.guard import Guard, harden
from portal_app.web.history_doors import HistoryDoors
from portal_app.web.import_doors import ImportDoors
from portal_app.web.new_arrivals_door import NewArrivalsDoor
from portal_app.web.password_doors import PasswordDoors
from portal_app.web.shelf_door import ShelfDoor
from portal_app.web.shield import Shield
from portal_app.web.staff_doors import StaffDoors
from portal_app.web.stop_door import StopDoor
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
    cookie = SessionCookie.at(settings.origin)
    front_door = Doors(
        app=app,
        cookie=cookie,
        key=settings.secret_key(),
        trusted_proxy_hops=settings.trusted_proxy_hops,
        terminals=settings.terminals,
    )
    doors = front_door.routes()
    if libraries.current().history.is_offered:
        doors.routes.extend(HistoryDoors(doors=front_door).routes())
    if libraries.current().sign_in.issues_by_mail:
        doors.routes.extend(PasswordDoors(doors=front_door, origin=settings.origin).routes())
    doors.routes.append(ShelfDoor(cookie=cookie).route())
    doors.routes.append(CalendarDoor(origin=settings.origin, key=settings.secret_key()).route())
    doors.routes.append(NewArrivalsDoor(origin=settings.origin).route())
    doors.routes.extend(ImportDoors(cookie=cookie).routes())
    doors.routes.extend(StopDoor(key=settings.secret_key()).routes())
    doors.routes.extend(
        StaffDoors(
            app=app,
            cookie=SessionCookie.of_desk(settings.origin),
            key=settings.secret_key(),
            trusted_proxy_hops=settings.trusted_proxy_hops,
        ).routes()
    )
    if settings.demonstration:
        cookies = (cookie, SessionCookie.of_desk(settings.origin))
        doors.routes.extend(DemonstrationDoors(app=app, cookies=cookies).routes())
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
