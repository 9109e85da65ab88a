"""What stands where something will be in a moment."""

import reflex as rx

from portal_app.components import offline
from portal_app.components.empty import nothing_here
from portal_app.components.messages import information
from portal_app.components.words import t


def waiting_rows(count: int = 3) -> rx.Component:
    """Hold the place of a list that is on its way, or say that it cannot come."""
    row = rx.el.div(
        rx.el.div(class_name="blank blank-cover"),
        rx.el.div(
            rx.el.div(class_name="blank blank-title"),
            rx.el.div(class_name="blank blank-line"),
            class_name="blank-text",
        ),
        class_name="blank-row",
    )
    coming = rx.el.div(
        rx.el.p(t("common.loading"), class_name="unseen"),
        *(row for _ in range(count)),
        aria_busy=True,
        class_name="waiting",
    )
    return rx.cond(offline.is_settled_without_server(), _not_kept(), coming)


def rows_from_library(needs_connection: rx.Var[str]) -> rx.Component:
    """Hold the place of what is never kept on a device, or say that it needs a connection."""
    return rx.cond(offline.without_server(), information(needs_connection), waiting_rows())


def _not_kept() -> rx.Component:
    return nothing_here(t("frame.not_kept"), rx.el.p(t("frame.not_kept_advice")), icon="wifi_off")
