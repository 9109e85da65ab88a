"""The addresses that answer by themselves: signing in, signing out, a new password.

Ordinary forms and ordinary answers, since only an answer over HTTP can give or
take a cookie that no script can read. Each answer leads to a full page load.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from reflex.app import App
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from portal_app import clock, libraries, routes
from portal_app.data.passwords import is_common
from portal_app.domain.cards import normal_card_number
from portal_app.domain.passwords import Choice, Refusal, normal_password, refusal_for
from portal_app.domain.sessions import buckets_of
from portal_app.services import cart, push, sessions
from portal_app.services.sessions import Credentials, Guess
from portal_app.web.addresses import NEEDED, SIGNED_OUT, Network, is_within, visitor_address
from portal_app.web.cookies import SessionCookie, new_secret
from portal_app.web.doorkeepers import Verdict, hashed, judge, renewed
from portal_app.web.forms import Errand, fields_of
from portal_app.web.history_keys import open_history, relocked_history
from portal_app.web.identity import id_hash_of
from portal_app.web.signed_in import id_hash_in, patron_of
from portal_app.web.tabs import empty_tabs

# A text of the password page, beside those of ``Refusal``.
NOT_THE_CURRENT_ONE = "current"
# Where the patron is told that it is done (G-41).
CHANGED = f"{routes.ACCOUNT}?done=password"

# Not the storage: that is how the next one likes to read, and nothing of a patron's.
CLEAR_SITE_DATA = '"cache"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """The doors of a portal."""

    app: App
    cookie: SessionCookie
    key: bytes
    trusted_proxy_hops: int
    terminals: tuple[Network, ...]

    def routes(self) -> Starlette:
        """Return what answers at the doors' addresses."""
        doors = {
            routes.DO_SIGN_IN: self.sign_in,
            routes.DO_SIGN_OUT: self.sign_out,
            routes.DO_CHANGE_PASSWORD: self.change_password,
        }
        return Starlette(
            routes=[Route(address, door, methods=["POST"]) for address, door in doors.items()]
        )

    async def sign_in(self, request: Request) -> Response:
        """Open a session for a card number and its password.

        A wrong card, a wrong password and too many guesses have one answer.
        """
        fields = await fields_of(request)
        errand = Errand.of(request)
        password = normal_password(fields.get("password", ""))
        guess = await self.count_guess(request, normal_card_number(fields.get("card", "")))
        verdict = await judge(guess, password=password)
        secret = new_secret()
        if verdict is Verdict.RIGHT and not await _open_session(guess, password, secret):
            verdict = Verdict.WRONG
        if verdict is not Verdict.RIGHT:
            return _see(errand.by_way_of(routes.SIGN_IN, problem=verdict))
        await open_history(guess, password=password, secret=secret)
        response = _see(
            errand.by_way_of(routes.PASSWORD)
            if guess.password_is_initial
            else await _run(errand, guess.patron_id)
        )
        self.cookie.keep(response, secret, seconds=self._seconds_kept(request, fields))
        response.background = await self._end(request, then=NEEDED)
        return response

    async def sign_out(self, request: Request) -> Response:
        """End the session, here and in every tab, and the notices to this device."""
        endpoint = (await fields_of(request)).get("endpoint", "")
        if endpoint:
            await asyncio.to_thread(push.forget_device, endpoint=endpoint)
        response = _see(SIGNED_OUT)
        self.cookie.take_away(response)
        response.headers["clear-site-data"] = CLEAR_SITE_DATA
        response.background = await self._end(request, then=SIGNED_OUT)
        return response

    async def change_password(self, request: Request) -> Response:
        """Give the patron a new password, and end every session but this browser's new one."""
        patron = await patron_of(request, self.cookie)
        if patron is None:
            return _see(NEEDED)
        fields = await fields_of(request)
        errand = Errand.of(request)
        credentials = await asyncio.to_thread(sessions.credentials_of, patron_id=patron.patron_id)
        guess = await self.count_guess(request, credentials.card_number)
        choice = _choice_of(fields, credentials)
        verdict = await judge(guess, password=choice.current)
        if verdict is Verdict.BUSY:
            return _see(errand.by_way_of(routes.PASSWORD, problem=verdict))
        if verdict is Verdict.WRONG:
            return _see(errand.by_way_of(routes.PASSWORD, problem=NOT_THE_CURRENT_ONE))
        if refusal := refusal_for(choice, policy=libraries.current().password):
            return await _refuse(guess, errand, refusal)
        secret = new_secret()
        ended = await asyncio.to_thread(
            sessions.change_password,
            guess=guess,
            password_hash=await hashed(choice.password),
            id_hash=id_hash_of(secret),
            library=libraries.current(),
            now=clock.now(),
            history=await relocked_history(guess, choice, secret=secret),
        )
        if ended is None:
            return _see(errand.by_way_of(routes.PASSWORD, problem=NOT_THE_CURRENT_ONE))
        response = _see(await _run(errand, patron.patron_id, otherwise=CHANGED))
        self.cookie.keep(response, secret, seconds=self._seconds_kept(request, fields))
        response.background = BackgroundTask(empty_tabs, self.app, id_hashes=ended, then=NEEDED)
        return response

    async def count_guess(self, request: Request, card_number: str) -> Guess:
        """Count a guess at a card's password or recovery code, from wherever it comes."""
        address = self.address_of(request)
        return await asyncio.to_thread(
            sessions.count_guess,
            card_number=card_number,
            buckets=buckets_of(card_number=card_number, address=address, key=self.key),
            policy=libraries.current().sign_in,
            now=clock.now(),
        )

    def _seconds_kept(self, request: Request, fields: Mapping[str, str]) -> int | None:
        # At a terminal nothing outlives the browser, whatever its page has asked for.
        if not fields.get("keep") or is_within(self.address_of(request), self.terminals):
            return None
        return libraries.current().session.longest_seconds

    def address_of(self, request: Request) -> str:
        """Return where somebody asks from."""
        return visitor_address(request.scope, trusted_proxy_hops=self.trusted_proxy_hops)

    async def _end(self, request: Request, *, then: str) -> BackgroundTask | None:
        """End the session a browser came with, and return the emptying of its tabs.

        That waits until the answer is on its way: one of them is the page that
        is waiting for it.
        """
        id_hash = id_hash_in(request, self.cookie)
        if not id_hash:
            return None
        await asyncio.to_thread(sessions.end_session, id_hash=id_hash, now=clock.now())
        return BackgroundTask(empty_tabs, self.app, id_hashes=(id_hash,), then=then)


