"""Facts: a term and what is so."""

import reflex as rx


def facts(*rows: rx.Component) -> rx.Component:
    """List facts under each other, terms in one column."""
    return rx.el.dl(*rows, class_name="facts")


def fact(
    term: rx.Var[str] | str, *description: rx.Var[str] | rx.Var[int] | str | rx.Component
) -> rx.Component:
    """Say one fact."""
    return rx.el.div(rx.el.dt(term), rx.el.dd(*description))
