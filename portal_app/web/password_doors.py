"""The doors to a new password by mail: asking for the link, following it, and choosing.

What the link leads with goes from the mail into a cookie that no script can read, and from
there to the last door: no page, no state of Reflex and no referrer ever has it.
"""

import asyncio
from dataclasses import dataclass

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from portal_app import clock, libraries, routes
from portal_app.data.passwords import is_common
from portal_app.domain.cards import normal_card_number
from portal_app.domain.password_links import buckets_of
from portal_app.domain.passwords import Choice, normal_password, refusal_for
from portal_app.services import password_links
from portal_app.services.sessions import Credentials
from portal_app.state.failures import log_failure
from portal_app.web.addresses import NEEDED, PASSWORD_CHANGED
from portal_app.web.cookies import SessionCookie, new_secret
from portal_app.web.doorkeepers import hashed
from portal_app.web.doors import Doors
from portal_app.web.forms import fields_of
from portal_app.web.tabs import empty_tabs

# What the page says that asks for a card number: each has a text there.
ASKED = f"{routes.FORGOTTEN_PASSWORD}?problem=asked"
LEADS_NOWHERE = f"{routes.FORGOTTEN_PASSWORD}?problem=leads_nowhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordDoors:
    """The doors of those who have no password, or know it no more."""

    doors: Doors
    origin: str

    @property
    def cookie(self) -> SessionCookie:
        """The cookie of whoever has followed a link."""
        return SessionCookie.of_password_link(self.origin)

    def routes(self) -> list[Route]:
        """Return what answers at the doors' addresses."""
        return [
            Route(routes.DO_ASK_FOR_PASSWORD, self.ask, methods=["POST"]),
            Route(routes.new_password("{secret}"), self.follow, methods=["GET"]),
            Route(routes.DO_SET_PASSWORD, self.set_password, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        """Promise a mail to whoever has an address, in one sentence for all cards.

        The answer is on its way before anybody has looked whether there is such a card, so
        that the time does not tell either.
        """
        card_number = normal_card_number((await fields_of(request)).get("card", ""))
        response = _see(ASKED)
        address = self.doors.address_of(request)
        response.background = BackgroundTask(self._write, card_number, address)
        return response

    async def follow(self, request: Request) -> Response:
        """Lead to the page that asks for a new password. To look at a link does not use it up."""
        secret = str(request.path_params["secret"])
        if await _found(secret) is None:
            return _see(LEADS_NOWHERE)
        response = _see(routes.NEW_PASSWORD)
        seconds = libraries.current().sign_in.link_minutes * 60
        self.cookie.keep(response, secret, seconds=seconds)
        return response

    async def set_password(self, request: Request) -> Response:
        """Give the patron the password that they have chosen, and end every session of theirs."""
        secret = self.cookie.secret_in("; ".join(request.headers.getlist("cookie")))
        credentials = await _found(secret)
        if credentials is None:
            return self._leads_nowhere()
        fields = await fields_of(request)
        choice = _choice_of(fields.get("new", ""), fields.get("repeated", ""), credentials)
        library = libraries.current()
        if refusal := refusal_for(choice, policy=library.password):
            return _see(f"{routes.NEW_PASSWORD}?problem={refusal}")
        ended = await asyncio.to_thread(
            password_links.use,
            secret=secret,
            password_hash=await hashed(choice.password),
            library=library,
            now=clock.now(),
        )
        if ended is None:
            return self._leads_nowhere()
        response = _see(PASSWORD_CHANGED)
        self.cookie.take_away(response)
        response.background = BackgroundTask(
            empty_tabs, self.doors.app, id_hashes=ended, then=NEEDED
        )
        return response

    def _leads_nowhere(self) -> Response:
        response = _see(LEADS_NOWHERE)
        self.cookie.take_away(response)
        return response

    async def _write(self, card_number: str, address: str) -> None:
        writing = asyncio.to_thread(
            password_links.ask,
            card_number=card_number,
            buckets=buckets_of(card_number=card_number, address=address, key=self.doors.key),
            secret=new_secret(),
            origin=self.origin,
            library=libraries.current(),
            now=clock.now(),
        )
        # The answer has been given, so nobody else would hear of it.
        [outcome] = await asyncio.gather(writing, return_exceptions=True)
        if isinstance(outcome, Exception):
            log_failure(outcome)


async def _found(secret: str) -> Credentials | None:
    return await asyncio.to_thread(
        password_links.find, secret=secret, policy=libraries.current().sign_in, now=clock.now()
    )


def _choice_of(new: str, repeated: str, credentials: Credentials) -> Choice:
    password = normal_password(new)
    return Choice(
        password=password,
        repeated=normal_password(repeated),
        current="",  # which nobody knows any more
        card_number=credentials.card_number,
        born_on=credentials.born_on,
        is_common=is_common(password),
    )


def _see(address: str) -> Response:
    response = RedirectResponse(address, status_code=303)
    response.headers.update({"cache-control": "no-store", "x-robots-tag": "noindex, nofollow"})
    return response
