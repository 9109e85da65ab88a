"""Tables that become cards where there is no room for columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from portal_app.components.words import t

Cell = rx.Component | rx.Var[str] | rx.Var[int] | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading, and what it shows of a row. ``name`` makes it sortable.

    What a patron can do with a row stands last on a card, in thumb's reach.
    """

    heading: rx.Var[str]
    show: Callable[[Any], Cell]
    name: str = ""
    is_action: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """Which column the rows stand by, and what to do when another is asked for."""

    by: rx.Var[str] | str
    is_descending: rx.Var[bool] | bool
    on_sort: Callable[[str], EventType[()]]


def table(
    caption: rx.Var[str],
    *columns: Column,
    rows: rx.Var[list[Any]],
    sorting: Sorting | None = None,
) -> rx.Component:
    """Show rows in columns; on a phone, each row as a card that names its values.

    The first column is what a row is called. Roles are spelled out, because
    browsers forget them when a stylesheet turns a table into blocks.
    """
    drawn = rx.el.table(
        rx.el.caption(caption, class_name="unseen"),
        rx.el.thead(
            rx.el.tr(*(_heading(column, sorting) for column in columns), role="row"),
            role="rowgroup",
        ),
        rx.el.tbody(
            rx.foreach(rows, lambda row: _row(row, columns)),
            role="rowgroup",
        ),
        role="table",
        class_name="table",
    )
    return rx.el.div(drawn, class_name="table-room")


def _heading(column: Column, sorting: Sorting | None) -> rx.Component:
    if sorting is None or not column.name:
        return rx.el.th(column.heading, scope="col", role="columnheader")
    is_here = rx.Var.create(sorting.by).to(str) == column.name
    direction = rx.cond(sorting.is_descending, "descending", "ascending")
    return rx.el.th(
        rx.el.button(
            column.heading,
            rx.cond(
                is_here,
                rx.cond(
                    sorting.is_descending,
                    rx.icon("arrow_down", size=16),
                    rx.icon("arrow_up", size=16),
                ),
                rx.icon("arrow_up_down", size=16),
            ),
            type="button",
            on_click=sorting.on_sort(column.name),
            title=t("tables.sort"),
            class_name="sort",
        ),
        scope="col",
        role="columnheader",
        custom_attrs={"aria-sort": rx.cond(is_here, direction, "none")},
    )


def _row(row: Any, columns: Sequence[Column]) -> rx.Component:  # noqa: ANN401  whatever the state lists
    first, *rest = columns
    return rx.el.tr(
        rx.el.th(first.show(row), scope="row", role="rowheader"),
        *(
            rx.el.td(
                rx.el.span(column.heading, class_name="cell-heading", aria_hidden="true"),
                rx.el.div(column.show(row), class_name="cell"),
                role="cell",
                class_name="cell-action" if column.is_action else "",
            )
            for column in rest
        ),
        role="row",
    )
