"""The doors of the desk: signing in there, signing out, a new password.

Their cookie is another one than the patrons', so that neither opens what is the other's.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from reflex.app import App
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from portal_app import clock, libraries, routes
from portal_app.data.passwords import is_common
from portal_app.domain.passwords import Choice, normal_password, refusal_for
from portal_app.domain.sessions import desk_buckets_of
from portal_app.domain.staff import normal_login
from portal_app.services import sessions, staff
from portal_app.services.sessions import Guess
from portal_app.services.staff import AtDesk, Opening
from portal_app.web.addresses import DESK_NEEDED, DESK_SIGNED_OUT, visitor_address
from portal_app.web.cookies import SessionCookie, new_secret
from portal_app.web.desk_visitors import at_desk
from portal_app.web.doorkeepers import Verdict, hashed, judge, renewed
from portal_app.web.doors import CLEAR_SITE_DATA, NOT_THE_CURRENT_ONE
from portal_app.web.forms import fields_of
from portal_app.web.identity import id_hash_of
from portal_app.web.signed_in import id_hash_in
from portal_app.web.tabs import empty_tabs


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffDoors:
    """The doors of the desks of a portal."""

    app: App
    cookie: SessionCookie
    key: bytes
    trusted_proxy_hops: int

    def routes(self) -> list[Route]:
        """Return what answers at the doors' addresses."""
        doors = {
            routes.DO_DESK_SIGN_IN: self.sign_in,
            routes.DO_DESK_SIGN_OUT: self.sign_out,
            routes.DO_DESK_CHANGE_PASSWORD: self.change_password,
        }
        return [Route(address, door, methods=["POST"]) for address, door in doors.items()]

    async def sign_in(self, request: Request) -> Response:
        """Open a desk for a login and its password.

        A wrong login, a wrong password and too many guesses have one answer.
        """
        fields = await fields_of(request)
        password = normal_password(fields.get("password", ""))
        guess = await self._count_guess(request, normal_login(fields.get("login", "")))
        verdict = await judge(guess, password=password)
        opening, secret = _opened(fields.get("branch", ""))
        if verdict is Verdict.RIGHT and not await _open(guess, password, opening):
            verdict = Verdict.WRONG
        if verdict is not Verdict.RIGHT:
            return _see(f"{routes.DESK_SIGN_IN}?problem={verdict}")
        response = _see(routes.DESK)
        self.cookie.keep(response, secret, seconds=None)
        response.background = await self._end(request, then=DESK_NEEDED)
        return response

    async def sign_out(self, request: Request) -> Response:
        """End the session, here and in every tab."""
        response = _see(DESK_SIGNED_OUT)
        self.cookie.take_away(response)
        response.headers["clear-site-data"] = CLEAR_SITE_DATA
        response.background = await self._end(request, then=DESK_SIGNED_OUT)
        return response

    async def change_password(self, request: Request) -> Response:
        """Give somebody a new password, and end every session but this browser's new one."""
        member = await at_desk(request, self.cookie)
        if member is None:
            return _see(DESK_NEEDED)
        choice = _choice_of(await fields_of(request), member)
        guess = await self._count_guess(request, member.login)
        verdict = await judge(guess, password=choice.current)
        if verdict is not Verdict.RIGHT:
            return _say(NOT_THE_CURRENT_ONE if verdict is Verdict.WRONG else verdict)
        if refusal := refusal_for(choice, policy=libraries.current().password):
            await asyncio.to_thread(sessions.forget_guess, guess=guess)
            return _say(refusal)
        opening, secret = _opened(member.branch_code)
        ended = await asyncio.to_thread(
            staff.change_password,
            guess=guess,
            password_hash=await hashed(choice.password),
            opening=opening,
            now=clock.now(),
        )
        if ended is None:
            return _say(NOT_THE_CURRENT_ONE)
        response = _see(routes.DESK)
        self.cookie.keep(response, secret, seconds=None)
        response.background = BackgroundTask(
            empty_tabs, self.app, id_hashes=ended, then=DESK_NEEDED
        )
        return response

    async def _count_guess(self, request: Request, login: str) -> Guess:
        address = visitor_address(request.scope, trusted_proxy_hops=self.trusted_proxy_hops)
        return await asyncio.to_thread(
            staff.count_guess,
            login=login,
            buckets=desk_buckets_of(login=login, address=address, key=self.key),
            now=clock.now(),
        )

    async def _end(self, request: Request, *, then: str) -> BackgroundTask | None:
        """End the session a browser came with, and return the emptying of its tabs."""
        id_hash = id_hash_in(request, self.cookie)
        if not id_hash:
            return None
        await asyncio.to_thread(staff.end_session, id_hash=id_hash, now=clock.now())
        return BackgroundTask(empty_tabs, self.app, id_hashes=(id_hash,), then=then)


async def _open(guess: Guess, password: str, opening: Opening) -> bool:
    return await asyncio.to_thread(
        staff.open_session,
        guess=guess,
        password_hash=await renewed(guess.password_hash, password=password),
        opening=opening,
        now=clock.now(),
    )


def _opened(branch_code: str) -> tuple[Opening, str]:
    secret = new_secret()
    return Opening(id_hash=id_hash_of(secret), branch_code=branch_code), secret


def _choice_of(fields: Mapping[str, str], member: AtDesk) -> Choice:
    new = normal_password(fields.get("new", ""))
    return Choice(
        password=new,
        repeated=normal_password(fields.get("repeated", "")),
        current=normal_password(fields.get("current", "")),
        card_number=member.login,
        born_on=None,
        is_common=is_common(new),
    )


def _say(problem: str) -> Response:
    return _see(f"{routes.DESK_PASSWORD}?problem={problem}")


def _see(address: str) -> Response:
    response = RedirectResponse(address, status_code=303)
    response.headers["cache-control"] = "no-store"
    return response
