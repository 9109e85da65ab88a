"""The secret address at which calendars read a patron's due dates and pickup dates."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal_app import clock, libraries, routes
from portal_app.browser import words
from portal_app.exchange.calendar import MEDIA_TYPE, Manner, as_calendar
from portal_app.services import calendar_links
from portal_app.text import Lang, language_of

# Whoever has the address reads it; nobody keeps it on the way, and no index of pages lists it.
_HEADERS = {"cache-control": "no-store", "x-robots-tag": "noindex, nofollow"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDoor:
    """The door of calendars, which have no card and no cookie."""

    origin: str
    key: bytes

    def route(self) -> Route:
        """Return what answers at the door's address."""
        return Route(routes.calendar("{secret}"), self.read, methods=["GET"])

    async def read(self, request: Request) -> Response:
        """Answer with a calendar; whatever else is asked for, there is none."""
        secret = request.path_params["secret"]
        days = await asyncio.to_thread(calendar_links.look, secret=secret, signing_key=self.key)
        if days is None:
            return Response(status_code=HTTPStatus.NOT_FOUND, headers=_HEADERS)
        lang = _lang_in(request.query_params)
        manner = Manner(
            name=words.texts()["downloads.calendar.name"][lang],
            lang=lang,
            branches=_branches(lang),
            address=f"{self.origin}{routes.ACCOUNT}",
            now=clock.now(),
        )
        headers = {**_HEADERS, "content-disposition": 'inline; filename="library.ics"'}
        return Response(as_calendar(days, manner), media_type=MEDIA_TYPE, headers=headers)


def _lang_in(query: Mapping[str, str]) -> Lang:
    return language_of(query.get("lang", ""), otherwise=Lang.JA)


def _branches(lang: Lang) -> Mapping[str, str]:
    codes = (branch.code for branch in libraries.current().branches)
    return {code: words.texts()[f"branch.{code}"][lang] for code in codes}
