"""The frame around every page of the desk: quiet, and with nothing of a patron's in it."""

from collections.abc import Sequence

import reflex as rx

from portal_app import routes
from portal_app.components import offline
from portal_app.components.connection import connection_bar
from portal_app.components.display import display_menu, language_menu
from portal_app.components.forms import native_form
from portal_app.components.layout import ABOVE_HEADER, Arrival, messages_of
from portal_app.components.links import NavLink, anchor, link
from portal_app.components.scanning import no_connection
from portal_app.components.session_end import session_end
from portal_app.components.words import t, t_of
from portal_app.state.desk_session import DeskSessionState

PAGES = (
    (routes.DESK, "undo_2", "desk.title"),
    (routes.DESK_LEND, "book_open_check", "desk.nav.lend"),
    (routes.DESK_FETCH, "footprints", "desk.nav.fetch"),
    (routes.DESK_HOLD_SHELF, "bookmark", "desk.nav.hold_shelf"),
    (routes.DESK_PATRON, "user_round", "desk.nav.patron"),
    (routes.DESK_MESSAGES, "megaphone", "desk.nav.writing"),
    (routes.DESK_MAIL, "mail", "desk.mail.nav"),
)


def desk_page(
    title: str, *children: rx.Component, messages: Sequence[rx.Component] = ()
) -> rx.Component:
    """Frame a page on which nothing is scanned."""
    return _frame(title, *children, Arrival.create(), messages=messages)


def scanning_page(
    title: str, *children: rx.Component, messages: Sequence[rx.Component] = ()
) -> rx.Component:
    """Frame a page whose field has the focus from the beginning."""
    return _frame(title, *children, messages=messages)


def _frame(title: str, *children: rx.Component, messages: Sequence[rx.Component]) -> rx.Component:
    return rx.el.div(
        anchor(t("frame.skip"), to="#main", class_name="skip"),
        *(draw() for draw in ABOVE_HEADER),
        rx.el.header(
            rx.el.div(
                rx.el.p(t("common.library"), class_name="library-name"),
                rx.el.div(language_menu(), display_menu(), class_name="tools"),
                class_name="header-inner",
            ),
            rx.cond(DeskSessionState.is_signed_in, _bar()),
            class_name="site-header desk-header",
        ),
        connection_bar(),
        rx.el.main(
            rx.el.h1(t(title), tab_index=-1),
            no_connection(),
            messages_of(messages),
            *children,
            id="main",
            tab_index=-1,
            class_name="page desk",
        ),
        session_end(DeskSessionState),
        class_name="frame",
        custom_attrs={"data-ready": rx.State.is_hydrated | offline.is_settled_without_server()},
    )


def _bar() -> rx.Component:
    return rx.fragment(
        rx.el.nav(
            rx.el.ul(
                *(
                    rx.el.li(
                        NavLink.create(rx.icon(icon, size=22), rx.el.span(t(key)), to=to, end=True)
                    )
                    for to, icon, key in PAGES
                )
            ),
            aria_label=t("desk.menu"),
            class_name="desk-nav",
        ),
        rx.el.div(
            rx.el.strong(t("desk.at", branch=t_of("branch", DeskSessionState.branch_code))),
            rx.el.span(t("desk.staff", name=DeskSessionState.name)),
            link(t("desk.password.title"), to=routes.DESK_PASSWORD),
            native_form(
                rx.el.button(
                    rx.icon("log_out", size=18),
                    rx.el.span(t("desk.sign_out")),
                    type="submit",
                    class_name="way-out",
                ),
                to=routes.DO_DESK_SIGN_OUT,
                class_name="",
            ),
            class_name="desk-bar",
        ),
    )
