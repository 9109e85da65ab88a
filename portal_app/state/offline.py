"""What of a state a patron's own device keeps, so that it can be read without a connection.

Nothing is kept that no state has declared here. How it is kept, and when it is
forgotten, is in portal_app/browser/offline.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_type_hints

import reflex as rx
from pydantic import TypeAdapter

from portal_app.state.access import patron_event

S = TypeVar("S", bound=type[rx.State])

# Every state whose fields are kept has these: without the first there is nothing to show,
# and the second says how old it is.
OF_EVERY_KEPT_STATE = ("is_loaded", "as_of")
OF_EVERY_SEEN_STATE = ("is_loaded", "shown_at")

# Never on a device, whatever a feature declares.
NEVER_KEPT = ("password", "cookie", "token", "secret", "mail", "phone", "telephone", "address")

_kept: dict[type[rx.State], tuple[str, ...]] = {}
_seen: dict[type[rx.State], tuple[str, ...]] = {}


def kept_on_device(*fields: str) -> Callable[[S], S]:
    """Keep these fields of a state on the patron's device, with ``is_loaded`` and ``as_of``."""
    return _declared(_kept, (*OF_EVERY_KEPT_STATE, *fields))


def kept_of_session(*fields: str) -> Callable[[S], S]:
    """Keep these fields of who is signed in."""
    return _declared(_kept, fields)


def kept_by_address(*fields: str) -> Callable[[S], S]:
    """Keep these fields for each address that was looked at, which ``shown_at`` names."""
    return _declared(_seen, (*OF_EVERY_SEEN_STATE, *fields))


def kept() -> Mapping[type[rx.State], tuple[str, ...]]:
    """Return the fields of each state that a device keeps."""
    return dict(_kept)


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
    async def fill(self) -> None:
        """Look at everything that the device keeps, though no page has asked for it."""
        await look_at_everything(self)


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
