"""The address in a mail at which mail of its kind is stopped: by anybody who has the mail.

A page without a script, without a cookie, and without anything about whose mail it is. Mail
programs press its button by themselves (RFC 8058): they send no cookie and no Origin.
"""

import asyncio
from dataclasses import dataclass, replace
from html import escape
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from portal_app import libraries, routes
from portal_app.browser import words
from portal_app.services import stops
from portal_app.services.stops import Stop
from portal_app.text import Lang, fill, language_of
from portal_app.web.plain_page import drawn

# Whoever has the mail opens it; nobody keeps it on the way, and no index of pages lists it.
_HEADERS = {"cache-control": "no-store", "x-robots-tag": "noindex, nofollow"}

_FORM = """<form method="post" class="form">
<button class="button button-primary">{button}</button>
</form>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopDoor:
    """The door of those who want no more mail."""

    key: bytes

    def routes(self) -> list[Route]:
        """Return what answers at the door's address."""
        address = routes.stop_mail("{secret}")
        return [
            Route(address, self.ask, methods=["GET"]),
            Route(address, self.stop, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        """Ask whether the mail is to be stopped. Programs that look at links stop nothing."""
        found = await asyncio.to_thread(stops.look, secret=_secret(request), signing_key=self.key)
        if found is None:
            return _no_such_address(request)
        asked = _as_read(found, request)
        question = _paragraph(_said("stop.question", asked, kind=_name(asked)))
        button = escape(_said("stop.submit", asked))
        content = question + _FORM.format(button=button)
        return _page(asked, content)

    async def stop(self, request: Request) -> Response:
        """Stop the mail, whatever the body says: the address alone is what it takes."""
        found = await asyncio.to_thread(
            stops.stop,
            secret=_secret(request),
            signing_key=self.key,
            policy=libraries.current().mail,
        )
        if found is None:
            return _no_such_address(request)
        stopped = _as_read(found, request)
        said = _said("stop.done", stopped, kind=_name(stopped))
        again = _said(f"stop.again.{stopped.kind}", stopped)
        # Without a choice of language: what it leads to would ask once more.
        return _page(stopped, _paragraph(said) + _paragraph(again), has_languages=False)


def _secret(request: Request) -> str:
    return str(request.path_params["secret"])


def _said(key: str, stop: Stop, **values: str) -> str:
    return fill(words.texts()[key][stop.lang], values, stop.lang)


def _name(stop: Stop) -> str:
    return _said(f"stop.kind.{stop.kind}", stop)


def _paragraph(said: str) -> str:
    return f"<p>{escape(said)}</p>\n"


def _as_read(stop: Stop, request: Request) -> Stop:
    """Return it in the language that was chosen here, or else in that of its patron."""
    return replace(stop, lang=_lang(request, otherwise=stop.lang))


def _lang(request: Request, *, otherwise: Lang) -> Lang:
    return language_of(request.query_params.get("lang", ""), otherwise=otherwise)


def _page(stop: Stop, content: str, *, has_languages: bool = True) -> Response:
    page = drawn(stop.lang, _said("stop.title", stop), content, has_languages=has_languages)
    return HTMLResponse(page, headers=_HEADERS)


def _no_such_address(request: Request) -> Response:
    # In Japanese: whoever has no address of ours has told us no language either.
    lang, texts = _lang(request, otherwise=Lang.JA), words.texts()
    page = drawn(lang, texts["stop.title"][lang], _paragraph(texts["stop.unknown"][lang]))
    return HTMLResponse(page, status_code=HTTPStatus.NOT_FOUND, headers=_HEADERS)
