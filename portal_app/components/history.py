"""借りたことがある資料, as the page that shows it knows it (K-08, K-18).

The Python face of portal_app/browser/history.js. Nothing of it is in any state: the
library's door answers the page, and only the page remembers.
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.vars import VarData

from portal_app import routes
from portal_app.components.local import USED, local
from portal_app.components.modules import computed, function, use
from portal_app.components.offline import ShownRecord
from portal_app.components.rows import Row

_MODULE = "history"
_USED = VarData.merge(
    use(_MODULE, "historyCount", "historyFound", "historyShown", "historyState"), USED
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A loan that was returned."""

    id: str
    record: ShownRecord
    branch_code: str
    lent_on: str
    returned_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be deleted, if the patron says yes: one entry, some, or all of it."""

    what: str
    chosen: list[Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A recovery code that is shown once. With a draft, it switches the history on."""

    code: str
    draft: str
    is_kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What has been done just now, and to how many entries."""

    what: str
    count: int


class HistoryRead(rx.Component):
    """Shows nothing: it asks for the history when the page has been opened."""

    library = "$/utils/history"
    tag = "HistoryRead"

    address: rx.Var[str]


def read_at_once() -> rx.Component:
    """Ask for the history when the page has been opened, or the library is reached again."""
    return HistoryRead.create(address=routes.DO_READ_HISTORY)


def state() -> rx.Var[str]:
    """Return ``off``, ``locked`` or ``open``; nothing until the library has answered."""
    return _told("historyState(local)", str)


def is_busy() -> rx.Var[bool]:
    """Return whether the library is being asked."""
    return local("page.history_busy", default=0).value > 0


def problem() -> Row:
    """Return the key of why something could not be done, or an empty text."""
    return local("page.history_problem", default="").value


def said() -> Row:
    """Return what has been done just now, or nothing."""
    return local("page.history_said", default=None, kind=Said | None).value


def code() -> Row:
    """Return the recovery code that is shown now, or nothing."""
    return local("page.history_code", default=None, kind=Code | None).value


def asked() -> Row:
    """Return what the patron is asked about, or nothing."""
    return local("page.history_asked", default=None, kind=Asked | None).value


def words() -> Row:
    """Return what is searched for in the history."""
    return local("page.history_words", default="").value


def count() -> Row:
    """Return how many entries there are."""
    return _told("historyCount(local)", int)


def found(by: Row) -> Row:
    """Return those that were found, by the path that the table stands by."""
    return _told(f"historyFound(local, {by!s})", list[Entry], by)


def entries(by: Row) -> Row:
    """Return those of them that the page shows."""
    return _told(f"historyShown(local, {by!s})", list[Entry], by)


def search() -> rx.Var[Any]:
    """Return what a field does to search within the history."""
    return function("searchHistory", _MODULE)


def show_more() -> rx.Var[Any]:
    """Return an event that shows more of a long history."""
    return _event("showMore")


def read() -> rx.Var[Any]:
    """Return an event that asks for the history once more."""
    return _event("readHistory", routes.DO_READ_HISTORY)


def begin() -> rx.Var:
    """Return what a form does with a password to get a recovery code."""
    return _event("beginHistory", routes.DO_BEGIN_HISTORY)


def renew_code() -> rx.Var:
    """Return what a form does with a password to get another recovery code."""
    return _event("beginHistory", routes.DO_RENEW_HISTORY_CODE)


def tick_kept() -> rx.Var[Any]:
    """Return an event that says that the code is kept, or not yet."""
    return _event("tickKept")


def drop_code() -> rx.Var[Any]:
    """Return an event that shows the code no longer."""
    return _event("dropCode")


def keep() -> rx.Var[Any]:
    """Return an event that switches the history on."""
    return _event("keepHistory", routes.DO_KEEP_HISTORY, routes.DO_READ_HISTORY)


def unlock() -> rx.Var:
    """Return what a form does with a password, and perhaps a code, to open the history."""
    return _event("unlockHistory", routes.DO_UNLOCK_HISTORY, routes.DO_READ_HISTORY)


def ask_to_forget(entry: Row) -> rx.Var[Any]:
    """Return an event that asks whether to delete an entry."""
    return _event("askToForget", entry)


def ask_to_forget_period() -> rx.Var:
    """Return what a form does with two days to ask whether to delete what lies between."""
    return _event("askToForgetPeriod")


def ask_to_end() -> rx.Var[Any]:
    """Return an event that asks whether to delete all of it."""
    return _event("askToEnd")


def dismiss() -> rx.Var[Any]:
    """Return an event that asks no longer."""
    return _event("dismissAsked")


def forget_asked() -> rx.Var[Any]:
    """Return an event that deletes what was asked about."""
    return _event("forgetAsked", routes.DO_FORGET_HISTORY)


def end() -> rx.Var[Any]:
    """Return an event that switches the history off and deletes it."""
    return _event("endHistory", routes.DO_END_HISTORY, routes.DO_READ_HISTORY)


def _event(name: str, *given: Any) -> rx.Var[Any]:  # noqa: ANN401  Vars and texts
    return function(name, _MODULE).partial(*(rx.Var.create(one) for one in given))


def _told(expression: str, kind: Any, *given: Row) -> Row:  # noqa: ANN401  any type
    return computed(expression, kind, _USED, *(rx.Var.create(one) for one in given))
