"""Narrowing a list down."""

import reflex as rx
from reflex.event import EventType

from portal_app.components.words import number_of


class Fold(rx.Component):
    """A ``<details>`` that starts open where there is room beside the list."""

    library = "$/utils/frame"
    tag = "Fold"


def filter_panel(title: rx.Var[str], *groups: rx.Component) -> rx.Component:
    """Hold the filters: beside the list where there is room, folded above it on a phone."""
    return Fold.create(
        rx.el.summary(
            rx.icon("list_filter", size=20),
            rx.el.span(title),
            rx.icon("chevron_down", size=20, class_name="fold"),
        ),
        rx.el.div(*groups, class_name="filter-groups"),
        class_name="filters",
    )


def filter_group(legend: rx.Var[str], *choices: rx.Component) -> rx.Component:
    """Group the choices of one kind, such as material classes."""
    return rx.el.fieldset(rx.el.legend(legend), *choices, class_name="filter-group")


def filter_choice(  # noqa: PLR0913  what a box needs, and a count
    name: str,
    label: rx.Var[str] | str,
    *,
    value: rx.Var[str] | str,
    is_chosen: rx.Var[bool] | bool,
    on_change: EventType[()],
    count: rx.Var[int] | int | None = None,
) -> rx.Component:
    """Offer one choice, with how many it would leave when that is known."""
    how_many = [] if count is None else [rx.el.span(number_of(count), class_name="filter-count")]
    return rx.el.label(
        rx.el.input(
            type="checkbox", name=name, value=value, checked=is_chosen, on_change=on_change
        ),
        rx.el.span(label),
        *how_many,
        class_name="tick",
    )


def with_filters(filters: rx.Component, *results: rx.Component) -> rx.Component:
    """Stand filters beside what they narrow down."""
    return rx.el.div(filters, rx.el.div(*results, class_name="results"), class_name="with-filters")
