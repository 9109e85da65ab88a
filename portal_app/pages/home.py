"""トップ: where everybody comes in."""

import reflex as rx

from portal_app import routes
from portal_app.components.layout import front_page
from portal_app.components.links import link
from portal_app.components.search import search_box
from portal_app.components.words import t
from portal_app.state.session import SessionState


def home_page() -> rx.Component:
    """Search at once, or go to one's own page."""
    return front_page(
        "home.title",
        search_box(),
        rx.el.section(
            rx.el.h2(t("account.title"), id="portal"),
            rx.el.p(t("account.lead")),
            rx.cond(
                SessionState.is_signed_in,
                link(t("home.to_portal"), to=routes.ACCOUNT, class_name="button button-primary"),
                link(t("home.to_sign_in"), to=routes.SIGN_IN, class_name="button button-primary"),
            ),
            aria_labelledby="portal",
        ),
    )
