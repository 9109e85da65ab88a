"""How shelves and their books are sorted, asked above a list (K-53, K-57)."""

from collections.abc import Sequence

import reflex as rx

from portal_app.components import shelves as mine
from portal_app.components.fields import option, select_field
from portal_app.components.words import t

ORDERS = ("ascending", "descending")


def sorting_fields(name: str, *, sorts: Sequence[str], said: str) -> rx.Component:
    """Ask by what to sort, and which way: ``name`` is OF_SHELVES or OF_BOOKS.

    ``said`` is where the texts of the choices stand.
    """
    return rx.fragment(
        select_field(
            "sort",
            t("shelves.sort"),
            *(option(one, t(f"{said}.{one}")) for one in sorts),
            value=mine.sorted_by(name),
            on_change=mine.sort_by(name),
        ),
        select_field(
            "order",
            t("shelves.order"),
            *(option(one, t(f"shelves.order_is.{one}")) for one in ORDERS),
            value=mine.order_of(name),
            on_change=mine.turn_around(name),
        ),
    )
