"""The frame around every page."""

from collections.abc import Callable, Sequence

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import offline
from portal_app.components.buttons import quiet_button
from portal_app.components.connection import as_of_line, connection_bar
from portal_app.components.display import account_display
from portal_app.components.header import account_bar, site_header
from portal_app.components.links import anchor, link
from portal_app.components.messages import failure
from portal_app.components.rows import Row
from portal_app.components.session_end import session_end
from portal_app.components.words import t
from portal_app.state.failures import FailureState

Crumbs = Sequence[tuple[str, str]]

# What stands above the header of every page, after the link that skips both. A demonstration
# has something to say there; a real library has not.
ABOVE_HEADER: list[Callable[[], rx.Component]] = []


class Arrival(rx.Component):
    """Puts the reader at the heading of each page they go to."""

    library = "$/utils/frame"
    tag = "Arrival"


def page_title(key: str) -> rx.Var[str]:
    """Return what the browser calls a page: its name and the library's."""
    return t("common.page_title", page=t(key))


def page(
    title: str | rx.Var[str],
    *children: rx.Component,
    crumbs: Crumbs = (),
    messages: Sequence[rx.Component] = (),
    as_of: Row = None,
) -> rx.Component:
    """Frame a page: its landmarks, its one heading, where it is, what just happened.

    ``title`` is a text's key, or a Var such as the title of a book. ``crumbs``
    are keys and addresses of the pages above this one, without the home page.
    ``as_of`` is when the library was asked for what the page shows.
    """
    heading = t(title) if isinstance(title, str) else title
    return _frame(
        _crumbs(heading, crumbs),
        rx.el.h1(heading, tab_index=-1),
        *([] if as_of is None else [as_of_line(as_of)]),
        messages_of(messages),
        *children,
        class_name="page",
    )


def front_page(title: str, opening: rx.Component, *children: rx.Component) -> rx.Component:
    """Frame the page where everybody comes in: what they came for stands first, and large."""
    return _frame(
        rx.el.div(
            rx.el.div(rx.el.h1(t(title), tab_index=-1), opening, class_name="opening-inner"),
            class_name="opening",
        ),
        rx.el.div(messages_of(()), *children, class_name="page"),
        class_name="front",
    )


def _frame(*children: rx.Component, class_name: str) -> rx.Component:
    return rx.el.div(
        anchor(t("frame.skip"), to="#main", class_name="skip"),
        *(draw() for draw in ABOVE_HEADER),
        site_header(),
        account_bar(),
        connection_bar(),
        rx.el.main(*children, id="main", tab_index=-1, class_name=class_name),
        _footer(),
        Arrival.create(),
        account_display(),
        session_end(),
        class_name="frame",
        # Tests wait for this before they touch anything.
        custom_attrs={"data-ready": rx.State.is_hydrated | offline.is_settled_without_server()},
    )


def messages_of(messages: Sequence[rx.Component]) -> rx.Component:
    """Say what just happened, and apologise for what went wrong."""
    apology = failure(
        rx.el.p(t("frame.failure", reference=FailureState.reference)),
        quiet_button(t("common.close"), on_click=FailureState.dismiss),
    )
    return rx.fragment(
        rx.cond(FailureState.reference != "", apology),
        rx.el.div(*messages, role="status", class_name="messages"),
    )


def _crumbs(heading: rx.Var[str], crumbs: Crumbs) -> rx.Component:
    above = (("frame.home", routes.HOME), *crumbs)
    return rx.el.nav(
        rx.el.ol(
            *(rx.el.li(link(t(key), to=route)) for key, route in above),
            rx.el.li(heading, aria_current="page"),
        ),
        aria_label=t("frame.crumbs"),
        class_name="crumbs",
    )


def _footer() -> rx.Component:
    home_page = libraries.current().home_page
    return rx.el.footer(
        rx.el.div(
            rx.el.p(t("common.library")),
            link(t("new_arrivals.title"), to=routes.NEW_ARRIVALS),
            *([anchor(t("frame.library_home_page"), to=home_page)] if home_page else []),
            link(t("accessibility.title"), to=routes.ACCESSIBILITY),
            anchor(t("frame.top"), to="#main"),
        ),
        class_name="site-footer",
    )
