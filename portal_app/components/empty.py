"""What stands where a list would, when there is nothing in it."""

import reflex as rx


def nothing_here(
    sentence: rx.Var[str], *what_to_do_next: rx.Component, icon: str = "book_open"
) -> rx.Component:
    """Say that there is nothing, and what the patron can do next."""
    return rx.el.div(
        rx.icon(icon, size=40),
        rx.el.p(sentence),
        rx.el.div(*what_to_do_next, class_name="actions"),
        class_name="nothing",
    )
