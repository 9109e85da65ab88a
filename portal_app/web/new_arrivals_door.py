"""The feed of what is new in the catalogue: the same for everybody, so anybody may keep it."""

import asyncio
import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal_app import clock, libraries, routes
from portal_app.browser import words
from portal_app.clock import LIBRARY_TIME
from portal_app.domain.new_arrivals import Asked, of_every_week, parse, to_params, weeks_until
from portal_app.exchange.atom import MEDIA_TYPE, Entry, Feed, as_atom
from portal_app.services import new_arrivals
from portal_app.services.new_arrivals import NewRecord
from portal_app.text import Lang, language_of

_CACHE = "public, max-age=900"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArrivalsDoor:
    """The door of the feed, which asks nobody who they are."""

    origin: str

    def route(self) -> Route:
        """Return what answers at the door's address."""
        return Route(routes.DO_READ_NEW_ARRIVALS, self.read, methods=["GET"])

    async def read(self, request: Request) -> Response:
        """Answer with the newest records of what is asked for, or that nothing has changed."""
        weeks = weeks_until(clock.now().date(), weeks=libraries.current().new_arrivals.weeks)
        asked = of_every_week(parse(request.query_params, weeks=weeks))
        found = await asyncio.to_thread(new_arrivals.find, asked=asked, weeks=weeks)
        lang = language_of(request.query_params.get("lang", ""), otherwise=Lang.JA)
        feed = self._feed(asked, lang, found.rows, first_day=weeks[-1])
        content = as_atom(feed, [self._entry(row, lang) for row in found.rows])
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = {"cache-control": _CACHE, "etag": tag}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        return Response(content, media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)

    def _feed(
        self, asked: Asked, lang: Lang, rows: tuple[NewRecord, ...], *, first_day: dt.date
    ) -> Feed:
        texts, params = words.texts(), to_params(asked)
        spoken = {} if lang is Lang.JA else {"lang": lang}
        return Feed(
            address=_address(f"{self.origin}{routes.DO_READ_NEW_ARRIVALS}", params | spoken),
            page=_address(f"{self.origin}{routes.NEW_ARRIVALS}", params),
            title=texts["new_arrivals.feed_title"][lang],
            author=libraries.current().name[lang],
            lang=lang,
            updated=_morning_of(max((row.added_on for row in rows), default=first_day)),
        )

    def _entry(self, row: NewRecord, lang: Lang) -> Entry:
        record = row.record
        return Entry(
            address=f"{self.origin}{routes.record(record.record_id)}",
            title=f"{record.title} {record.volume}".strip(),
            summary=record.line,
            category=words.texts()[f"material.{record.material}"][lang],
            updated=_morning_of(row.added_on),
        )


def _address(route: str, params: Mapping[str, str]) -> str:
    return f"{route}?{urlencode(params)}" if params else route


def _morning_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), LIBRARY_TIME)
