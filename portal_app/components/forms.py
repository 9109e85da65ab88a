"""Forms."""

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML


class NativeForm(BaseHTML):
    """A form that the browser itself sends.

    ``rx.el.form`` without a handler stops the browser from sending anything.
    """

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]


def native_form(*children: rx.Component, to: str, class_name: str = "form") -> rx.Component:
    """Send fields to the server with a full page load, as signing in needs (cookies)."""
    return NativeForm.create(*children, action=to, method="post", class_name=class_name)
