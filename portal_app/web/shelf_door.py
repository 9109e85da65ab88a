"""The address that answers with a patron's shelves as a file (K-58)."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from typing import Self
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from portal_app import clock, libraries, routes
from portal_app.browser import words
from portal_app.domain.outbox import is_identifier
from portal_app.domain.shelves import Refusal, ShelfKey, Sort, Sorting
from portal_app.exchange.shelf_files import ShelfFile
from portal_app.exchange.shelf_formats import Format, Heading, written_as
from portal_app.services import shelf_downloads
from portal_app.services.shelf_downloads import Manner, Taken
from portal_app.state.shelves import ALL
from portal_app.text import Lang, language_of
from portal_app.text.dates import Years
from portal_app.web.cookies import SessionCookie
from portal_app.web.forms import Errand
from portal_app.web.signed_in import patron_of

_IS_DESCENDING = {"": False, "ascending": False, "descending": True}
# What RFC 8187 lets stand as it is.
_PLAIN = "!#$&+-.^_`|~"

# Their own threads, so that a thousand books keep nobody waiting who only turns a page.
_scribes = ThreadPoolExecutor(2, thread_name_prefix="scribe")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks for: which shelf, or ``all`` of them, as which file."""

    shelf_id: str
    kind: Format
    manner: Manner
    years: Years

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self | None:
        """Return what a query asks for, or None if no page of ours asks so."""
        shelf_id = query.get("shelf", ALL)
        order = query.get("order", "")
        if order not in _IS_DESCENDING or not (shelf_id == ALL or is_identifier(shelf_id)):
            return None
        try:
            kind = Format(query.get("format", ""))
            sort = Sort(query.get("sort") or Sort.ADDED)
            lang = language_of(query.get("lang") or Lang.JA)
            years = Years(query.get("years") or Years.WESTERN)
        except ValueError:
            return None
        sorting = Sorting(by=sort, is_descending=_IS_DESCENDING[order])
        manner = Manner(sorting=sorting, library=libraries.current(), lang=lang)
        return cls(shelf_id=shelf_id, kind=kind, manner=manner, years=years)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfDoor:
    """The door through which patrons take their shelves away."""

    cookie: SessionCookie

    def route(self) -> Route:
        """Return what answers at the door's address."""
        return Route(routes.DO_TAKE_SHELVES, self.take, methods=["GET"])

    async def take(self, request: Request) -> Response:
        """Answer with a file, or say why there is none."""
        asked = Asked.of(request.query_params)
        patron = await patron_of(request, self.cookie)
        if patron is None:
            return _see(request, _errand(asked).by_way_of(routes.SIGN_IN, problem="needed"))
        if patron.must_change_password:
            return _see(request, _errand(asked).by_way_of(routes.PASSWORD))
        if asked is None:
            said = words.texts()["downloads.refusal"][Lang.JA]
            return _no_file(said, HTTPStatus.BAD_REQUEST)
        loop = asyncio.get_running_loop()
        file = await loop.run_in_executor(_scribes, _file, asked, patron.patron_id)
        if isinstance(file, Refusal):
            said = words.texts()[f"shelves.refusal.{file}"][asked.manner.lang]
            return _no_file(said, HTTPStatus.NOT_FOUND)
        headers = {"content-disposition": disposition(file.name), "cache-control": "no-store"}
        return Response(file.content, media_type=file.media_type, headers=headers)


def disposition(name: str) -> str:
    """Return the header that gives a file its name, in whichever script (RFC 6266, RFC 8187)."""
    plain = f"shelf.{name.rpartition('.')[2]}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe=_PLAIN)}"


def _file(asked: Asked, patron_id: int) -> ShelfFile | Refusal:
    taken = _taken(asked, patron_id)
    if taken.refused is not None:
        return taken.refused
    lang = asked.manner.lang
    nameless = "downloads.all" if asked.shelf_id == ALL else "shelves.unsorted"
    named = "" if asked.shelf_id == ALL else taken.shelves[0].name
    heading = Heading(
        name=named or words.texts()[nameless][lang],
        taken_on=clock.now().date(),
        lang=lang,
        years=asked.years,
    )
    return written_as(asked.kind, taken.shelves, heading)


def _taken(asked: Asked, patron_id: int) -> Taken:
    if asked.shelf_id == ALL:
        return shelf_downloads.take_all(patron_id=patron_id, manner=asked.manner)
    key = ShelfKey(patron_id=patron_id, shelf_id=asked.shelf_id)
    return shelf_downloads.take(key=key, manner=asked.manner)


def _errand(asked: Asked | None) -> Errand:
    """Return the way back to the page: whoever were sent to a file would stay at the sign-in."""
    if asked is None or asked.shelf_id == ALL:
        return Errand(next_page=routes.SHELVES, wish=())
    return Errand(next_page=routes.shelf(asked.shelf_id), wish=())


def _see(request: Request, page: str) -> Response:
    # Pressed on a page, whose session has ended meanwhile: the browser would save what
    # it is led to, and the patron would find a sign-in page among their files.
    if request.headers.get("sec-fetch-dest") == "empty":
        return _no_file("", HTTPStatus.FORBIDDEN)
    response = RedirectResponse(page, status_code=HTTPStatus.SEE_OTHER)
    response.headers["cache-control"] = "no-store"
    return response


def _no_file(said: str, status: HTTPStatus) -> Response:
    return PlainTextResponse(said, status_code=status, headers={"cache-control": "no-store"})
