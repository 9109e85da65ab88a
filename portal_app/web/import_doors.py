"""The addresses that read a patron's list or photograph of books, and answer which they are.

Nothing is kept: what is found goes on a shelf by an operation of the patron's own device.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal_app import routes
from portal_app.services import shelf_imports
from portal_app.web.book_lists import BookList, list_in, photo_in
from portal_app.web.cookies import SessionCookie
from portal_app.web.signed_in import patron_of

AT_ONCE = 2
MOST_WAITING = 8  # bodies in memory, each of 12 MB at most

SIGNED_OUT = "shelf_import.problem.signed_out"
BUSY = "shelf_import.problem.busy"

# Their own threads, so that a long list leaves some for everyone else.
_readers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="reader")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDoors:
    """The doors through which books come on a shelf from somewhere else."""

    cookie: SessionCookie
    # Who is being read for: a patron has one list at a time.
    reading: set[int] = field(default_factory=set)

    def routes(self) -> list[Route]:
        """Return what answers at the doors' addresses."""
        return [
            Route(routes.DO_READ_LIST, self.read_list, methods=["POST"]),
            Route(routes.DO_READ_PHOTO, self.read_photo, methods=["POST"]),
        ]

    async def read_list(self, request: Request) -> Response:
        """Answer which records a table or a list of ISBNs names."""
        return await self._read(request, list_in)

    async def read_photo(self, request: Request) -> Response:
        """Answer which records the barcodes on a photograph name."""
        return await self._read(request, photo_in)

    async def _read(self, request: Request, understand: Callable[[bytes], BookList]) -> Response:
        patron = await patron_of(request, self.cookie)
        if patron is None or patron.must_change_password:
            return _answer({"refusal": SIGNED_OUT}, HTTPStatus.UNAUTHORIZED)
        if patron.patron_id in self.reading or len(self.reading) >= MOST_WAITING:
            return _answer({"refusal": BUSY}, HTTPStatus.SERVICE_UNAVAILABLE)
        self.reading.add(patron.patron_id)
        try:
            content = await request.body()
            loop = asyncio.get_running_loop()
            return _answer(await loop.run_in_executor(_readers, _looked_up, content, understand))
        finally:
            self.reading.discard(patron.patron_id)


def _looked_up(content: bytes, understand: Callable[[bytes], BookList]) -> dict[str, Any]:
    read = understand(content)
    if read.refusal:
        return {"refusal": read.refusal}
    found = shelf_imports.look_up(named=read.named)
    return {
        "refusal": "",
        "found": [asdict(one) for one in found.found],
        "missing": [{"number": one.number, "written": one.written} for one in found.missing],
        "unread": [asdict(one) for one in read.unread],
    }


def _answer(said: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> Response:
    return JSONResponse(said, status_code=status, headers={"cache-control": "no-store"})
