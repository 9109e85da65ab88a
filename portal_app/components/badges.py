"""Small words that say how something stands. Never by colour alone: each has its own shape."""

import reflex as rx

from portal_app.components.words import t_of

# The look of each value: good to have, to be waited for, or not to be had.
_AVAILABILITY = {
    "available": ("good", "check"),
    "on_loan": ("waiting", "clock"),
    "on_hold_shelf": ("waiting", "clock"),
    "in_transit": ("waiting", "truck"),
    "in_library_use": ("plain", "library"),
    "unavailable": ("off", "x"),
    "no_items": ("off", "x"),
    "not_in_catalogue": ("off", "x"),
}
_HOLD_STATES = {
    "ready": ("good", "check"),
    "in_transit": ("waiting", "truck"),
    "waiting": ("plain", "clock"),
    "lent": ("off", "book_open"),
    "lapsed": ("off", "x"),
    "cancelled": ("off", "x"),
}


def availability_badge(availability: rx.Var[str] | str) -> rx.Component:
    """Say whether a book can be had now (K-22)."""
    return _badge(availability, "availability", _AVAILABILITY)


def hold_state_badge(state: rx.Var[str] | str) -> rx.Component:
    """Say how far a hold has come (G-32)."""
    return _badge(state, "hold_state", _HOLD_STATES)


def good_badge(label: rx.Var[str] | str) -> rx.Component:
    """Say something good, such as 延長済."""
    return _drawn(label, "good", "check")


def warning_badge(label: rx.Var[str] | str) -> rx.Component:
    """Say what needs the patron's attention, such as an overdue book."""
    return _drawn(label, "warning", "triangle_alert")


def waiting_badge(label: rx.Var[str] | str) -> rx.Component:
    """Say that something is under way and not done, such as 送信待ち."""
    return _drawn(label, "waiting badge-pending", "clock")


def plain_badge(label: rx.Var[str] | str) -> rx.Component:
    """Say something about a thing, such as its class."""
    return rx.el.span(label, class_name="badge badge-plain")


def _badge(
    value: rx.Var[str] | str, prefix: str, looks: dict[str, tuple[str, str]]
) -> rx.Component:
    label = t_of(prefix, value)
    cases = [(name, _drawn(label, look, icon)) for name, (look, icon) in looks.items()]
    return rx.fragment(rx.match(value, *cases, rx.fragment()))


def _drawn(label: rx.Var[str] | str, look: str, icon: str) -> rx.Component:
    return rx.el.span(rx.icon(icon, size=16), rx.el.span(label), class_name=f"badge badge-{look}")
