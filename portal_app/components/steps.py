"""Where the patron is on the way through a few pages."""

from collections.abc import Sequence

import reflex as rx

from portal_app.components.words import t


def steps(keys: Sequence[str], *, here: str) -> rx.Component:
    """Show the steps, the ones behind and the one the patron is at (かご → 確認 → 完了)."""
    at = keys.index(here)
    return rx.el.nav(
        rx.el.ol(*(_step(key, number - at) for number, key in enumerate(keys))),
        aria_label=t("steps.title"),
        class_name="steps",
    )


def _step(key: str, ahead: int) -> rx.Component:
    if ahead < 0:
        return rx.el.li(
            rx.el.span(t(key)), rx.el.span(t("steps.done"), class_name="unseen"), class_name="past"
        )
    if ahead == 0:
        return rx.el.li(rx.el.span(t(key)), aria_current="step")
    return rx.el.li(rx.el.span(t(key)))
