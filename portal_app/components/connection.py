"""Whether the library can be reached."""

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from portal_app.components.words import t


def connection_bar() -> rx.Component:
    """Say quietly that the connection is gone, and that nothing needs to be done."""
    return rx.el.div(
        rx.cond(has_connection_errors, rx.el.p(t("frame.offline"))),
        role="status",
        class_name="connection",
    )
