"""Forms."""

from typing import TYPE_CHECKING, Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

if TYPE_CHECKING:
    from reflex.event import EventType


class NativeForm(BaseHTML):
    """A form that the browser itself sends.

    ``rx.el.form`` without a handler stops the browser from sending anything.
    """

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]


def native_form(
    *children: rx.Component, to: str, on_submit: rx.Var | None = None, class_name: str = "form"
) -> rx.Component:
    """Send fields to the server with a full page load, as signing in needs (cookies).

    ``on_submit`` is a function of the page that hears of it first, and may see to it itself.
    """
    return NativeForm.create(
        *children,
        action=to,
        method="post",
        class_name=class_name,
        custom_attrs={} if on_submit is None else {"onSubmit": on_submit},
    )


def page_form(*children: rx.Component, on_submit: rx.Var, class_name: str = "form") -> rx.Component:
    """Hand fields to a function of the page, which needs no connection."""
    return NativeForm.create(
        *children,
        class_name=class_name,
        custom_attrs={"onSubmit": on_submit, "noValidate": True},
    )


def form(
    *children: rx.Component,
    on_submit: "EventType[Any]",
    class_name: str = "form",
) -> rx.Component:
    """Send fields to a handler. Reflex checks that the fields are those it expects."""
    return rx.el.form(*children, on_submit=on_submit, no_validate=True, class_name=class_name)


class RouterForm(BaseHTML):
    """A form whose fields become the address of another page, without loading it anew."""

    library = "react-router"
    tag = "Form"
    alias = "RouterForm"

    action: rx.Var[str]
    method: rx.Var[str]


def search_form(*children: rx.Component, to: str) -> rx.Component:
    """Lead to a page whose address holds what was asked, so that it can be shared."""
    asked = RouterForm.create(*children, action=to, method="get", class_name="search-form")
    return rx.el.div(asked, role="search")


def field_row(*fields: rx.Component) -> rx.Component:
    """Stand fields side by side where there is room."""
    return rx.el.div(*fields, class_name="field-row")
