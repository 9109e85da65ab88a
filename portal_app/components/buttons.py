"""Buttons: the main one, plain ones, and ones that say why they cannot be used."""

from typing import TYPE_CHECKING

import reflex as rx

if TYPE_CHECKING:
    from reflex.event import EventType

Label = rx.Var[str] | str | rx.Component
Truth = rx.Var[bool] | bool


def button(
    label: Label, *, on_click: "EventType[()]", icon: str = "", is_busy: Truth = False
) -> rx.Component:
    """Do something."""
    return _button(label, "plain", icon=icon, is_busy=is_busy, on_click=on_click)


def primary_button(
    label: Label, *, on_click: "EventType[()]", icon: str = "", is_busy: Truth = False
) -> rx.Component:
    """Do what the patron came to this page for."""
    return _button(label, "primary", icon=icon, is_busy=is_busy, on_click=on_click)


def quiet_button(
    label: Label, *, on_click: "EventType[()]", icon: str = "", is_busy: Truth = False
) -> rx.Component:
    """Do something small, such as clearing a field."""
    return _button(label, "quiet", icon=icon, is_busy=is_busy, on_click=on_click)


def danger_button(
    label: Label, *, on_click: "EventType[()]", icon: str = "", is_busy: Truth = False
) -> rx.Component:
    """Do what cannot be undone."""
    return _button(label, "danger", icon=icon, is_busy=is_busy, on_click=on_click)


def submit_button(label: Label, *, icon: str = "", is_busy: Truth = False) -> rx.Component:
    """Send the form around it, once."""
    return _button(label, "primary", icon=icon, is_busy=is_busy, type="submit")


def one_of_submit_buttons(label: Label, *, kind: str, value: str, icon: str = "") -> rx.Component:
    """Send the form around it, and say by its value which of several buttons did.

    The first of them is pressed by Enter, so it is the main one.
    """
    return _button(label, kind, icon=icon, is_busy=False, type="submit", value=value)


def small_submit_button(label: Label, *, icon: str = "") -> rx.Component:
    """Send a form that is a part of something larger, which has a main button of its own."""
    return _button(label, "plain", icon=icon, is_busy=False, type="submit")


def refused_button(
    label: Label, *, reason: Label, name: rx.Var[str] | str, icon: str = ""
) -> rx.Component:
    """Stand where a button would, and say why it cannot be used.

    It can still be reached and read out, unlike a ``disabled`` button. ``name``
    must be the only one of its kind on the page.
    """
    return rx.el.div(
        rx.el.button(
            _face(label, icon),
            type="button",
            class_name="button button-refused",
            aria_disabled="true",
            aria_describedby=name,
        ),
        rx.el.p(reason, id=name, class_name="reason"),
        class_name="refused",
    )


def button_or_reason(  # noqa: PLR0913  two buttons in one
    label: Label,
    *,
    on_click: "EventType[()]",
    reason: rx.Var[str],
    name: rx.Var[str] | str,
    icon: str = "",
    is_busy: Truth = False,
) -> rx.Component:
    """Offer a button, or where there is a reason against it, say the reason instead."""
    return rx.cond(
        reason == "",
        button(label, on_click=on_click, icon=icon, is_busy=is_busy),
        refused_button(label, reason=reason, name=name, icon=icon),
    )


def named(short: rx.Var[str], *, in_full: rx.Var[str]) -> rx.Component:
    """Show a short label, and tell those who hear the page what it is about."""
    return rx.fragment(
        rx.el.span(short, aria_hidden="true"), rx.el.span(in_full, class_name="unseen")
    )


def actions(*buttons: rx.Component) -> rx.Component:
    """Stand buttons side by side, the most important first."""
    return rx.el.div(*buttons, class_name="actions")


def action_bar(*buttons: rx.Component) -> rx.Component:
    """Keep the page's main buttons within the thumb's reach on a phone."""
    return rx.el.div(rx.el.div(*buttons, class_name="actions"), class_name="action-bar")


def _button(label: Label, kind: str, *, icon: str, is_busy: Truth, **how: object) -> rx.Component:
    return rx.el.button(
        _face(label, icon),
        class_name=f"button button-{kind}",
        disabled=is_busy,
        aria_busy=is_busy,
        **{"type": "button", **how},
    )


def _face(label: Label, icon: str) -> rx.Component:
    if not icon:
        return rx.el.span(label)
    return rx.fragment(rx.icon(icon, size=20), rx.el.span(label))