async def _open_session(guess: Guess, password: str, secret: str) -> bool:
    return await asyncio.to_thread(
        sessions.open_session,
        guess=guess,
        password_hash=await renewed(guess.password_hash, password=password),
        id_hash=id_hash_of(secret),
        now=clock.now(),
    )


async def _run(errand: Errand, patron_id: int | None, *, otherwise: str = routes.ACCOUNT) -> str:
    """Put what the patron had wished for in the cart, and return where they go next."""
    if errand.wish and patron_id is not None:
        await asyncio.to_thread(
            cart.add,
            patron_id=patron_id,
            record_ids=errand.wish,
            limit=libraries.current().cart.limit,
            now=clock.now(),
        )
    return errand.next_page or otherwise


async def _refuse(guess: Guess, errand: Errand, refusal: Refusal) -> Response:
    # The current password was right, so this was no guess.
    await asyncio.to_thread(sessions.forget_guess, guess=guess)
    return _see(errand.by_way_of(routes.PASSWORD, problem=refusal))


def _choice_of(fields: Mapping[str, str], credentials: Credentials) -> Choice:
    new = normal_password(fields.get("new", ""))
    return Choice(
        password=new,
        repeated=normal_password(fields.get("repeated", "")),
        current=normal_password(fields.get("current", "")),
        card_number=credentials.card_number,
        born_on=credentials.born_on,
        is_common=is_common(new),
    )


def _see(address: str) -> Response:
    response = RedirectResponse(address, status_code=303)
    response.headers["cache-control"] = "no-store"
    return response
