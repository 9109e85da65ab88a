"""What stands where something will be in a moment."""

import reflex as rx

from portal_app.components.words import t


def waiting_rows(count: int = 3) -> rx.Component:
    """Hold the place of a list that is on its way."""
    row = rx.el.div(
        rx.el.div(class_name="blank blank-cover"),
        rx.el.div(
            rx.el.div(class_name="blank blank-title"),
            rx.el.div(class_name="blank blank-line"),
            class_name="blank-text",
        ),
        class_name="blank-row",
    )
    return rx.el.div(
        rx.el.p(t("common.loading"), class_name="unseen"),
        *(row for _ in range(count)),
        aria_busy=True,
        class_name="waiting",
    )
