"""What just happened, and what the library says no to."""

import reflex as rx

Text = rx.Var[str] | str


def information(*children: Text | rx.Component) -> rx.Component:
    """Say something worth knowing."""
    return _message("information", "info", children)


def done(*children: Text | rx.Component) -> rx.Component:
    """Say that it is done."""
    return _message("done", "circle_check", children)


def refusal(*children: Text | rx.Component) -> rx.Component:
    """Say no, why, and from when or how it will be possible."""
    return _message("refusal", "circle_alert", children)


def failure(*children: Text | rx.Component) -> rx.Component:
    """Say that something went wrong that the patron cannot help."""
    return rx.el.div(_message("failure", "triangle_alert", children), role="alert")


def _message(kind: str, icon: str, children: tuple[Text | rx.Component, ...]) -> rx.Component:
    return rx.el.div(
        rx.icon(icon, size=24),
        rx.el.div(*children, class_name="message-text"),
        class_name=f"message message-{kind}",
    )
