"""「この端末に保存する」: whether this device keeps what the patron has with the library."""

import reflex as rx

from portal_app.components import offline
from portal_app.components.fields import checkbox
from portal_app.components.words import t


def keep_as_chosen() -> rx.Component:
    """Tell a form what was chosen where the patron signed in."""
    return rx.cond(offline.is_keeping(), rx.el.input(type="hidden", name="keep", value="on"))


def keep_choice() -> rx.Component:
    """Let the patron choose, except at the library's own machines, where nothing is kept."""
    keeps = offline.is_keeping()
    choice = checkbox(
        "keep", t("keeping.choice"), checked=keeps, on_change=offline.keep_here(~keeps)
    )
    return rx.el.div(
        rx.cond(
            offline.is_terminal(),
            rx.el.p(t("keeping.terminal"), class_name="hint"),
            rx.fragment(choice, rx.el.p(t("keeping.hint"), class_name="hint")),
        ),
        class_name="field",
    )
