"""Where the reader goes on when a page shows something else without leading elsewhere."""

from typing import Any

import reflex as rx

from portal_app.components.modules import computed, use
from portal_app.components.rows import Row


class Attention(rx.Component):
    """Stands around what has come up, and has the focus each time that ``since`` changes."""

    library = "$/utils/attention"
    tag = "Attention"

    since: rx.Var[int]


def attention(*children: rx.Component, since: rx.Var[int] | int) -> rx.Component:
    """Lead the reader to something, now and whenever a number changes."""
    return Attention.create(*children, since=since, class_name="attention")


def fields_of(form: str, kind: Any) -> Row:  # noqa: ANN401  a type
    """Return what the form of this class holds when an event is sent."""
    return computed(f"fieldsOf({rx.Var.create(form)!s})", kind, use("attention", "fieldsOf"))
