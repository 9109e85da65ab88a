"""Tables that become cards where there is no room for columns, and stand as the patron wants.

A table that can be sorted is told which columns sort, and by what it stands first::

    table(
        t("holds.title"),
        Column(heading=t("holds.column.title"), show=_title),
        Column(heading=..., show=..., sorts_by="state", ranks=("ready", "in_transit", "waiting")),
        Column(heading=..., show=..., sorts_by="placed_at"),
        rows=shown(HoldsState.holds),
        sorting=Sorting(name="holds", by="state"),
    )

The browser sorts, so it works without a connection. Its part is portal_app/browser/tables.js.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal_app.components.fields import option, select_field
from portal_app.components.local import Local, local
from portal_app.components.modules import computed, use
from portal_app.components.words import t

Cell = rx.Component | rx.Var[str] | rx.Var[int] | str

_FROM_THE_END = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading, and what it shows of a row.

    ``sorts_by`` makes it sortable: the path of a field of the row, such as
    ``record.title``. ``ranks`` lists its values where neither the alphabet nor
    the calendar orders them. What a patron can do with a row stands last on a
    card, in thumb's reach.
    """

    heading: rx.Var[str]
    show: Callable[[Any], Cell]
    sorts_by: str = ""
    ranks: Sequence[str] = ()
    is_action: bool = False
    is_printed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """By which column a table stands until the patron chooses another.

    The choice is remembered under the table's ``name`` until the tab is closed
    or the patron signs out. Rows that are equal stay as the library sends them.
    """

    name: str
    by: str

    @property
    def choice(self) -> Local:
        """What the patron has chosen: the path of a field, with a minus from the end."""
        return local(f"sorting.{self.name}", default=self.by)

    def is_ascending(self, column: Column) -> rx.Var[bool]:
        """Return whether the rows stand by this column."""
        return self.choice.value == column.sorts_by

    def is_descending(self, column: Column) -> rx.Var[bool]:
        """Return whether the rows stand by this column from its end."""
        return self.choice.value == _FROM_THE_END + column.sorts_by

    def turn(self, column: Column) -> rx.Var[Any]:
        """Return an event that sorts by a column, and if it is sorted already, the other way."""
        other_way = _FROM_THE_END + column.sorts_by
        return self.choice.set(rx.cond(self.is_ascending(column), other_way, column.sorts_by))


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
    in_order = rows if sorting is None else _sorted(rows, columns, sorting)
    drawn = rx.el.table(
        rx.el.caption(caption, class_name="unseen"),
        rx.el.thead(
            rx.el.tr(*(_heading(column, sorting) for column in columns), role="row"),
            role="rowgroup",
        ),
        rx.el.tbody(
            rx.foreach(in_order, lambda row: _row(row, columns)),
            role="rowgroup",
        ),
        role="table",
        class_name="table",
    )
    room = rx.el.div(drawn, class_name="table-room")
    return room if sorting is None else rx.fragment(_select(columns, sorting), room)


def _sorted(
    rows: rx.Var[list[Any]], columns: Sequence[Column], sorting: Sorting
) -> rx.Var[list[Any]]:
    ranks = {column.sorts_by: list(column.ranks) for column in columns if column.ranks}
    by, ranks_of = sorting.choice.value, rx.Var.create(ranks)
    asked = f"sortedRows({rows!s}, {by!s}, {ranks_of!s})"
    return computed(asked, rows._var_type, use("tables", "sortedRows"), rows, by)  # noqa: SLF001  Var has no public way


def _select(columns: Sequence[Column], sorting: Sorting) -> rx.Component:
    """Ask what headings ask, where there is no room for them."""
    options: list[rx.Component] = []
    for column in columns:
        if column.sorts_by:
            up = t("tables.ascending", column=column.heading)
            down = t("tables.descending", column=column.heading)
            options += [option(column.sorts_by, up), option(_FROM_THE_END + column.sorts_by, down)]
    return rx.el.div(
        select_field(
            f"sort-{sorting.name}",
            t("tables.sort"),
            *options,
            value=sorting.choice.value,
            on_change=sorting.choice.on_change,
        ),
        class_name="table-sorting",
    )


def _heading(column: Column, sorting: Sorting | None) -> rx.Component:
    class_name = "" if column.is_printed else "not-printed"
    if sorting is None or not column.sorts_by:
        return rx.el.th(column.heading, scope="col", role="columnheader", class_name=class_name)
    is_up, is_down = sorting.is_ascending(column), sorting.is_descending(column)
    arrow = rx.cond(
        is_up,
        rx.icon("arrow_up", size=16),
        rx.cond(is_down, rx.icon("arrow_down", size=16), rx.icon("arrow_up_down", size=16)),
    )
    direction = rx.cond(is_up, "ascending", rx.cond(is_down, "descending", "none"))
    return rx.el.th(
        rx.el.button(
            column.heading,
            arrow,
            type="button",
            on_click=sorting.turn(column),
            title=t("tables.sort"),
            class_name="sort",
        ),
        scope="col",
        role="columnheader",
        class_name=class_name,
        custom_attrs={"aria-sort": direction},
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
                class_name=_class_of(column),
            )
            for column in rest
        ),
        role="row",
    )


def _class_of(column: Column) -> str:
    if column.is_printed:
        return "cell-action" if column.is_action else ""
    return "cell-action not-printed" if column.is_action else "not-printed"
