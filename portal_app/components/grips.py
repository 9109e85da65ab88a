"""Lists that patrons put in an order of their own: dragged, by arrow keys, or by buttons.

The Python face of portal_app/browser/grip.js. What the rows are, and what becomes of a
move, only the page knows.
"""

from typing import Any

import reflex as rx

from portal_app.components.modules import computed, use
from portal_app.components.rows import Row
from portal_app.components.words import t, t_of

Text = rx.Var[str] | str

_GRIP = use("grip", "handled", "placeHandled", "toldOfOrder")
_LOCAL = use("local", "useLocal", hook="const local = useLocal()")
_STEPS = {
    "top": "arrow_up_to_line",
    "up": "arrow_up",
    "down": "arrow_down",
    "bottom": "arrow_down_to_line",
}


class Ordered(rx.Component):
    """Stands around a list and knows in which order its rows are, on all pages."""

    library = "$/utils/grip"
    tag = "Ordered"

    keys: rx.Var[list[Any]]
    on_move: rx.Var[Any]
    on_follow: rx.Var[Any]


class Grip(rx.Component):
    """The handle of a row."""

    library = "$/utils/grip"
    tag = "Grip"

    row_key: rx.Var[Any]
    title: rx.Var[str]


class OrderButtons(rx.Component):
    """What a handle opens."""

    library = "$/utils/grip"
    tag = "OrderButtons"


class StepButton(rx.Component):
    """Moves the row whose handle was pressed."""

    library = "$/utils/grip"
    tag = "StepButton"

    step: rx.Var[str]


def ordered_list(
    *rows: rx.Component,
    keys: Row,
    on_move: rx.Var[Any],
    on_follow: rx.Var[Any] | None = None,
    class_name: Text = "records",
) -> rx.Component:
    """List rows, each with a ``grip``, that can be put in another order.

    ``keys`` are those of all rows as they are sorted now, also of rows on other pages.
    ``on_move(key, where, after)`` is called once for each move, with a place as in
    ``domain.shelves.Place``; ``on_follow(place)`` after it, so that the page may turn to
    where the row is now, counted from 0.
    """
    follow = {} if on_follow is None else {"on_follow": on_follow}
    return Ordered.create(
        rx.el.p(t("order.hint"), class_name="hint", id="order-hint"),
        rx.el.ol(*rows, class_name=class_name, custom_attrs={"data-ordered": "true"}),
        _order_buttons(keys),
        _told(),
        keys=keys,
        on_move=on_move,
        **follow,
        class_name="ordered",
    )


def grip(*, title: Text, key: Row) -> rx.Component:
    """Be the handle of a row, which is called by its title."""
    return Grip.create(
        rx.icon("grip_vertical", size=20),
        rx.el.span(t("order.grip", title=title), class_name="unseen"),
        row_key=key,
        title=title,
        class_name="grip",
    )


def _order_buttons(keys: Row) -> rx.Component:
    row = _of("handled(local)", dict[str, str])
    given: Row = rx.Var.create(keys)
    place = _of(f"placeHandled(local, {given!s})", int, given)
    count = given.length()
    return OrderButtons.create(
        rx.el.h2(t("order.of", title=row["title"]), id="order-buttons"),
        rx.el.p(t("order.place", place=place, count=count)),
        rx.el.div(
            *(
                StepButton.create(
                    rx.icon(icon, size=20),
                    rx.el.span(t(f"order.step.{step}")),
                    step=step,
                    class_name="button button-plain",
                )
                for step, icon in _STEPS.items()
            ),
            class_name="order-steps",
        ),
        rx.cond(place == 1, rx.el.p(t("order.is_first"), id="order-is-first", class_name="reason")),
        rx.cond(
            place == count, rx.el.p(t("order.is_last"), id="order-is-last", class_name="reason")
        ),
        role="dialog",
        class_name="order-buttons",
        custom_attrs={"aria-labelledby": "order-buttons"},
    )


def _told() -> rx.Component:
    told = _of("toldOfOrder(local)", dict[str, Any])
    said = t_of(
        "order.told",
        told["kind"].to(str),
        title=told["title"].to(str),
        place=told["place"].to(int),
    )
    return rx.el.div(
        rx.cond(told["kind"].to(str) != "", rx.el.p(said)), role="status", class_name="order-told"
    )


def _of(expression: str, kind: Any, *given: rx.Var) -> Row:  # noqa: ANN401  any type
    return computed(expression, kind, rx.vars.VarData.merge(_GRIP, _LOCAL), *given)
