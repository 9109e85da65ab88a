"""印刷する: a page as it is taken away on paper (G-23)."""

from typing import Any

import reflex as rx

from portal_app.components.buttons import button
from portal_app.components.days import today
from portal_app.components.modules import function
from portal_app.components.rows import Row
from portal_app.components.words import date_of, t, time_of


def print_page() -> rx.Var[Any]:
    """Return an event that prints the page."""
    return function("printPage", "printing").partial()


def print_button() -> rx.Component:
    """Offer to print the page. On paper stand its heading, its lists, the library and the day."""
    return button(t("printing.print"), on_click=print_page(), icon="printer")


def printed_on(*, as_of: Row) -> rx.Component:
    """Say on paper which library it is from, when it was printed, and how old is what it says.

    A screen shows nothing. A page that has this prints as a list, whatever else stands on it.
    """
    day, asked_on, at = date_of(today(as_of=as_of)), date_of(as_of), time_of(as_of)
    return rx.el.p(
        rx.el.strong(t("common.library")),
        " ",
        t("printing.printed_on", day=day),
        " ",
        t("printing.as_of", day=asked_on, time=at),
        class_name="printed-on",
    )
