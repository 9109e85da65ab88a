"""What a page remembers by itself, without the server and so without a connection.

Its twin is portal_app/browser/local.js: a name that begins with ``page.`` is
forgotten with the page.
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal_app.components.modules import computed, function, use
from portal_app.components.rows import Row

USED = use("local", "useLocal", hook="const local = useLocal()")
_set = function("setLocal", "local")


@dataclass(frozen=True, slots=True)
class Local:
    """Something that a page remembers by a name."""

    name: str
    default: object
    kind: Any

    @property
    def value(self) -> Row:
        """What it is now."""
        written = f"(local[{rx.Var.create(self.name)!s}] ?? {rx.Var.create(self.default)!s})"
        return computed(written, self.kind, USED)

    @property
    def on_change(self) -> rx.Var[Any]:
        """An event that makes it what a field says."""
        return _set.partial(self.name)

    def set(self, value: object) -> rx.Var[Any]:
        """Return an event that makes it something else."""
        return _set.partial(self.name, rx.Var.create(value))


def local(name: str, *, default: object, kind: Any = None) -> Local:  # noqa: ANN401  any type
    """Return something that a page remembers, such as which dialog is open.

    ``kind`` is the type of the value, where the default does not tell it.
    """
    return Local(name, default, kind or type(default))
