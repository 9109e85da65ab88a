"""What a page remembers by itself, without the server and so without a connection.

Its twin is portal_app/browser/local.js: a name that begins with ``page.`` is
forgotten with the page.
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.vars import VarData
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.function import FunctionStringVar

from portal_app.components.rows import Row

_MODULE = "$/utils/local"
USED = VarData(
    imports={_MODULE: [ImportVar(tag="useLocal")]}, hooks={"const local = useLocal()": None}
)
_set = FunctionStringVar.create(
    "setLocal", _var_data=VarData(imports={_MODULE: [ImportVar(tag="setLocal")]})
)


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
        return rx.Var(written, _var_type=self.kind, _var_data=USED).guess_type()

    def set(self, value: object) -> rx.Var[Any]:
        """Return an event that makes it something else."""
        return _set.partial(self.name, rx.Var.create(value))


def local(name: str, *, default: object, kind: Any = None) -> Local:  # noqa: ANN401  any type
    """Return something that a page remembers, such as which dialog is open.

    ``kind`` is the type of the value, where the default does not tell it.
    """
    return Local(name, default, kind or type(default))
