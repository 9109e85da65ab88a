"""What a patron sees when a page itself breaks, instead of a blank screen or a stack trace."""

from collections.abc import Callable

import reflex as rx
from reflex_components_core.base.error_boundary import ErrorBoundary

from portal_app.components.modules import function
from portal_app.components.words import t

WRAP = (55, "ErrorBoundary")  # where Reflex keeps its own, which shows the stack trace

_load_again = function("loadAgain", "frame")


def apology_for_broken_pages() -> dict[tuple[int, str], Callable[[bool], rx.Component]]:
    """Return what an app wraps around every page, to catch what breaks in it."""
    return {WRAP: lambda _has_state: ErrorBoundary.create(fallback_render=_apology())}


def _apology() -> rx.Var[rx.Component]:
    return rx.Var.create(
        rx.el.div(
            rx.el.h1(t("frame.broken")),
            rx.el.p(t("frame.broken_advice")),
            rx.el.button(
                t("frame.load_again"),
                type="button",
                on_click=_load_again.partial(),
                class_name="button button-primary",
            ),
            class_name="page broken",
            role="alert",
        )
    )
