"""What a stranger wished for, taken up again after signing in (browser/errand.js)."""

from typing import Any

import reflex as rx

from portal_app.components.rows import Row


class Errand(rx.Component):
    """Hands over the records that the address names, and says so no longer."""

    library = "$/utils/errand"
    tag = "Errand"

    name: rx.Var[str]
    records: rx.Var[list[Any]]


def errand(name: str, records: Row, *, then: rx.Var) -> rx.Component:
    """Do something with those of the records that an errand of this name is about."""
    return Errand.create(name=name, records=records, custom_attrs={"then": then})
