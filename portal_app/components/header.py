"""What stands above every page: the library, the menu, who is signed in."""

import reflex as rx

from portal_app import routes
from portal_app.components import offline
from portal_app.components.display import display_menu, language_menu
from portal_app.components.forms import native_form
from portal_app.components.links import Link, NavLink
from portal_app.components.shelves import first_page
from portal_app.components.words import date_of, number_of, t
from portal_app.state.session import SessionState


def site_header() -> rx.Component:
    """Name the library, and lead to everything a patron does."""
    return rx.el.header(
        rx.el.div(
            Link.create(
                rx.el.span(rx.icon("book_open", size=20), class_name="seal"),
                rx.el.span(t("common.library"), class_name="library-name"),
                to=routes.HOME,
                class_name="brand",
            ),
            rx.el.div(language_menu(), display_menu(), _way_in(), class_name="tools"),
            class_name="header-inner",
        ),
        rx.el.nav(
            rx.el.ul(
                _entry(routes.SEARCH, "search", t("frame.search")),
                _entry(routes.ACCOUNT, "user_round", *_long_and_short("frame.portal")),
                _entry(routes.LOANS, "book_open_check", *_long_and_short("frame.loans")),
                _entry(routes.HOLDS, "bookmark", *_long_and_short("frame.holds")),
                _entry(first_page(), "library", *_long_and_short("frame.shelves")),
                _cart(),
            ),
            aria_label=t("frame.menu"),
            class_name="site-nav",
        ),
        class_name="site-header",
    )


def account_bar() -> rx.Component:
    """Show whose card this is and until when it is valid (G-07), and the way out.

    Sign out is a form: only an answer of the server can take the cookie away. The
    page sees to it that this device forgets first.
    """
    return rx.cond(
        SessionState.is_signed_in,
        rx.el.div(
            rx.el.div(
                rx.el.p(
                    t("common.name_of_patron", name=SessionState.name),
                    class_name="patron-name",
                ),
                rx.el.dl(
                    _fact(t("frame.card_number"), SessionState.card_masked),
                    _fact(t("frame.expires_on"), date_of(SessionState.card_expires_on)),
                ),
                _messages(),
                native_form(
                    rx.el.button(
                        rx.icon("log_out", size=18),
                        rx.el.span(t("frame.sign_out")),
                        type="submit",
                        class_name="way-out",
                    ),
                    to=routes.DO_SIGN_OUT,
                    on_submit=offline.sign_out(),
                    class_name="",
                ),
            ),
            class_name="account-bar",
            role="region",
            aria_label=t("frame.account"),
        ),
        rx.cond(SessionState.is_known, None, rx.el.div(class_name="account-bar account-room")),
    )


def _messages() -> rx.Component:
    """Lead to what the library has written, and say how much of it is unread (K-13)."""
    unread = SessionState.unread_count
    return Link.create(
        rx.icon("mail", size=18),
        rx.el.span(t("frame.messages")),
        rx.cond(
            unread > 0,
            rx.el.span(
                rx.el.span(number_of(unread), aria_hidden="true"),
                rx.el.span(t("frame.unread", count=unread), class_name="unseen"),
                class_name="count",
            ),
        ),
        to=routes.MESSAGES,
        class_name="link to-messages",
    )


def _fact(term: rx.Var[str], description: rx.Var[str] | str) -> rx.Component:
    return rx.el.div(rx.el.dt(term), rx.el.dd(description))


def _entry(route: str, icon: str, *label: rx.Component | rx.Var[str]) -> rx.Component:
    return rx.el.li(NavLink.create(rx.icon(icon, size=22), rx.el.span(*label), to=route))


def _long_and_short(key: str) -> tuple[rx.Component, rx.Component]:
    return (
        rx.el.span(t(key), class_name="when-wide"),
        rx.el.span(t(f"{key}_short"), class_name="when-narrow"),
    )


def _cart() -> rx.Component:
    count = SessionState.cart_count
    badge = rx.el.span(
        rx.el.span(count, aria_hidden="true"),
        rx.el.span(t("common.items", count=count), class_name="unseen"),
        class_name="count",
    )
    return _entry(
        routes.CART,
        "shopping_basket",
        rx.el.span(t("frame.cart_with_count", count=count), class_name="when-wide"),
        rx.el.span(t("frame.cart"), rx.cond(count > 0, badge), class_name="when-narrow"),
    )


def _way_in() -> rx.Component:
    return rx.cond(
        SessionState.is_known & ~SessionState.is_signed_in,
        Link.create(
            rx.icon("log_in", size=20),
            rx.el.span(t("frame.sign_in")),
            to=routes.SIGN_IN,
            class_name="way-in",
        ),
    )
