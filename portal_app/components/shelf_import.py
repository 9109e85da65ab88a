"""Books that come on a shelf from a list, a file or a photograph, as the page knows them.

The Python face of portal_app/browser/shelves/importing.js: the library is asked which
they are, and nothing is put anywhere before the patron has seen the answer. ``contents``
are the books of the patron's shelves, as far as this device has them.
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.vars import VarData

from portal_app import libraries, routes
from portal_app.components.local import USED, local
from portal_app.components.modules import computed, function, use
from portal_app.components.offline import Operation, ShownRecord
from portal_app.components.rows import Row
from portal_app.components.shelves import number_here
from portal_app.exchange import isbn_photos, shelf_reading

_MODULE = "shelves/importing"
_USED = VarData.merge(
    use(_MODULE, "bringsMore", "foundIn", "isThere", "missingIn", "newIn", "refusedOf"),
    use(_MODULE, "tooMany", "unreadIn"),
    use("offline/view", "useOffline", hook="const offline = useOffline()"),
    USED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBook:
    """A record that was found, with what a file of ours says of it."""

    record: ShownRecord
    note: str
    is_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a list. A photograph has none, which is nought."""

    number: int
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WasPut:
    """What was asked for, once it was."""

    count: int


def is_reading() -> rx.Var[bool]:
    """Return whether the library is being asked."""
    return local("page.import_reading", default=0).value > 0


def problem() -> Row:
    """Return the key of why nothing was read, or an empty text."""
    return local("page.import_problem", default="").value


def was_put() -> Row:
    """Return what was put on the shelf just now, or nothing."""
    return local("page.import_put", default=None, kind=WasPut | None).value


def refused() -> Row:
    """Return what of it the library has refused."""
    return _told("refusedOf(local, offline)", list[Operation])


def found() -> Row:
    """Return the records that were found, each once."""
    return _told("foundIn(local)", list[FoundBook])


def missing() -> Row:
    """Return the lines whose books are not in the catalogue."""
    return _told("missingIn(local)", list[Line])


def unread() -> Row:
    """Return the lines that name no book."""
    return _told("unreadIn(local)", list[Line])


def new_here(contents: Row) -> Row:
    """Return what was found and does not stand on the shelf of the address."""
    return _of_shelf("newIn(local, {contents}, {shelf})", list[FoundBook], contents)


def is_there(book: Row, *, contents: Row) -> rx.Var[bool]:
    """Return whether a book that was found stands on the shelf already."""
    return _of_shelf(f"isThere({{contents}}, {{shelf}}, {book!s})", bool, contents, book)


def brings_more() -> rx.Var[bool]:
    """Return whether a file of ours has notes or read marks."""
    return _told("bringsMore(local)", bool)


def too_many(contents: Row) -> Row:
    """Return how many have no room on the shelf (K-55)."""
    return _of_shelf(f"tooMany(local, {{contents}}, {{shelf}}, {_limit()})", int, contents)


def read_pasted() -> rx.Var:
    """Return what the form does with a pasted list."""
    return _event("readPasted", routes.DO_READ_LIST)


def read_file() -> rx.Var:
    """Return what is done with a file that was chosen."""
    return _event("readFile", routes.DO_READ_LIST, shelf_reading.MOST_BYTES)


def read_photo() -> rx.Var:
    """Return what is done with a photograph: the browser looks at it first, else the library."""
    return _event("readPhoto", routes.DO_READ_LIST, routes.DO_READ_PHOTO, isbn_photos.MOST_BYTES)


def put_there(shelf: Row, *, contents: Row) -> rx.Var[Any]:
    """Return an event that puts everything there that was found, once."""
    return _event("putThere", number_here(), shelf.name, contents, _limit())


def forget() -> rx.Var[Any]:
    """Return an event that forgets what was read."""
    return _event("forgetRead")


def _limit() -> int:
    return libraries.current().shelf.items_max


def _event(name: str, *given: Any) -> rx.Var[Any]:  # noqa: ANN401  Vars, texts and numbers
    return function(name, _MODULE).partial(*(rx.Var.create(one) for one in given))


def _of_shelf(expression: str, kind: Any, contents: Row, *given: Row) -> Row:  # noqa: ANN401  any type
    shelf = number_here()
    written = expression.format(contents=f"{contents!s}", shelf=f"{shelf!s}")
    return _told(written, kind, contents, shelf, *given)


def _told(expression: str, kind: Any, *given: Row) -> Row:  # noqa: ANN401  any type
    return computed(expression, kind, _USED, *(rx.Var.create(one) for one in given))
