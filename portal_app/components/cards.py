"""A library card: the barcode that the desk scans, and a screen that stays on for it."""

from typing import TYPE_CHECKING

import reflex as rx

from portal_app.components.words import t

if TYPE_CHECKING:
    from reflex.event import EventType


def _no_arguments() -> tuple[()]:
    return ()


class Awake(rx.Component):
    """Keeps the screen on."""

    library = "$/utils/wake"
    tag = "Awake"

    on_leave: rx.EventHandler[_no_arguments]


def stay_awake(*, on_leave: "EventType[()]") -> rx.Component:
    """Keep the screen on while the page is looked at, and do something when it no longer is."""
    return Awake.create(on_leave=on_leave)


def barcode(bars: rx.Var[str] | str, *, width: rx.Var[int] | int) -> rx.Component:
    """Draw bars, an SVG path that is one high: dark on white in every palette."""
    return rx.el.div(
        rx.el.svg(
            rx.el.svg.path(d=bars),
            view_box=rx.Var.create("0 0 ") + rx.Var.create(width).to(str) + " 1",
            preserve_aspect_ratio="none",
            role="img",
            aria_label=t("card.barcode"),
        ),
        class_name="barcode",
    )
