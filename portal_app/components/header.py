"""What stands above every page: the library, the menu, who is signed in."""

import reflex as rx

from portal_app import routes
from portal_app.components.display import display_menu, language_menu
from portal_app.components.forms import native_form
from portal_app.components.links import NavLink, link
from portal_app.components.words import date_of, t
from portal_app.state.session import SessionState


def site_header() -> rx.Component:
    """Name the library, and lead to everything a patron does."""
    return rx.el.header(
        rx.el.div(
            link(
                rx.el.span(rx.icon("book_open", size=20), class_name="seal"),
                rx.el.span(t("common.library"), class_name="library-name"),
                to=routes.HOME,
                class_name="brand",
            ),
            rx.el.div(language_menu(), display_menu(), _door(), class_name="tools"),
            class_name="header-inner",
        ),
        rx.el.nav(
            rx.el.ul(
                _entry(routes.SEARCH, "search", t("frame.search")),
                _entry(routes.ACCOUNT, "user_round", t("frame.portal")),
                _entry(routes.LOANS, "book_open_check", t("frame.loans")),
                _entry(routes.HOLDS, "bookmark", t("frame.holds")),
                _cart(),
            ),
            aria_label=t("frame.menu"),
            class_name="site-nav",
        ),
        class_name="site-header",
    )


def account_bar() -> rx.Component:
    """Show whose card this is and until when it is valid (G-07)."""
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
            ),
            class_name="account-bar",
            role="region",
            aria_label=t("frame.account"),
        ),
    )


def _fact(term: rx.Var[str], description: rx.Var[str] | str) -> rx.Component:
    return rx.el.div(rx.el.dt(term), rx.el.dd(description))


def _entry(route: str, icon: str, *label: rx.Component | rx.Var[str]) -> rx.Component:
    return rx.el.li(NavLink.create(rx.icon(icon, size=22), rx.el.span(*label), to=route))


def _cart() -> rx.Component:
    count = SessionState.cart_count
    return _entry(
        routes.CART,
        "shopping_basket",
        rx.el.span(t("frame.cart_with_count", count=count), class_name="when-wide"),
        rx.el.span(
            t("frame.cart"),
            rx.cond(
                count > 0,
                rx.el.span(
                    rx.el.span(count, aria_hidden="true"),
                    rx.el.span(t("common.items", count=count), class_name="unseen"),
                    class_name="count",
                ),
            ),
            class_name="when-narrow",
        ),
    )


def _door() -> rx.Component:
    """Sign out is a form: only an answer of the server can take the cookie away."""
    return rx.cond(
        SessionState.is_signed_in,
        native_form(
            rx.el.button(
                rx.icon("log_out", size=20),
                rx.el.span(t("frame.sign_out"), class_name="menu-label"),
                type="submit",
                class_name="menu-button",
            ),
            to=routes.DO_SIGN_OUT,
            class_name="door",
        ),
        link(
            rx.icon("log_in", size=20),
            rx.el.span(t("frame.sign_in"), class_name="menu-label"),
            to=routes.SIGN_IN,
            class_name="menu-button door",
        ),
    )
