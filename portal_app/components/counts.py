"""How many of something, large enough to read at a glance."""

import reflex as rx

from portal_app.components.links import Link
from portal_app.components.words import number_of, t


def tiles(*tiles: rx.Component) -> rx.Component:
    """Stand tiles side by side."""
    return rx.el.ul(*(rx.el.li(tile) for tile in tiles), class_name="tiles")


def count_tile(
    label: rx.Var[str], *, caption: rx.Var[str], count: rx.Var[int] | int, icon: str, to: str
) -> rx.Component:
    """Lead to a list, saying what is in it and how many (K-07)."""
    return Link.create(
        rx.icon(icon, size=28),
        rx.el.span(label, class_name="tile-label"),
        rx.el.span(t("counts.items", count=count), class_name="tile-count"),
        rx.el.span(caption, class_name="tile-caption"),
        to=to,
        class_name="tile",
    )


def plain_tile(label: rx.Var[str], *, caption: rx.Var[str], icon: str, to: str) -> rx.Component:
    """Lead to a list of which nobody else knows how much is in it (K-08)."""
    return Link.create(
        rx.icon(icon, size=28),
        rx.el.span(label, class_name="tile-label"),
        rx.el.span(caption, class_name="tile-caption"),
        to=to,
        class_name="tile",
    )


def used_of_limit(
    label: rx.Var[str], *, used: rx.Var[int] | int, limit: rx.Var[int] | rx.Var[int | None]
) -> rx.Component:
    """Say how many of how many (G-21, G-30). Without a limit, only how many."""
    return rx.el.div(
        rx.el.dt(label),
        rx.el.dd(
            rx.el.strong(number_of(used)),
            rx.cond(
                limit.is_none(),
                rx.fragment(),
                rx.el.span(t("counts.of_limit", limit=limit), class_name="limit"),
            ),
        ),
        class_name="used",
    )


def used_of_limits(*rows: rx.Component) -> rx.Component:
    """Group what ``used_of_limit`` says."""
    return rx.el.dl(*rows, class_name="used-of-limits")
