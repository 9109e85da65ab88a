"""The Python face of portal_app/browser/offline: what pages show of it and ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict

import reflex as rx
from reflex.vars import VarData

from portal_app.components.modules import computed, function, use
from portal_app.components.rows import Row

_OFFLINE = VarData.merge(
    use("offline/view", "useOffline", hook="const offline = useOffline()"),
    use(
        "offline/lookup",
        *("isWaiting", "latestOf", "operationOnAll", "operationsOn"),
        *("operationsThat", "waitingCount"),
    ),
)


class OfflineProvider(rx.Component):
    """Stands around every page, between Reflex's socket and its store."""

    library = "$/utils/offline/provider"
    tag = "OfflineProvider"

    config: rx.Var[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the library said to an operation, as it came over the wire."""

    reason: str = ""
    day: str | None = None
    limit: int | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRecord:
    """What lists of operations show of a record."""

    record_id: int
    title: str
    volume: str
    line: str
    material: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the row showed whose button was pressed: one record, or some of a shelf."""

    record: ShownRecord
    records: list[ShownRecord] = field(default_factory=list)
    pickup_branch: str = ""
    shelf_name: str = ""
    target_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """Something the patron did, as the browser keeps it (browser/offline/outbox.js)."""

    id: str
    kind: str
    at: str
    state: str  # waiting, done or refused
    shown: Shown
    answer: Answer = field(default_factory=Answer)


class Kept(TypedDict):
    """The full name of a state, which of its fields a device keeps, and which it merges."""

    substate: str
    fields: list[str]
    merged: list[str]


def without_server() -> rx.Var[bool]:
    """Return whether this page knows that it cannot reach the library."""
    return _seen("['reconnecting', 'offline'].includes(offline.connection)", bool)


def connection() -> rx.Var[str]:
    """Return ``connecting``, ``online``, ``reconnecting`` or ``offline``."""
    return _seen("offline.connection", str)


def is_back() -> rx.Var[bool]:
    """Return whether the library could not be reached a moment ago, and now can."""
    return _seen("offline.isBack", bool)


def declined() -> rx.Var[bool]:
    """Return whether something was asked for that needs a connection."""
    return _seen("(offline.declined > 0)", bool)


def is_keeping() -> rx.Var[bool]:
    """Return whether this device keeps a copy."""
    return _seen("offline.isKeeping", bool)


def is_terminal() -> rx.Var[bool]:
    """Return whether this is one of the library's own machines."""
    return _seen("offline.isTerminal", bool)


def is_settled_without_server() -> rx.Var[bool]:
    """Return whether the page shows all it can, since nothing will come from the library."""
    return _seen("offline.isBooted", bool) & without_server()


def waiting_count() -> Row:
    """Return how many operations wait to be sent."""
    return _seen("waitingCount(offline)", int)


def is_waiting(kind: str, name: str, value: Row) -> rx.Var[bool]:
    """Return whether an operation waits whose ``name``, such as ``loan_id``, is ``value``."""
    given = rx.Var.create(value)
    asked = f"isWaiting(offline, {rx.Var.create(kind)!s}, {rx.Var.create(name)!s}, {given!s})"
    return _seen(asked, bool, given)


def operations_that_are(state: str, *, kind: str = "") -> Row:
    """Return the operations that are waiting, done or refused, the latest first."""
    asked = f"operationsThat(offline, {rx.Var.create(state)!s}, {rx.Var.create(kind)!s})"
    return _seen(asked, list[Operation])


def operations_on(kind: str, record_ids: Row, *, state: str) -> Row:
    """Return the latest operation on each of these records that stands like this."""
    words = f"{rx.Var.create(kind)!s}, {rx.Var.create(state)!s}"
    asked = f"operationsOn(offline, {words}, {record_ids!s})"
    return _seen(asked, list[Operation], record_ids)


def latest_operation(kind: str) -> Row:
    """Return what this page did last, if it is of this kind (a beginning, such as ``cart.``)."""
    return _seen(f"latestOf(offline, {rx.Var.create(kind)!s})", Operation | None)


def operation_on_all(kind: str, record_ids: Row) -> Row:
    """Return the latest operation on exactly these records together."""
    asked = f"operationOnAll(offline, {rx.Var.create(kind)!s}, {record_ids!s})"
    return _seen(asked, Operation | None, record_ids)


def act(kind: str, payload: Mapping[str, object], *, shown: Row) -> rx.Var[Any]:
    """Return an event that does something for the patron, with or without a connection.

    ``shown`` stays on the device: what lists of operations call it by, which is
    a ``record`` with its title.
    """
    return function("act", "offline/outbox").partial(kind, dict(payload), rx.Var.create(shown))


def try_again(operation: Row) -> rx.Var[Any]:
    """Return an event that sends a refused operation once more."""
    return _on_operation("tryAgain", operation)


def dismiss(operation: Row) -> rx.Var[Any]:
    """Return an event that forgets an operation that is done or refused."""
    return _on_operation("dismiss", operation)


def dismiss_settled() -> rx.Var[Any]:
    """Return an event that forgets everything that is done or refused."""
    return function("dismissSettled", "requests").partial()


def sign_out() -> rx.Var:
    """Return what a form does to sign out: this device forgets first, then the server hears."""
    return function("signOut", "offline/leaving")


def keep_here(keeps: Row) -> rx.Var[Any]:
    """Return an event that lets this device keep a copy, or no longer."""
    return function("keepHere", "offline/keeping").partial(rx.Var.create(keeps))


def note_arrival() -> rx.Var:
    """Return what a form does when somebody signs in: nobody else's copy is shown meanwhile."""
    return function("noteArrival", "offline/keeping")


def wire(
    *, states: Mapping[str, Kept], seen: Mapping[str, Kept], has_badge: bool, **names: str
) -> OfflineProvider:
    """Return what stands around every page, told what of which state a device keeps.

    Whether an installed app ``has_badge`` is also told: how many messages are unread.
    """
    known = {"states": states, "seen": seen, "hasBadge": has_badge}
    return OfflineProvider.create(config={**known, **names})


def _on_operation(name: str, operation: Row) -> rx.Var[Any]:
    return function(name, "requests").partial(operation.id)


def _seen(expression: str, kind: Any, *given: rx.Var) -> Row:  # noqa: ANN401  any type
    return computed(expression, kind, _OFFLINE, *given)
