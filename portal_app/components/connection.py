"""Whether the library can be reached, and what that means for what is on the screen."""

import reflex as rx

from portal_app import routes
from portal_app.components import offline
from portal_app.components.links import link
from portal_app.components.rows import Row
from portal_app.components.words import date_of, t, time_of


def connection_bar() -> rx.Component:
    """Say quietly whether there is a connection, and how much waits for one."""
    count = offline.waiting_count()
    return rx.el.div(
        rx.match(
            offline.connection(),
            ("offline", _line("wifi_off", t("frame.offline"))),
            ("reconnecting", _line("refresh_cw", t("frame.reconnecting"))),
            rx.cond(offline.is_back(), _line("wifi", t("frame.online"))),
        ),
        rx.cond(offline.declined(), _line("unplug", t("frame.declined"))),
        rx.cond(
            count > 0,
            _line("clock", link(t("frame.waiting", count=count), to=routes.REQUESTS), "pending"),
        ),
        role="status",
        class_name="connection",
        custom_attrs={"data-connection": offline.connection()},
    )


def as_of_line(as_of: Row) -> rx.Component:
    """Say how old the page is while the library cannot be asked."""
    said = t("frame.as_of", day=date_of(as_of), time=time_of(as_of))
    return rx.cond(
        offline.without_server() & (as_of != ""),
        rx.el.p(rx.icon("history", size=18), said, class_name="as-of"),
    )


def _line(icon: str, said: rx.Var[str] | rx.Component, class_name: str = "") -> rx.Component:
    return rx.el.p(rx.icon(icon, size=18), rx.el.span(said), class_name=class_name)
