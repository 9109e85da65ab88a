"""What of a state a patron's own device keeps, so that it can be read without a connection.

Nothing is kept that no state has declared here. How it is kept, and when it is
forgotten, is in portal_app/browser/offline.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar, cast, get_type_hints

import reflex as rx
from pydantic import Field, TypeAdapter
from reflex.event import EventSpec

from portal_app.state.access import patron_event

S = TypeVar("S", bound=type[rx.State])

# Every state whose fields are kept has these: without the first there is nothing to show,
# and the second says how old it is.
OF_EVERY_KEPT_STATE = ("is_loaded", "as_of")
OF_EVERY_SEEN_STATE = ("is_loaded", "shown_at")

# Never on a device, whatever a feature declares.
NEVER_KEPT = ("password", "cookie", "token", "secret", "mail", "phone", "telephone", "address")

# Under which key of a merged field a device has what.
Revisions = Annotated[dict[str, str], Field(max_length=500)]

_kept: dict[type[rx.State], tuple[str, ...]] = {}
_merged: dict[type[rx.State], tuple[str, ...]] = {}
_seen: dict[type[rx.State], tuple[str, ...]] = {}


def kept_on_device(*fields: str, merged: tuple[str, ...] = ()) -> Callable[[S], S]:
    """Keep these fields of a state on the patron's device, with ``is_loaded`` and ``as_of``.

    Of a ``merged`` field, a dict, the device also keeps what it had under other keys.
    """
    declare = _declared(_kept, (*OF_EVERY_KEPT_STATE, *fields, *merged))

    def declare_merged(state: S) -> S:
        if merged:
            _merged[state] = merged
        return declare(state)

    return declare_merged


def kept_of_session(*fields: str) -> Callable[[S], S]:
    """Keep these fields of who is signed in."""
    return _declared(_kept, fields)


def kept_by_address(*fields: str) -> Callable[[S], S]:
    """Keep these fields for each address that was looked at, which ``shown_at`` names."""
    return _declared(_seen, (*OF_EVERY_SEEN_STATE, *fields))


def kept() -> Mapping[type[rx.State], tuple[str, ...]]:
    """Return the fields of each state that a device keeps."""
    return dict(_kept)


def merged(state: type[rx.State]) -> tuple[str, ...]:
    """Return the fields of a state that a device puts together with what it has."""
    return _merged.get(state, ())


def seen() -> Mapping[type[rx.State], tuple[str, ...]]:
    """Return the fields of each state that a device keeps by address."""
    return dict(_seen)


def shape() -> str:
    """Return a name that changes whenever pages could no longer read what an older release kept."""
    shapes = {
        f"{state.__name__}.{field}": TypeAdapter(get_type_hints(state)[field]).json_schema()
        for state, fields in {**_kept, **_seen}.items()
        for field in fields
    }
    return hashlib.sha256(json.dumps(shapes, sort_keys=True).encode()).hexdigest()[:12]


async def look_at_everything(tab: rx.State) -> None:
    """Fill every state that a device keeps, so that its copy is whole."""
    for state in _kept:
        part: Any = await tab.get_state(state)
        if hasattr(part, "_look"):
            await part._look()  # noqa: SLF001  ours


class CopyState(rx.State):
    """Nothing to show: it only fills the others for the copy on the device."""

    @patron_event(is_activity=False)
    async def fill(self, known: Revisions) -> list[EventSpec]:
        """Look at everything that the device keeps, though no page has asked for it.

        What it has under a key of a merged field in the revision ``known`` is not sent again.
        """
        await look_at_everything(self)
        for state in _merged:
            part: Any = await self.get_state(state)
            await part._look_into_what_changed(known)  # noqa: SLF001  ours
        return [cast("Any", state).forget_sent() for state in _merged]


def _declared(
    register: dict[type[rx.State], tuple[str, ...]], fields: tuple[str, ...]
) -> Callable[[S], S]:
    def declare(state: S) -> S:
        for field in fields:
            if field not in state.base_vars:
                problem = f"{state.__name__} has no {field} that could be kept"
                raise TypeError(problem)
            if register is _kept and any(word in field for word in NEVER_KEPT):
                problem = f"{state.__name__}.{field} must never be kept"
                raise TypeError(problem)
        register[state] = fields
        return state

    return declare
