"""What only a demonstration has in its pages: its bar, its marks, and what was chosen for both."""

from typing import Any

import reflex as rx

from portal_app.components.modules import computed, function, use
from portal_app.components.words import spoken
from portal_app.text import Lang

_SHOWN = use("demonstration/touch", "useShown", hook="const shown = useShown()")
_show = function("showIt", "demonstration/touch")


def _no_arguments() -> tuple[()]:
    return ()


class Showing(rx.Component):
    """Lets the browser follow the demonstration's clock, and begin afresh with it."""

    library = "$/utils/demonstration/showing"
    tag = "Showing"

    edition: rx.Var[str]
    seconds: rx.Var[int]


class LookAgain(rx.Component):
    """Does something every few seconds, as long as it is drawn."""

    library = "$/utils/demonstration/showing"
    tag = "LookAgain"

    on_time: rx.EventHandler[_no_arguments]


class TouchMarks(rx.Component):
    """Marks where a finger touches."""

    library = "$/utils/demonstration/touch"
    tag = "TouchMarks"

    is_on: rx.Var[bool]


def is_shown(name: str) -> rx.Var[bool]:
    """Return whether ``marks`` or ``mail`` are shown on this device."""
    return computed(f"shown.{name}", bool, _SHOWN)


def show(name: str, *, shown: rx.Var[bool] | bool) -> rx.Var[Any]:
    """Return an event that shows them on this device, or no longer."""
    return _show.partial(name, rx.Var.create(shown))


def in_language(*, ja: rx.Var[str], en: rx.Var[str], simple: rx.Var[str]) -> rx.Var[str]:
    """Return what is told in the language of the page."""
    told = rx.match(spoken(), (Lang.JA, ja), (Lang.EASY, simple), en)
    return rx.Var.create(told).to(str)
