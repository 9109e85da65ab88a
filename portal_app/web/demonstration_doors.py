"""The doors of a demonstration: setting its clock forward, and putting everything back.

A real library has no such doors: whether a portal shows a demonstration is asked when it is
started, and whether its library is the demonstration's whenever one of them is used.
"""

import asyncio
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from reflex.app import App
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from portal_app import clock, libraries, routes
from portal_app.domain.showing import Step
from portal_app.services import demonstration, sessions
from portal_app.services import showing as shown
from portal_app.services.demonstration import NotPutBack
from portal_app.state import showing
from portal_app.web.addresses import page_of_ours
from portal_app.web.cookies import SessionCookie
from portal_app.web.doors import CLEAR_SITE_DATA
from portal_app.web.forms import fields_of
from portal_app.web.tabs import empty_these

# What is being done by the old clock is done in a moment; somebody waits for the answer.
TRIES, SECONDS_BETWEEN = 50, 0.1

CLOCK_IS_SET = f"{routes.DEMONSTRATION}?done=clock"
IS_PUT_BACK = f"{routes.DEMONSTRATION}?done=put_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemonstrationDoors:
    """The doors that whoever shows the portal uses."""

    app: App
    cookies: tuple[SessionCookie, ...]

    def routes(self) -> list[Route]:
        """Return what answers at the doors' addresses."""
        doors = {routes.DO_SET_CLOCK: self.set_clock, routes.DO_PUT_BACK: self.put_back}
        return [Route(address, door, methods=["POST"]) for address, door in doors.items()]

    async def set_clock(self, request: Request) -> Response:
        """Set the clock to the morning of a later day. It follows at once, and so do the jobs."""
        if not await _is_shown():
            return _nothing_here()
        fields = await fields_of(request)
        step = _step_of(fields)
        if step is None:
            return _see(routes.DEMONSTRATION)
        refusal = await asyncio.to_thread(
            shown.set_forward, step=step, date=_date_of(fields), real_now=clock.real_now()
        )
        showing.look_again()
        if refusal is not None:
            return _see(_with_problem(refusal))
        return _see(page_of_ours(fields.get("next", "")) or CLOCK_IS_SET)

    async def put_back(self, request: Request) -> Response:
        """Make everything as it was in the beginning, and lead every tab that is signed in away."""
        del request
        if not await _is_shown():
            return _nothing_here()
        tabs = await asyncio.to_thread(sessions.all_tabs)
        problem = await _put_back()
        showing.look_again()
        if problem is not None:
            return _see(_with_problem(problem))
        response = _see(IS_PUT_BACK)
        for cookie in self.cookies:
            cookie.take_away(response)
        response.headers["clear-site-data"] = CLEAR_SITE_DATA
        # When the answer is on its way: one of them is the page that waits for it.
        response.background = BackgroundTask(empty_these, self.app, tokens=tabs, then=IS_PUT_BACK)
        return response


async def _is_shown() -> bool:
    return await asyncio.to_thread(shown.look) is not None


async def _put_back() -> NotPutBack | None:
    problem: NotPutBack | None = NotPutBack.AT_WORK
    for _ in range(TRIES):
        problem = await asyncio.to_thread(
            demonstration.put_back, library=libraries.current(), now=clock.real_now()
        )
        if problem is not NotPutBack.AT_WORK:
            break
        await asyncio.sleep(SECONDS_BETWEEN)  # a job says nowhere but in the database that it ends
    return problem


def _step_of(fields: Mapping[str, str]) -> Step | None:
    step = fields.get("step", "")
    return Step(step) if step in tuple(Step) else None


def _date_of(fields: Mapping[str, str]) -> dt.date | None:
    try:
        return dt.date.fromisoformat(fields.get("date", ""))
    except ValueError:
        return None


def _with_problem(problem: str) -> str:
    return f"{routes.DEMONSTRATION}?{urlencode({'problem': problem})}"


def _nothing_here() -> Response:
    return Response(status_code=HTTPStatus.NOT_FOUND)


def _see(address: str) -> Response:
    response = RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)
    response.headers["cache-control"] = "no-store"
    return response
